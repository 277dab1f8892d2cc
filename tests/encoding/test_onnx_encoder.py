from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.encoding.models.onnx import OnnxEncoder, batches
from recommender.encoding.models.weights import Weights

WARD = "Led nights on a surgical ward of thirty beds."
FILLER = [
    f"In week {n} the rota was drawn up, item {n * 7} was ordered and the minutes were filed." for n in range(150)
]

TEXTS = [
    "Nurse", "Chef", "Cook", "Staff nurse", "Head chef", "SRE", "Java", "Go", "C++", "中文 教師", "naïve café", "",
    "...", "Distributed Systems", "Platform Infrastructure", "Ran the kitchen of a small hotel in Bath.", WARD,
    "Ran the wards of a small hospital in Bath.", " ".join(FILLER[:6]), " ".join(FILLER[6:12]), " ".join(FILLER[:40]),
]  # fmt: skip


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(Weights.bundled(), threads=2)


@pytest.fixture(scope="module")
def alone(encoder: OnnxEncoder) -> NDArray[np.float32]:
    """Each text encoded in a call of its own."""
    return np.concatenate([encoder.encode([text]) for text in TEXTS])


def test_vectors_are_of_unit_length_or_zeros(alone: NDArray[np.float32]) -> None:
    assert alone.dtype == np.float32
    lengths = np.linalg.norm(alone, axis=1)
    wordless = [TEXTS.index(""), TEXTS.index("...")]
    assert (alone[wordless] == 0).all()
    np.testing.assert_allclose(np.delete(lengths, wordless), 1, atol=1e-6)


@given(st.lists(st.integers(0, len(TEXTS) - 1), max_size=30))
@settings(deadline=None, max_examples=40)
def test_a_vector_does_not_depend_on_its_company(
    encoder: OnnxEncoder, alone: NDArray[np.float32], chosen: list[int]
) -> None:
    together = encoder.encode([TEXTS[i] for i in chosen])
    assert together.shape == (len(chosen), 384)
    assert (together == alone[chosen]).all(), "to the last bit"


def test_a_vector_does_not_depend_on_the_number_of_threads(alone: NDArray[np.float32]) -> None:
    assert (OnnxEncoder(Weights.bundled(), threads=1).encode(TEXTS) == alone).all()


def test_several_callers_at_once_get_the_same(alone: NDArray[np.float32]) -> None:
    fresh = OnnxEncoder(Weights.bundled(), threads=2)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(fresh.encode, [TEXTS] * 4):
            assert (vectors == alone).all()


def test_the_nearest_text_is_the_one_that_means_the_same(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(["cook in a hotel", "Head chef of a hotel kitchen", "Rust compiler engineer"])
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_the_last_sentence_of_five_thousand_words_counts(encoder: OnnxEncoder) -> None:
    long = " ".join(FILLER * 2)
    assert len(long.split()) > 4_500
    one, other = encoder.encode([f"{long} {WARD}", f"{long} Wrote compilers in Rust."])
    assert (one != other).any()
    nurse = encoder.encode([WARD])[0]
    assert nurse @ one > nurse @ other


def test_where_a_sentence_stands_changes_next_to_nothing(encoder: OnnxEncoder) -> None:
    """Among 150 sentences of 21 tokens: after 50 tokens, after 1,500, at the end."""
    at = [" ".join([*FILLER[:place], WARD, *FILLER[place:]]) for place in (2, 70, 150)]
    without, *moved = encoder.encode([" ".join(FILLER), *at])
    for vector in moved[1:]:
        assert vector @ moved[0] > 0.995
    nurse = encoder.encode([WARD])[0]
    assert min(nurse @ vector for vector in moved) > nurse @ without


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert OnnxEncoder(Weights.bundled()).encode(["nurse"]).any()


def test_naming_it_loads_nothing_and_encoding_needs_no_torch() -> None:
    """In a process of its own, where nothing is loaded yet."""
    script = """
import sys
from recommender.encoding.models.load import load_encoder
encoder, reference = load_encoder("minilm"), load_encoder("minilm-torch")
assert (encoder.dimension, reference.dimension) == (384, 384)
assert encoder.fingerprint != reference.fingerprint
assert not {"torch", "onnx", "onnxruntime", "transformers"} & set(sys.modules), "loaded early"
assert encoder.encode(["nurse"]).any()
assert not {"torch", "transformers"} & set(sys.modules), "torch is not needed"
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)


@given(st.lists(st.integers(3, 256), max_size=200), st.integers(1, 600))
def test_batches_hold_texts_of_one_length_within_the_budget(lengths: list[int], budget: int) -> None:
    found = list(batches(lengths, budget))
    assert sorted(position for batch in found for position in batch) == list(range(len(lengths)))
    for batch in found:
        assert len({lengths[position] for position in batch}) == 1
        assert len(batch) == 1 or sum(lengths[position] for position in batch) <= budget


def test_a_text_is_one_piece_as_long_as_it_fits_what_the_model_reads() -> None:
    """256 tokens, two of which open and close."""
    _, splitter = OnnxEncoder(Weights.bundled())._loaded
    assert [[len(chunk.ids) for chunk in splitter.cut(["the " * words])[0]] for words in (253, 254, 255)] == [
        [253],
        [254],
        [254, 1],
    ]
