"""`verified`: the entries of a log, each proven to follow the one before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recommender.audit.entry import BEGINNING, Entry
from recommender.errors import AccessError


def verified(path: Path) -> Iterator[Entry]:
    """Every entry, oldest first; none where there is no log.

    Raises `AccessError`, naming the line, at the first that is no entry, was changed, or does not follow the last.
    """
    if not path.exists():
        return
    previous = BEGINNING
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                entry, fault = _entry(line, previous)
                if entry is None or fault:
                    raise AccessError(f"{path}: line {number} {fault}; compare with a copy of the log")
                previous = entry.hash
                yield entry
    except OSError as error:
        raise AccessError(f"{path}: {error.strerror or error}; restore the log, or its rights") from error


def _entry(line: bytes, previous: str) -> tuple[Entry | None, str]:
    """The entry that a line is, and what is wrong with it."""
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None, "is no entry" if line.endswith(b"\n") else "is cut off"
    if entry.line() != line or entry.hash != entry.proof():
        return entry, "was changed: its hash is not that of what it says"
    if entry.previous != previous:
        return entry, "does not follow the one before: lines were taken out, put in or moved"
    return entry, ""
