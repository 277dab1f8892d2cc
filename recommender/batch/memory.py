"""Memory of a run: how many processes are expected to have room, and what they turn out to hold.

What one is expected to need for a pool are its files, mapped once for all of them, and what each holds for itself.
"""

from __future__ import annotations

import os
import re
from multiprocessing import active_children
from pathlib import Path
from typing import NamedTuple

from recommender.errors import BatchError

#: What a process holds whatever the pool: libraries, the vocabulary, documents that it remembers, a turn's columns.
OF_A_PROCESS = 650 * 2**20
#: Files of a pool that a process holds a copy of, each by its name, and how many times its bytes: a graph's codes.
_COPIED = {"vectors": 1.1}

_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)


class Needs(NamedTuple):
    """Bytes that matching against a pool needs: of files that all processes share, and of each process."""

    shared: int
    each: int

    @classmethod
    def of(cls, pool: Path) -> Needs:
        """Those of a pool in this folder, or of a snapshot of one."""
        files = list(pool.glob("derived/*/*.seal"))
        latest = max((file.parent.name for file in files), default="")
        sizes = {file.stem: file.stat().st_size for file in files if file.parent.name == latest}
        indexed = "hnsw" in sizes  # without an index nothing is copied
        copied = sum(int(times * sizes.get(name, 0)) for name, times in _COPIED.items()) if indexed else 0
        return cls(sum(sizes.values()), OF_A_PROCESS + copied)


def bytes_of(size: str) -> int:
    """ "4GB", "1.5g", "800 MB" → bytes, in powers of 1,024; raises `BatchError` for what is no size."""
    found = _SIZE.fullmatch(size.strip())
    if found is None:
        raise BatchError(f"memory {size!r} is no size; give one such as 4GB")
    return int(float(found[1]) * _UNITS[found[2].lower()])


def room(memory: int, needs: Needs, wanted: int) -> int:
    """How many of the processes that are wanted are expected to have room; raises `BatchError` where none is.

    Where they are several, the one that starts them has the pool open too.
    """
    fit = (memory - needs.shared) // needs.each
    if fit < 1:
        least = -(-(needs.shared + needs.each) // 2**20)
        raise BatchError(
            f"memory of {memory // 2**20:,} MB has no room for one process, which needs {least:,} MB; give more"
        )
    return int(max(1, min(fit - 1, wanted)))


def resident() -> int | None:
    """Bytes that this process and those it started hold, what several map counted once; None where no system says."""
    held = [_held(pid) for pid in (os.getpid(), *(child.pid for child in active_children()))]
    return None if held[0] is None else sum(filter(None, held))


def _held(pid: int | None) -> int | None:
    """Of a process: its own memory, and its share of what others map too; None where it is gone, or nothing says."""
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"^Pss:\s+(\d+) kB", said, re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def beyond(memory: int | None) -> str:
    """How much is held and how much may be, where that is less; else nothing."""
    held = resident() if memory is not None else None
    if memory is None or held is None or held <= memory:
        return ""
    return f"{held // 2**20:,} MB are held, and {memory // 2**20:,} MB may be"
