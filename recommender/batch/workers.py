"""`Workers`: processes that work off pieces side by side, each with the snapshot opened for itself."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from recommender.batch.engine import Bench, MakeMatcher
from recommender.batch.memory import beyond
from recommender.batch.pieces import Asking, Piece, Worked
from recommender.errors import BatchError

#: Pieces that are with a process or wait for it.
_AHEAD = 2
#: How often in a row processes may die without a piece done in between.
_LOSSES = 3


class Workers:
    """Several processes on this machine.

    They end with the work, at once where an error ends it, and with this process, even where that is killed.

    Args:
        matcher_of: makes the matcher of one process; picklable, so a function of a module or a partial of one.
        count: processes, 1 or more; each holds what a matcher holds, and for profiles that are not in the pool
            the model too.
        memory: bytes that all of them and this process may hold: while they hold more, there is one fewer each time.
    """

    def __init__(self, matcher_of: MakeMatcher, count: int, memory: int | None = None) -> None:
        self._matcher_of, self._count, self._memory = matcher_of, count, memory

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        """What comes of each piece, as they are done; where a process dies, its pieces are given to others.

        Raises `BatchError` where processes die again and again, or where one alone holds too much.
        """
        remaining, lost, losses, count = iter(pieces), list[Piece](), 0, self._count
        while True:
            with _Processes(self._matcher_of, count, pool, asking) as processes:
                for worked in processes.work(remaining, lost):
                    losses = 0
                    yield worked
                    processes.held = processes.held or beyond(self._memory)
            lost = processes.lost
            if processes.held:
                lost += islice(remaining, 1)
                if lost and count == 1:
                    raise BatchError(f"{processes.held}, by one process and this; give more --memory, or no --workers")
                count -= 1
            if not lost:
                return
            losses += not processes.held
            if losses > _LOSSES:
                raise BatchError(
                    f"processes died again and again over the pieces from number {lost[0].number} on; is memory short? "
                    "run it again with fewer --workers: it goes on from here"
                )


class _Processes(AbstractContextManager["_Processes"]):
    """Processes that were started together, and what they were at when one died.

    Attributes:
        lost: what they were at.
        held: what is too much of what they hold; with that they take no more pieces, and end with those they have.
    """

    def __init__(self, matcher_of: MakeMatcher, count: int, pool: Path, asking: Asking) -> None:
        # spawned, not forked: a forked process would share database connections and half-held locks
        context = get_context("spawn")
        self._wanted, self._parent = context.Pipe(duplex=False)
        self._room, self.lost, self.held = count * _AHEAD, list[Piece](), ""
        self._processes = ProcessPoolExecutor(
            count, mp_context=context, initializer=_open, initargs=(matcher_of, pool, asking, self._wanted)
        )

    def work(self, pieces: Iterator[Piece], first: list[Piece]) -> Iterator[Worked]:
        """What comes of these pieces, those of `first` before the others, until a process dies or they are to end."""
        going, again = dict[Future[Worked], Piece](), iter(first)
        while True:
            try:
                while not self.held and len(going) < self._room and (piece := next(again, None) or next(pieces, None)):
                    self.lost = [piece]  # where it cannot even be handed over
                    going[self._processes.submit(_work, piece)] = piece
                    self.lost = []
                if not going:
                    self.lost = [*again]
                    return
                done = wait(going, return_when=FIRST_COMPLETED).done
                for future in done:
                    worked = future.result()
                    del going[future]
                    yield worked
            except BrokenProcessPool:
                self.lost = [*going.values(), *self.lost, *again]
                return

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._parent.close()  # nobody waits for what is being worked out
        self._processes.shutdown(wait=True, cancel_futures=True)
        self._parent.close()
        self._wanted.close()


_bench: Bench


def _open(matcher_of: MakeMatcher, pool: Path, asking: Asking, wanted: Connection) -> None:
    """Run once in each process."""
    global _bench
    # Ctrl-C reaches every process of a terminal; what to do about it is the parent's to say
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(wanted,), daemon=True).start()
    _bench = Bench(matcher_of, pool, asking)


def _end_with(wanted: Connection) -> None:
    """End this process when the parent closes its end of the pipe, or is gone, however it went."""
    with suppress(EOFError, OSError):
        wanted.recv_bytes()  # nothing is ever sent
    os._exit(1)


def _work(piece: Piece) -> Worked:
    return _bench.work(piece)
