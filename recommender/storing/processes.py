"""`Processes`: several processes that encode side by side, each with a model of its own."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self

from recommender.encoding import ProfileEncoder
from recommender.reading import Found
from recommender.storing.encoders import Encoded, Here, encoded, joined

log = logging.getLogger(__name__)

#: Profiles handed to a process at a time: few, so that all are busy to the end.
PART = 8
#: Fewer than this, while none was started yet, are encoded sooner than processes start.
FEW = 32
#: Each process works on one thread, its products of matrices too: their threads would wait for one another.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Processes:
    """Processes that encode, started when there is enough to do.

    They end with the block, at once where an error ends it, and with this process, even where that is killed. Where
    one of them dies, what they were at is encoded here, and all that comes after it.

    Args:
        open_encoder: makes the encoder of one process; picklable, so a function of a module or a partial of one.
        count: of processes, 1 or more.
        here: encodes what is not worth starting them for.
    """

    def __init__(self, open_encoder: Callable[[], ProfileEncoder], count: int, here: Here) -> None:
        self._open_encoder, self._count, self._here = open_encoder, count, here
        self._pool: ProcessPoolExecutor | None = None
        self._wanted, self._parent = get_context("spawn").Pipe(duplex=False)
        self._lost = False

    @property
    def ahead(self) -> int:
        """As `Encoders.ahead`: each process has a part to go on with while a batch is read, and another stored."""
        return 1 + self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._parent.close()  # nobody waits for what is being worked out
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=kind is not None)
        self._parent.close()
        self._wanted.close()

    def begin(self, batch: Sequence[Found]) -> Callable[[], Encoded]:
        """As `Encoders.begin`."""
        if self._lost or (self._pool is None and len(batch) < FEW):
            return self._here.begin(batch)
        parts = [batch[start : start + PART] for start in range(0, len(batch), PART)]
        return partial(self._joined, [(part, self._submitted(part)) for part in parts])

    def _submitted(self, part: Sequence[Found]) -> Future[Encoded] | None:
        if self._pool is None:
            self._pool = self._started()
        with suppress(BrokenProcessPool):
            return self._pool.submit(_encode, part)
        return None

    def _started(self) -> ProcessPoolExecutor:
        # spawned, not forked: a forked process would share database connections and half-held locks
        given = (self._open_encoder, self._wanted)
        pool = ProcessPoolExecutor(self._count, get_context("spawn"), initializer=_open, initargs=given)
        with _environment(_ONE_THREAD):
            for _ in range(self._count):
                pool.submit(int)  # each starts a process while none is idle, and in this environment
        return pool

    def _joined(self, parts: Sequence[tuple[Sequence[Found], Future[Encoded] | None]]) -> Encoded:
        return joined([self._waited(*part) for part in parts])

    def _waited(self, part: Sequence[Found], future: Future[Encoded] | None) -> Encoded:
        with suppress(BrokenProcessPool):
            if future is not None:
                return future.result()
        if not self._lost:
            self._lost = True
            log.warning("a process that encodes has died, perhaps for want of memory; going on in one alone")
        return self._here.begin(part)()


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


_encoder: ProfileEncoder


def _open(open_encoder: Callable[[], ProfileEncoder], wanted: Connection) -> None:
    """Run once in each process."""
    global _encoder
    # Ctrl-C reaches every process of a terminal; what to do about it is the parent's to say
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(wanted,), daemon=True).start()
    _encoder = open_encoder()


def _end_with(wanted: Connection) -> None:
    """End this process when the parent closes its end of the pipe, or is gone, however it went."""
    with suppress(EOFError, OSError):
        wanted.recv_bytes()  # nothing is ever sent
    os._exit(1)


def _encode(part: Sequence[Found]) -> Encoded:
    return encoded(_encoder, part)
