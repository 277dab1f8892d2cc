"""`in_turn`: begun ahead, finished in order, and nothing that was begun is lost to what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from recommender.storing import in_turn


def work(log: list[str], count: int) -> Iterator[Callable[[], int]]:
    for number in range(count):
        log.append(f"begin {number}")
        yield partial(finish, log, number)


def finish(log: list[str], number: int) -> int:
    log.append(f"finish {number}")
    return number


def test_without_anything_ahead_each_is_finished_before_the_next_is_begun() -> None:
    log: list[str] = []
    assert list(in_turn(work(log, 2), 0)) == [0, 1]
    assert log == ["begin 0", "finish 0", "begin 1", "finish 1"]


def test_so_many_are_begun_before_the_first_is_waited_for() -> None:
    log: list[str] = []
    assert list(in_turn(work(log, 4), 2)) == [0, 1, 2, 3]
    assert log == [
        *("begin 0", "begin 1", "begin 2", "finish 0"),
        *("begin 3", "finish 1", "finish 2", "finish 3"),
    ]


def test_what_was_begun_is_finished_before_a_fault_is_raised() -> None:
    log: list[str] = []

    def faulty() -> Iterator[Callable[[], int]]:
        yield from work(log, 2)
        raise OSError("unreadable")

    finished = in_turn(faulty(), 5)
    assert [next(finished), next(finished)] == [0, 1]
    with pytest.raises(OSError, match="unreadable"):
        next(finished)


def test_a_fault_in_finishing_ends_it_at_once() -> None:
    log: list[str] = []

    def full() -> int:
        raise OSError("full")

    def begun() -> Iterator[Callable[[], int]]:
        yield full
        yield from work(log, 1)

    with pytest.raises(OSError, match="full"):
        next(in_turn(begun(), 0))
    assert log == []
