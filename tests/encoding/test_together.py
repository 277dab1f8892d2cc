"""Threads that ask at once are served by one run, each with its own, and nobody waits for others."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.encoding.models.onnx import OnnxEncoder
from recommender.encoding.models.together import TogetherEncoder
from recommender.encoding.models.weights import Weights
from recommender.errors import EncoderError


class Gated:
    """Gives a text's length and last letter; every run is noted, and waits at a gate until it is open."""

    fingerprint, dimension = "gated", 2

    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.gate = threading.Event()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.runs.append(list(texts))
        assert self.gate.wait(10)
        if "bad" in texts:
            raise EncoderError("bad: it cannot be encoded; leave it out")
        return np.array([[len(text), ord(text[-1])] for text in texts], np.float32).reshape(len(texts), 2)


@pytest.fixture
def gated() -> Gated:
    return Gated()


def until(seen: object, wanted: object = True) -> None:
    for _ in range(2_000):
        if seen() == wanted:  # type: ignore[operator]
            return
        time.sleep(0.005)
    raise AssertionError(f"never {wanted}")


def together(gated: Gated, calls: Sequence[Sequence[str]], most: int = 32) -> list[Future[NDArray[np.float32]]]:
    """The calls, made while a run for the text "first" goes on, which ends once all of them wait."""
    encoder = TogetherEncoder(gated, most=most)
    with ThreadPoolExecutor(len(calls) + 1) as threads:
        first = threads.submit(encoder.encode, ["first"])
        until(lambda: gated.runs, [["first"]])
        asked = []
        for number, call in enumerate(calls, start=1):
            asked.append(threads.submit(encoder.encode, call))
            until(lambda: len(encoder._waiting), number)
        gated.gate.set()
    assert first.result().tolist() == [[5, ord("t")]]
    return asked


def test_who_finds_it_idle_goes_alone_and_at_once(gated: Gated) -> None:
    gated.gate.set()
    encoder = TogetherEncoder(gated)
    for text in ("a", "bb"):
        assert encoder.encode([text]).tolist() == [[len(text), ord(text[-1])]]
    assert gated.runs == [["a"], ["bb"]]
    assert encoder.encode([]).shape == (0, 2)


def test_those_who_come_meanwhile_are_served_by_one_run_each_with_its_own(gated: Gated) -> None:
    asked = together(gated, [["a", "bb"], ["ccc"], ["bb", "d", "bb"]])
    assert len(gated.runs) == 2
    assert sorted(gated.runs[1]) == ["a", "bb", "ccc", "d"]
    assert [one.result().tolist() for one in asked] == [
        [[1, ord("a")], [2, ord("b")]], [[3, ord("c")]], [[2, ord("b")], [1, ord("d")], [2, ord("b")]],
    ]  # fmt: skip


def test_a_run_takes_so_many_texts_and_leaves_the_others_to_the_next(gated: Gated) -> None:
    asked = together(gated, [[name] for name in "abcde"], most=2)
    assert [len(run) for run in gated.runs] == [1, 2, 2, 1]
    assert [one.result().tolist() for one in asked] == [[[1, ord(name)]] for name in "abcde"]


def test_what_one_asks_for_in_vain_costs_the_others_nothing(gated: Gated) -> None:
    good, bad, other = together(gated, [["a"], ["bad"], ["c"]])
    assert (good.result().tolist(), other.result().tolist()) == ([[1, ord("a")]], [[1, ord("c")]])
    with pytest.raises(EncoderError, match="leave it out"):
        bad.result()


def test_long_texts_hold_nobody_up(gated: Gated) -> None:
    encoder = TogetherEncoder(gated, short=10, most=3)
    with ThreadPoolExecutor(4) as threads:
        for number, call in enumerate((["x" * 11], ["six nine", "two"], ["a", "b", "c", "d"]), start=1):
            threads.submit(encoder.encode, call)
            until(lambda: len(gated.runs), number)
        threads.submit(encoder.encode, ["short"])
        until(lambda: len(gated.runs), 4)
        gated.gate.set()


def test_the_bundled_model_gives_the_same_bits_in_whatever_company() -> None:
    model = OnnxEncoder(Weights.bundled(), threads=1)
    encoder = TogetherEncoder(model)
    texts = [
        f"{level} {trade}" for level in ("senior", "lead", "junior") for trade in ("nurse", "data engineer", "cook")
    ]
    alone = {text: model.encode([text])[0].tobytes() for text in texts}
    with ThreadPoolExecutor(len(texts)) as threads:
        for _ in range(3):
            found = threads.map(lambda text: encoder.encode([text])[0].tobytes(), texts)
            assert list(found) == [alone[text] for text in texts]
