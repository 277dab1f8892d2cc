from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.models.cache import CachedEncoder


class Counting:
    """A text's vector is its length and its first letter; remembers what it was asked."""

    fingerprint, dimension = "counting", 2

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return np.array([[len(text), ord(text[0]) if text else 0] for text in texts], np.float32)


def test_a_phrase_is_encoded_once_and_answers_stay_in_order() -> None:
    behind = Counting()
    encoder = CachedEncoder(behind)
    assert encoder.encode(["nurse", "chef", "nurse"]).tolist() == [[5, 110], [4, 99], [5, 110]]
    assert encoder.encode(["cook", "chef"]).tolist() == [[4, 99], [4, 99]]
    assert encoder.encode(["nurse"]).tolist() == [[5, 110]]
    assert behind.asked == [["nurse", "chef"], ["cook"]]


def test_only_short_texts_are_remembered() -> None:
    behind = Counting()
    encoder = CachedEncoder(behind, longest=5)
    encoder.encode(["nurses", "nurse"])
    encoder.encode(["nurses", "nurse"])
    assert behind.asked == [["nurses", "nurse"], ["nurses"]]


def test_the_least_recently_used_phrase_is_forgotten_first() -> None:
    behind = Counting()
    encoder = CachedEncoder(behind, phrases=2)
    encoder.encode(["a", "b"])
    encoder.encode(["a"])
    encoder.encode(["c"])
    encoder.encode(["a", "b", "c"])
    assert behind.asked == [["a", "b"], ["c"], ["b"]]


def test_a_vector_changed_by_the_caller_does_not_change_the_next_answer() -> None:
    encoder = CachedEncoder(Counting())
    encoder.encode(["nurse"])[:] = 0
    assert encoder.encode(["nurse"]).tolist() == [[5, 110]]


def test_it_is_named_as_the_encoder_behind_it_and_takes_nothing() -> None:
    encoder = CachedEncoder(Counting())
    assert (encoder.fingerprint, encoder.dimension) == ("counting", 2)
    assert encoder.encode([]).shape == (0, 2)
