"""A file that is being written beside its place: found out and swept away where its writer was killed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp


@contextmanager
def unfinished(out: Path) -> Iterator[Path]:
    """A new file beside `out`, which nobody else may read; gone after the block, unless it was moved.

    The lock on it lasts as long as its process does, whatever ends that: a file without one is left over from a run
    that was killed, and is removed by the next run with the same `out`.
    """
    prefix, suffix = f".{out.name}.", ".tmp"
    for left in out.parent.glob(f"{_literal(prefix)}*{suffix}"):
        _sweep(left)
    name, descriptor = _locked(prefix, suffix, out.parent)
    try:
        yield name
    finally:
        name.unlink(missing_ok=True)
        os.close(descriptor)


def _literal(name: str) -> str:
    """The name as a pattern that is that name alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _locked(prefix: str, suffix: str, folder: Path) -> tuple[Path, int]:
    while True:
        descriptor, name = mkstemp(suffix, prefix, folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.exists(name):
            return Path(name), descriptor
        os.close(descriptor)  # swept by another run before it was locked


def _sweep(left: Path) -> None:
    with suppress(OSError), left.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # an error while its writer lives
        left.unlink()
