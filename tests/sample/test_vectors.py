"""The shipped embeddings: of the default encoder, and of every text that the sample pool asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.encoding import PrecomputedEncoder, ProfileEncoder, VectorFile, load_encoder
from recommender.reading import read_path
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.skills import Vocabulary


class Unasked:
    """The default encoder's name, and a refusal to encode."""

    fingerprint = load_encoder(Settings.load().model).fingerprint
    dimension = load_encoder(Settings.load().model).dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(f"{len(texts)} texts are not in vectors.npz, {texts[0]!r} for one; run `make vectors`")


def test_the_shipped_embeddings_cover_every_text_of_the_sample() -> None:
    vocabulary = Vocabulary.shipped()
    encoder = PrecomputedEncoder(Unasked(), VectorFile.load(sample_folder() / "vectors.npz"))
    read = read_path(Path(sample_folder() / "profiles.jsonl.gz"), vocabulary=vocabulary, on_notice=lambda _: None)
    profiles = list(read)
    encoded = ProfileEncoder(encoder, vocabulary).encode(profiles[::6])  # type: ignore[arg-type]
    assert len(encoded) == 600
    assert all(np.isclose(np.linalg.norm(one.vector), 1, atol=5e-3) for one in encoded)
