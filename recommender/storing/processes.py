"""`Processes`: several processes that encode side by side, each with a model of its own.

Each has a pipe of its own, the other end of which is closed here: whoever of the two dies, however it does, the other
reads the end of it. (A pool of `concurrent.futures` shares one, and waits for ever for what a process was sending.)
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Self

from recommender.encoding import ProfileEncoder
from recommender.reading import Found
from recommender.storing.encoders import Encoded, Here, encoded, joined

log = logging.getLogger(__name__)

#: Profiles handed to a process at a time: few, so that all are busy to the end.
PART = 8
#: So many are encoded here first: starting processes takes as long as they win back over some hundreds.
FEW = 128
#: Each process works on one thread, its products of matrices too: their threads would wait for one another.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

Part = Sequence[Found]


class Processes:
    """Processes that encode, started when there is enough to do.

    They end with the block, at once where an error ends it, and after the part that they are at where this process is
    killed. Where one of them dies, what it was at is encoded here; where all have, everything is.

    Args:
        open_encoder: makes the encoder of one process; picklable, so a function of a module or a partial of one.
        count: of processes, 1 or more.
        here: encodes what is not worth starting them for.
        few: how many that is.
    """

    def __init__(self, open_encoder: Callable[[], ProfileEncoder], count: int, here: Here, *, few: int = FEW) -> None:
        self._open_encoder, self._count, self._here, self._few = open_encoder, count, here, few
        self._threads = ThreadPoolExecutor(count)  # each waits for one process
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._started: list[_Process] = []

    @property
    def ahead(self) -> int:
        """As `Encoders.ahead`: each process has a part to go on with while a batch is read, and another stored."""
        return 1 + self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:  # nobody waits for what is being worked out
            for process in self._started:
                process.kill()
        self._threads.shutdown(wait=True, cancel_futures=kind is not None)
        for process in self._started:
            process.end()

    def begin(self, batch: Part) -> Callable[[], Encoded]:
        """As `Encoders.begin`."""
        if not self._started:
            self._few -= len(batch)
            if self._few >= 0:
                return self._here.begin(batch)
            self._start()
        parts = [batch[start : start + PART] for start in range(0, len(batch), PART)]
        return partial(self._joined, [(part, self._threads.submit(self._handed_over, part)) for part in parts])

    def _start(self) -> None:
        with _environment(_ONE_THREAD):
            self._started = [_Process(self._open_encoder) for _ in range(self._count)]
        for process in self._started:
            self._idle.put(process)

    def _handed_over(self, part: Part) -> Encoded | None:
        """What a process makes of a part; None where it dies, or all are dead."""
        process = self._idle.get()
        try:
            return process.encode(part)
        finally:
            # a dead one would take part after part from those that work; but nobody is to wait for ever
            if process.works or not any(one.works for one in self._started):
                self._idle.put(process)

    def _joined(self, parts: Sequence[tuple[Part, Future[Encoded | None]]]) -> Encoded:
        return joined([future.result() or self._rescued(part) for part, future in parts])

    def _rescued(self, part: Part) -> Encoded:
        log.warning("a process that encodes has died, perhaps for want of memory; its part is encoded in this one")
        return self._here.begin(part)()


class _Process:
    """One process, and this end of its pipe.

    Attributes:
        works: as far as is known.
    """

    def __init__(self, open_encoder: Callable[[], ProfileEncoder]) -> None:
        # spawned, not forked: a forked process would share database connections and half-held locks
        context = get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(open_encoder, there), daemon=True)
        self._process.start()
        there.close()
        self.works = True

    def encode(self, part: Part) -> Encoded | None:
        """The outcome; None where the process is dead. Raises what encoding raised there."""
        try:
            self._pipe.send(part)
            outcome: Encoded | Exception = self._pipe.recv()
        except (EOFError, OSError):
            self.works = False
            return None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def kill(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()

    def end(self) -> None:
        """Have it end when it is done."""
        self._pipe.close()
        self._process.join()


@contextmanager
def _environment(added: dict[str, str]) -> Iterator[None]:
    """The environment with these, where they are not set, until the block ends."""
    new = {name: value for name, value in added.items() if name not in os.environ}
    os.environ.update(new)
    try:
        yield
    finally:
        for name in new:
            del os.environ[name]


def _serve(open_encoder: Callable[[], ProfileEncoder], pipe: Connection) -> None:
    """Run in each process, until nobody is at the other end."""
    # Ctrl-C reaches every process of a terminal; what to do about it is the parent's to say
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        encoder = open_encoder()
        while True:
            pipe.send(_outcome(encoder, pipe.recv()))


def _outcome(encoder: ProfileEncoder, part: Part) -> Encoded | Exception:
    try:
        return encoded(encoder, part)
    except Exception as error:
        return error
