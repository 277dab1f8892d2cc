"""A server in a process of its own, spoken to over sockets: what only shows where the protocol itself runs.

``python -m tests.service.live SETTINGS_JSON`` is that process; a question for the text "slow" takes it long.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import IO, ClassVar

from recommender.collection import LocalCollection, View
from recommender.collection.local.follower import Tuning
from recommender.errors import RecommenderError
from recommender.matching import Answered, Query
from recommender.service import create_app
from recommender.service.asgi.server import listening, run
from recommender.service.asgi.workers import run_workers
from recommender.settings import Settings
from tests.service.people import Rooms

ROOT = Path(__file__).parents[2]
#: Seconds that "slow" takes.
SLOW = 6.0


class SlowRooms(Rooms):
    """Asleep while a slow question is asked, which leaves a trace of having begun and one of having ended.

    Attributes:
        tail_rows: so many writes are borne before derived files are renewed, where that is given.
    """

    tail_rows: ClassVar[int | None] = None

    @cached_property
    def collection(self) -> LocalCollection:
        if self.tail_rows is None:
            return super().collection
        return LocalCollection(self.settings.folder, Tuning(tail_rows=self.tail_rows), create=False)

    def answered_together(self, queries: Sequence[Query], view: View) -> list[Answered | RecommenderError]:
        for slow in [query.text for query in queries if query.text and query.text.startswith("slow")]:
            (self.settings.folder / f"{slow} begun").touch()
            time.sleep(SLOW)
            (self.settings.folder / f"{slow} ended").touch()
        return super().answered_together(queries, view)


class Live:
    """A running server.

    Attributes:
        log: what it has printed is read from here.
    """

    def __init__(self, process: subprocess.Popen[bytes], log: Path, port: int) -> None:
        self.process, self.log, self.port = process, log, port

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def ask(self, request: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and all that came, of a request on a connection that ends with it."""
        with self.connect() as there:
            there.sendall(head(request, body) + body)
            return answer(there)

    def logged(self) -> str:
        return self.log.read_text()


def head(request: str, body: bytes = b"", **more: str) -> bytes:
    """ "GET /path" → the bytes of a request's head."""
    lines = [f"{request} HTTP/1.1", "host: localhost", "connection: close", "content-type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in {"content_length": len(body), **more}.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def answer(there: socket.socket) -> tuple[int, bytes]:
    """The status of what is sent until the end, 0 where nothing is, and all of it."""
    received = b""
    while True:
        try:
            part = there.recv(65536)
        except ConnectionResetError:
            part = b""
        if not part:
            return int(received.split(b" ", 2)[1]) if received else 0, received
        received += part


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[Live]:
    """A server over the pool in this folder."""
    folder.mkdir(exist_ok=True)
    given = json.dumps({"data": str(folder / "pool"), "port": 0, **settings})
    log = folder / "server.log"
    with log.open("wb") as out:
        process = start(given, out)
    try:
        yield Live(process, log, _port(process, log))
    finally:
        process.kill()
        process.wait()


def start(settings: str, out: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.service.live", settings]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    for _ in range(1200):
        found = re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text())
        if found:
            return int(found[1])
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError("the server did not start")


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    SlowRooms.tail_rows = given.pop("tail_rows", None)
    loaded = Settings.load(**given)
    with listening(loaded) as sockets:
        if loaded.workers > 1:
            run_workers(partial(create_app, open_recommender=SlowRooms), loaded, sockets)
        else:
            run(create_app(loaded, SlowRooms), loaded, sockets)
