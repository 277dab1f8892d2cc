"""The graph against the model it is built from, by sentence-transformers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load

from recommender.encoding.models.minilm import LAYERS, minilm
from recommender.encoding.models.onnx import RANGES, OnnxEncoder, session_of, unit_means
from recommender.encoding.models.ranges import load_ranges, save_ranges
from recommender.encoding.models.sentence_transformer import SentenceTransformerEncoder
from recommender.encoding.models.splitter import PassageSplitter
from recommender.encoding.models.weights import Weights
from recommender.errors import EncoderError

TEXTS = [
    "Nurse",
    "Registered nurse on a surgical ward, nights and weekends.",
    "Built the search platform: 40 nodes of Elasticsearch, Kafka ingestion, on-call for all of it. " * 6,
    "Schweißer und Schlosser, 12 Jahre Erfahrung im Kesselbau.",
    "Java, Spring Boot, PostgreSQL, Kubernetes, Terraform, CI/CD, React, TypeScript",
    "Head chef. Ran a kitchen of twelve, wrote the menus, kept food cost under 28%.",
]


@pytest.fixture(scope="module")
def reference() -> NDArray[np.float32]:
    return SentenceTransformerEncoder(Weights.bundled()).encode(TEXTS)


def test_in_float32_it_is_the_same_model(reference: NDArray[np.float32]) -> None:
    from tokenizers import Tokenizer

    weights = Weights.bundled()
    session = session_of(minilm(load(weights.read("model.safetensors"))))
    splitter_ = PassageSplitter(Tokenizer.from_str(weights.read("tokenizer.json").decode()), 256)
    for text, expected in zip(TEXTS, reference, strict=True):
        (chunk,) = splitter_.cut([text])[0]
        (tokens,) = session.run(["tokens"], {"ids": np.array([[101, *chunk.ids, 102]], np.int64)})
        np.testing.assert_allclose(unit_means(tokens)[0], expected, atol=2e-6)


def test_with_integers_it_is_near(reference: NDArray[np.float32]) -> None:
    cosines = (OnnxEncoder(Weights.bundled()).encode(TEXTS) * reference).sum(axis=1)
    assert cosines.min() > 0.998


def test_the_mean_is_of_each_texts_own_tokens() -> None:
    """Tokens (3, 0) and (5, 8): mean (4, 4), at unit length (1, 1) / sqrt 2."""
    tokens = np.array([[[3, 0], [5, 8]], [[0, 2], [0, 4]]], np.float32)
    np.testing.assert_allclose(unit_means(tokens), [[0.5**0.5, 0.5**0.5], [0, 1]], rtol=1e-6)


def test_the_shipped_ranges_cover_every_product() -> None:
    ranges = load_ranges(RANGES)
    widths = {"attend": 384, "project": 384, "expand": 384, "contract": 1536}
    expected = {f"{site}{layer}": width for site, width in widths.items() for layer in range(LAYERS)}
    for column in (ranges.centre, ranges.reach):
        assert {site: len(value) for site, value in column.items()} == expected
    assert all((reach > 0).all() for reach in ranges.reach.values())


def test_ranges_come_back_as_saved(tmp_path_factory: pytest.TempPathFactory) -> None:
    path, ranges = tmp_path_factory.mktemp("ranges") / "ranges.npz", load_ranges(RANGES)
    save_ranges(path, ranges)
    again = load_ranges(path)
    assert all((again.centre[site] == ranges.centre[site]).all() for site in ranges.centre)
    assert all((again.reach[site] == ranges.reach[site]).all() for site in ranges.reach)


def test_spoilt_ranges_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("ranges") / "ranges.npz"
    path.write_bytes(b"no ranges")
    with pytest.raises(EncoderError, match="cannot be read; fix: install the package again"):
        load_ranges(path)
