"""`Workers`: processes that answer questions side by side, each with the pool opened for itself."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from recommender.errors import ProfileNotFound, ProfileTooLong, QueryError, RecommenderError
from recommender.matching import Answer, Matcher, Query

#: Questions worked out together, and handed to a process at a time, and how many such parts each may have waiting.
PART, AHEAD = 16, 3

#: An answer, or why there is none.
Outcome = Answer | str


def outcomes(matcher: Matcher, queries: Sequence[Query]) -> list[Outcome]:
    """The answers, worked out together; a profile that is not there or too long, a request that nobody can be, costs
    itself alone.
    """
    return [_outcome(*pair) for pair in zip(queries, matcher.similar_many(queries), strict=True)]


def _outcome(query: Query, answer: Answer | RecommenderError) -> Outcome:
    match answer:
        case Answer():
            return answer
        case ProfileNotFound() | ProfileTooLong():
            return str(answer)
        case QueryError() if not query.is_by_example:
            return str(answer)
    raise answer


class Workers:
    """Several processes in place of one matcher; the answers come in the order of the questions.

    They end with the block, at once where an error ends it, and with this process, even where that is killed.

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
        context = get_context("spawn")
        self._wanted, self._parent = context.Pipe(duplex=False)
        self._processes = ProcessPoolExecutor(
            count, mp_context=context, initializer=_open, initargs=(open_matcher, self._wanted)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is not None:
            self._parent.close()  # nobody waits for the answers that are being worked out
        self._processes.shutdown(wait=True, cancel_futures=kind is not None)
        self._parent.close()
        self._wanted.close()

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


def _open(open_matcher: Callable[[], Matcher], wanted: Connection) -> None:
    """Run once in each process: what it answers with lives as long as it does."""
    global _matcher
    # Ctrl-C reaches every process of a terminal; what to do about it is the parent's to say
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(wanted,), daemon=True).start()
    _matcher = open_matcher()


def _end_with(wanted: Connection) -> None:
    """End this process when the parent closes its end of the pipe, or is gone, however it went."""
    with suppress(EOFError, OSError):
        wanted.recv_bytes()  # nothing is ever sent
    os._exit(1)


def _answer(part: list[Query]) -> list[Outcome]:
    return outcomes(_matcher, part)
