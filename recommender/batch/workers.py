"""`Workers`: processes that answer questions side by side, each with the pool opened for itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from recommender.errors import ProfileNotFound
from recommender.matching import Answer, Matcher, Query

#: Questions handed to a process at a time, and how many such parts each may have waiting.
PART, AHEAD = 16, 3

#: An answer, or why there is none.
Outcome = Answer | str


def outcome(matcher: Matcher, query: Query) -> Outcome:
    """The answer; a profile that is not there is the one error that costs a query and not the whole batch."""
    try:
        return matcher.similar(query)
    except ProfileNotFound as error:
        return str(error)


class Workers:
    """Several processes in place of one matcher; the answers come in the order of the questions.

    ::

        with Workers(partial(open_matcher, settings), 4) as workers:
            match(workers, everyone(collection), out)

    Args:
        open_matcher: makes the matcher of one process; picklable, so a function of a module or a partial of one.
        count: processes, 1 or more; each holds what a matcher holds, and for profiles that are not in the pool
            the model too.
    """

    def __init__(self, open_matcher: Callable[[], Matcher], count: int) -> None:
        self._count = count
        # spawned, not forked: a forked process would share database connections and half-held locks
        self._processes = ProcessPoolExecutor(
            count, mp_context=get_context("spawn"), initializer=_open, initargs=(open_matcher,)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._processes.shutdown(wait=True, cancel_futures=kind is not None)

    def outcomes(self, queries: Iterable[Query]) -> Iterator[Outcome]:
        """The outcome of each query, in order; no more queries are taken than the processes will soon reach."""
        remaining, waiting = iter(queries), deque[Future[list[Outcome]]]()
        while True:
            while len(waiting) < self._count * AHEAD and (part := list(islice(remaining, PART))):
                waiting.append(self._processes.submit(_answer, part))
            if not waiting:
                return
            yield from waiting.popleft().result()


_matcher: Matcher


def _open(open_matcher: Callable[[], Matcher]) -> None:
    """Run once in each process: what it answers with lives as long as it does."""
    global _matcher
    _matcher = open_matcher()


def _answer(part: list[Query]) -> list[Outcome]:
    return [outcome(_matcher, query) for query in part]
