"""The process that decodes: asked on its standard input, answering on its standard output, until the input ends.

Whatever a file does to it (memory, time, a crash in a library) costs this process and that file alone.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

import msgspec

from recommender.decoding.archives import decode_linkedin, decode_zip
from recommender.decoding.markup import decode_html, decode_xml, decode_yaml
from recommender.decoding.pages.pdf import decode_pdf
from recommender.decoding.parquet import decode_parquet
from recommender.decoding.parts import LENGTH, DecodeRequest, Done, Job, More, Part, Refused, Rows, write
from recommender.decoding.rtf import decode_rtf
from recommender.decoding.word.docx import decode_docx
from recommender.limits import Limits

_JOBS: dict[Job, Callable[[BinaryIO, Limits], Iterator[Part | More]]] = {
    "zip": decode_zip,
    "pdf": decode_pdf,
    "docx": decode_docx,
    "linkedin": decode_linkedin,
    "parquet": decode_parquet,
    "html": decode_html,
    "xml": decode_xml,
    "rtf": decode_rtf,
    "yaml": decode_yaml,
}


def main() -> None:
    """Serve until the asker closes its end, or dies."""
    asked, answered = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _end_with(os.getppid())
    while header := asked.read(LENGTH.size):
        request = msgspec.msgpack.decode(asked.read(*LENGTH.unpack(header)), type=DecodeRequest)
        if not _decode(request, answered):
            return


def _decode(request: DecodeRequest, answered: BinaryIO) -> bool:
    """Answer one request; whether another can be taken."""
    limits = request.limits
    resource.setrlimit(resource.RLIMIT_AS, (limits.decode_memory, resource.RLIM_INFINITY))
    fit = True
    try:
        _limit_time(limits.decode_seconds)
        with open(request.path, "rb") if request.path is not None else BytesIO(request.content) as stream:
            for part in _JOBS[request.job](stream, limits):
                if isinstance(part, More):
                    _limit_time(signal.getitimer(signal.ITIMER_PROF)[0] + part.seconds)
                    continue
                write(answered, part)
                if isinstance(part, Rows):
                    _limit_time(limits.decode_seconds)
    except MemoryError:
        fit = False
        reason = f"reading it takes more than {limits.decode_memory >> 20:,} MiB of memory"
        write(answered, Refused(f"{reason}; give a smaller file, or raise limits.decode_memory"))
    except OSError as error:
        write(answered, Refused(f"it cannot be read ({error.strerror or error})"))
    finally:
        _limit_time(0)
    write(answered, Done(fit))
    return fit


def _limit_time(seconds: float) -> None:
    """From here on the system ends this process after so much processor time; 0 for no limit."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, however it went, even while a file is being decoded."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()
