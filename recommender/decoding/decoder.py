"""`Decoder`: asks processes of its own to decode files."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, BinaryIO, Self

import msgspec

from recommender.decoding.parts import LENGTH, DecodeRequest, Done, Job, Part, Refused, write
from recommender.limits import Limits

#: Files after which a process makes room for a fresh one, so that what libraries leak does not add up.
_FILES_EACH = 500
#: Processes at once; a file past that waits for one.
_MOST = min(4, os.cpu_count() or 1)
#: Seconds by the clock until a part of a file is given up: the process ends itself by processor time, long before.
_PATIENCE = 180.0
#: Libraries take one thread and one heap, so that the limit on memory is of data.
_FRUGAL = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
_ANSWER = msgspec.msgpack.Decoder(Part | Done)


class Decoder:
    """Warm processes that decode, started when first asked, used again and again, by any number of threads.

    ::

        with Decoder() as decoder:
            parts = list(decoder.decode("pdf", stream, Limits()))
    """

    def __init__(self) -> None:
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._room = threading.Semaphore(_MOST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; the next file starts a new one."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def decode(self, job: Job, stream: BinaryIO, limits: Limits) -> Iterator[Part]:
        """The parts of a file, as they are decoded.

        A process that is killed, crashes or takes too long is one `Refused`; so is a file that is too large. Leaving
        off before the end ends the process.
        """
        request = _request(job, stream, limits)
        if isinstance(request, Refused):
            yield request
            return
        with self._room, self._process() as process:
            yield from process.answers(request)

    @contextmanager
    def _process(self) -> Iterator[_Process]:
        with self._lock:
            process = self._idle.pop() if self._idle else None
        process = process or _Process()
        try:
            yield process
        finally:
            if process.fit:
                with self._lock:
                    self._idle.append(process)
            else:
                process.end()


def _request(job: Job, stream: BinaryIO, limits: Limits) -> DecodeRequest | Refused:
    """A plain file goes by its path, since Parquet is read here and there in it; anything else by its content."""
    name = getattr(stream, "name", None)
    if isinstance(name, str) and os.path.isfile(name):
        request = DecodeRequest(job, limits, path=os.path.realpath(name))
        size = os.path.getsize(request.path or "")
    else:
        request = DecodeRequest(job, limits, content=stream.read(limits.document_bytes + 1))
        size = len(request.content)
    if size > limits.document_bytes and (job != "parquet" or request.path is None):
        return Refused(f"the file is larger than {limits.document_bytes:,} bytes (limits.document_bytes); split it")
    return request


class _Process:
    """One process and its pipes. `fit`: whether it waits for a file."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "recommender.decoding.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_FRUGAL, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
            start_new_session=True,  # an interrupt from the terminal is for the asker
        )
        self._taken = 0
        self.fit = True

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def answers(self, request: DecodeRequest) -> Iterator[Part]:
        """What the process makes of one file."""
        self.fit = False
        limits = request.limits
        try:
            write(self._pipes[0], request)  # type: ignore[arg-type]
            while not isinstance(answer := self._next(_PATIENCE), Done):
                yield answer
        except (EOFError, BrokenPipeError, TimeoutError) as error:
            yield Refused(self._fault(error, limits))
            return
        self._taken += 1
        self.fit = answer.fit and self._taken < _FILES_EACH

    def _next(self, seconds: float) -> Part | Done:
        """The next answer, waited for so long at most."""
        deadline = time.monotonic() + seconds
        (length,) = LENGTH.unpack(self._read(LENGTH.size, deadline))
        answer: Part | Done = _ANSWER.decode(self._read(length, deadline))
        return answer

    def _read(self, size: int, deadline: float) -> bytes:
        content = bytearray()
        output = self._pipes[1].fileno()
        with selectors.DefaultSelector() as ready:
            ready.register(output, selectors.EVENT_READ)
            while len(content) < size:
                if not ready.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                piece = os.read(output, min(size - len(content), 1 << 20))
                if not piece:
                    raise EOFError
                content += piece
        return bytes(content)

    def _fault(self, error: Exception, limits: Limits) -> str:
        self.end()
        if isinstance(error, TimeoutError) or self._process.returncode == -signal.SIGPROF:
            return (
                f"reading it takes more than {limits.decode_seconds} s of processor time; "
                "save it again in a simpler form, or raise limits.decode_seconds"
            )
        return (
            f"it breaks what reads it, or takes more than {limits.decode_memory >> 20:,} MiB of memory; "
            "save it again in a simpler form"
        )

    def end(self) -> None:
        """Kill the process, whatever it does, and leave nothing of it."""
        self.fit = False
        self._process.kill()  # of one that has ended already, this is nothing
        self._process.wait()
        for pipe in self._pipes:
            with suppress(BrokenPipeError):  # what was not written yet is not wanted any more
                pipe.close()
