"""How many processes have room in so much memory, by what one needs for a pool: its files, mapped once for all of them,
and what each holds for itself.
"""

from __future__ import annotations

import re
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
    """How many of the processes that are wanted have room; raises `BatchError` where none has."""
    fit = (memory - needs.shared) // needs.each
    if fit < 1:
        least = -(-(needs.shared + needs.each) // 2**20)
        raise BatchError(
            f"memory of {memory // 2**20:,} MB has no room for one process, which needs {least:,} MB; give more"
        )
    return int(min(fit, wanted))
