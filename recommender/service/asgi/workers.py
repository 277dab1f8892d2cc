"""`run_workers`: several processes that serve one pool on one port, started anew where they die."""

from __future__ import annotations

import logging.config
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType
from typing import Any, Final, Protocol

from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG

from recommender.errors import RecommenderError
from recommender.service.asgi.server import LAST_SECONDS, announce, beside, run
from recommender.service.asgi.shared import Shared
from recommender.settings import Settings

log = logging.getLogger("uvicorn.error")

LISTENING: Final = "listening"
#: Seconds between a process's death and its successor's start, so that what kills each at once costs little.
PAUSE: Final = 0.5
#: Seconds after which is looked again whether all listen.
LOOK_AGAIN: Final = 0.05
#: Processes that may end before any listens; then nothing is to be had from starting more.
MOST_FAILURES: Final = 3


class MakeApp(Protocol):
    """Makes the application of one process; picklable, so a function of a module or a partial of one."""

    def __call__(self, settings: Settings, *, shared: Shared) -> FastAPI:
        """The application."""


def run_workers(make_app: MakeApp, settings: Settings, sockets: Sequence[socket.socket]) -> None:
    """Serve with `settings.workers` processes until SIGTERM or SIGINT; they end with this one, however it ends.

    Args:
        sockets: hold the addresses, which are bound to be shared.

    Raises `RecommenderError` where the processes do not come to listen.
    """
    logging.config.dictConfig(LOGGING_CONFIG)
    with tempfile.TemporaryDirectory(prefix="recommender-") as folder, _told_to_stop() as stop:
        workers = _Workers(make_app, settings, sockets, Path(folder))
        try:
            workers.watch(stop)
        finally:
            workers.end()


class _Workers:
    """The processes, seen from the one that started them."""

    def __init__(self, make_app: MakeApp, settings: Settings, sockets: Sequence[socket.socket], folder: Path) -> None:
        self._make_app, self._settings, self._sockets, self._folder = make_app, settings, sockets, folder
        self._addresses = [(int(one.family), one.getsockname()) for one in sockets]
        self._running = [self._start(number) for number in range(settings.workers)]

    def _start(self, number: int) -> SpawnProcess:
        shared = Shared(self._folder, number, self._settings.workers)
        arguments = (self._make_app, self._settings, self._addresses, shared)
        # spawned, not forked: a forked process would share database connections and half-held locks
        process = get_context("spawn").Process(target=_work, args=arguments)
        process.start()
        return process

    def watch(self, stop: connection.Connection) -> None:
        """Put a new process in the place of each that ends, until there is something to read from `stop`."""
        shared = Shared(self._folder, 0, len(self._running))
        failures, listening = 0, False
        while True:
            sentinels = [one.sentinel for one in self._running]
            ended = connection.wait([stop, *sentinels], timeout=None if listening else LOOK_AGAIN)
            if not listening and shared.have_all(LISTENING):
                listening = True
                announce(self._sockets)
            if stop in ended:
                return
            gone = [number for number, sentinel in enumerate(sentinels) if sentinel in ended]
            failures += len(gone) if not listening else 0
            if failures >= MOST_FAILURES:
                raise RecommenderError("the processes end before they listen; see above what they logged")
            for number in gone:
                self._replace(number)

    def _replace(self, number: int) -> None:
        worker = self._running[number]
        worker.join()
        log.warning("process %s ended with %s and is started anew", worker.pid, worker.exitcode)
        time.sleep(PAUSE)
        self._running[number] = self._start(number)

    def end(self) -> None:
        """Tell them to stop, and wait while they finish what they were asked."""
        until = time.monotonic() + self._settings.stop_seconds + LAST_SECONDS + 1.0
        for worker in self._running:
            worker.terminate()
        for worker in self._running:
            worker.join(max(until - time.monotonic(), 0.0))
            if worker.exitcode is None:
                worker.kill()
                worker.join()


def _work(make_app: MakeApp, settings: Settings, addresses: Any, shared: Shared) -> None:
    """What one process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent tells them
    threading.Thread(target=_end_with_parent, args=(shared.folder,), daemon=True).start()
    app = make_app(settings, shared=shared)
    run(app, settings, beside(addresses), partial(shared.note, LISTENING))


def _end_with_parent(folder: Path) -> None:
    """Stop once the parent is gone; what it left of its folder, too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _told_to_stop() -> Iterator[connection.Connection]:
    """A connection that has something to read once the process is told to stop."""
    told, tell = get_context("spawn").Pipe(duplex=False)

    def stop(*_: int | FrameType | None) -> None:
        tell.send_bytes(b"stop")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
