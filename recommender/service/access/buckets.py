"""`Buckets`: how much of its quota each key and address has used, in a fixed piece of memory that processes may share.

The generic cell rate algorithm (ITU-T I.371): of each name one number is kept, when its quota is whole again.
"""

from __future__ import annotations

import fcntl
import hashlib
import math
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

#: Seconds that a quota is for.
WINDOW: Final = 60.0
#: Names are kept in sets of so many; in a full set the name that has waited longest gives way.
_WAYS, _SETS = 8, 4096
_SET = struct.Struct("=" + "Qd" * _WAYS)
#: Random bytes ahead of the sets, so that nobody can choose names that meet in one.
_SALT = 16
SIZE: Final = _SALT + _SETS * _SET.size


class Taken(NamedTuple):
    """What became of one request.

    Attributes:
        remaining: requests that may follow at once.
        whole_in: seconds until the quota is whole again.
        retry_in: seconds until the next request is taken; 0 where this one was.
    """

    remaining: int
    whole_in: int
    retry_in: int


class Buckets:
    """Names and what they have used. Asked by one thread of a process at a time."""

    def __init__(self, shared: int | None = None) -> None:
        """In memory of this process, or of all that have this file (open, `SIZE` bytes or empty)."""
        self._file = shared
        if shared is not None:
            with self._alone():
                if os.fstat(shared).st_size == 0:
                    os.truncate(shared, SIZE)
                    os.pwrite(shared, os.urandom(_SALT), 0)
        self._memory = mmap.mmap(-1 if shared is None else shared, SIZE)
        if shared is None:
            self._memory[:_SALT] = os.urandom(_SALT)

    def take(self, name: str, quota: int, now: float) -> Taken:
        """One request of this name, where `quota` are taken in `WINDOW` seconds, all at once or evenly.

        Args:
            now: seconds of a clock that all processes share.
        """
        number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8, key=self._memory[:_SALT]).digest())
        place = _SALT + number % _SETS * _SET.size
        with self._alone():
            held = _SET.unpack_from(self._memory, place)
            way = _way(held, number)
            whole = max(held[2 * way + 1] if held[2 * way] == number else 0.0, now)
            later = whole + WINDOW / quota
            if later - now > WINDOW + 1e-6:
                return Taken(0, math.ceil(whole - now), max(math.ceil(later - now - WINDOW), 1))
            struct.pack_into("=Qd", self._memory, place + 16 * way, number, later)
        return Taken(int((WINDOW - (later - now)) * quota / WINDOW + 1e-6), math.ceil(later - now), 0)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Meanwhile no other process has it; the system frees the lock of one that dies."""
        if self._file is None:
            yield
            return
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)


def _way(held: tuple[float, ...], number: int) -> int:
    """Where in a set this name is, or goes."""
    ways = range(_WAYS)
    return next((way for way in ways if held[2 * way] == number), min(ways, key=lambda way: held[2 * way + 1]))
