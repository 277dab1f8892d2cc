"""Embeddings made beforehand stand in for encoding, exactly, and only for the encoder that made them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.encoding import PrecomputedEncoder, ProfileEncoder, RecordingEncoder, VectorFile
from recommender.encoding.quantisation import dequantise, quantise
from recommender.errors import EncoderError
from recommender.skills import Vocabulary

TEXTS = ["nurse", "welder, pipe and plate", "Größenwahn", ""]


class CountingEncoder:
    """Vectors drawn from a hash of the text; remembers what it was asked."""

    def __init__(self, fingerprint: str = "counting-1") -> None:
        self.fingerprint, self.dimension = fingerprint, 16
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        seeds = [int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) for text in texts]
        rows = [
            np.random.default_rng(seed).standard_normal(16) if text else np.zeros(16)
            for seed, text in zip(seeds, texts, strict=True)
        ]
        vectors = np.array(rows, np.float32).reshape(-1, 16)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors


def written(path: Path) -> Path:
    recorder = RecordingEncoder(CountingEncoder())
    recorder.encode(TEXTS[:2])
    recorder.encode(TEXTS[1:])
    recorder.recorded().save(path)
    return path


def test_known_texts_are_not_encoded_again_and_give_the_quantised_vector(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    vectors = PrecomputedEncoder(encoder, VectorFile.load(written(tmp_path / "v.npz"))).encode(TEXTS)
    assert encoder.asked == []
    assert np.array_equal(vectors, dequantise(*quantise(CountingEncoder().encode(TEXTS))))


def test_unknown_texts_are_encoded_in_their_places(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    vectors = PrecomputedEncoder(encoder, VectorFile.load(written(tmp_path / "v.npz"))).encode(
        ["new", "nurse", "newer"]
    )
    assert encoder.asked == ["new", "newer"]
    assert np.array_equal(vectors[[0, 2]], CountingEncoder().encode(["new", "newer"]))
    assert np.allclose(vectors[1], CountingEncoder().encode(["nurse"])[0], atol=0.01)


def test_the_same_texts_make_the_same_file_in_any_order(tmp_path: Path) -> None:
    one, other = RecordingEncoder(CountingEncoder()), RecordingEncoder(CountingEncoder())
    one.encode(TEXTS)
    other.encode(TEXTS[::-1])
    one.recorded().save(tmp_path / "one.npz")
    other.recorded().save(tmp_path / "other.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    assert len(one.recorded()) == 4


def test_a_stale_file_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(
        EncoderError, match="counting-1, this one is counting-2; make them again with `recommender encode`"
    ):
        PrecomputedEncoder(CountingEncoder("counting-2"), VectorFile.load(written(tmp_path / "v.npz")))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04cut"])
def test_a_broken_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.npz"
    path.write_bytes(content)
    with pytest.raises(EncoderError, match=r"v\.npz is not a file of vectors .*recommender encode"):
        VectorFile.load(path)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="is not a file of vectors"):
        VectorFile.load(tmp_path / "none.npz")


def test_the_fingerprint_is_the_encoders_alone(tmp_path: Path) -> None:
    """The same file serves two profile encoders that differ in vocabulary, and whose own fingerprints differ."""
    vectors = VectorFile.load(written(tmp_path / "v.npz"))
    assert vectors.fingerprint == CountingEncoder().fingerprint
    encoder = PrecomputedEncoder(CountingEncoder(), vectors)
    one, other = (ProfileEncoder(encoder, vocabulary) for vocabulary in (Vocabulary(()), Vocabulary.shipped()))
    assert one.fingerprint != other.fingerprint
