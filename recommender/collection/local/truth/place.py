"""What lies where a pool should lie: a pool, nothing, or other things; and whether it is still what was opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from recommender.errors import CollectionCorrupt, CollectionError, PoolNotFound

FILE_NAME = "pool.sqlite"
DERIVED = "derived"
#: What a process holds while it makes a pool or writes derived files.
LOCK = "derived.lock"
#: How the name of a database begins that is not ready yet.
MAKING = ".making-"

#: What a folder may hold and yet be taken for a new pool: the root of a file system, and what we left there ourselves.
_EMPTY = {"lost+found", LOCK}
_TRACES = (DERIVED, f"{FILE_NAME}-wal", f"{FILE_NAME}-journal")


def assert_pool(folder: Path) -> None:
    """Raise `PoolNotFound` where no pool lies in the folder, `CollectionCorrupt` where its database is gone."""
    file = folder / FILE_NAME
    if file.is_file():
        if file.stat().st_size == 0:
            raise CollectionCorrupt(f"{file} is empty (0 bytes); recommender restore BACKUP into a new folder")
        return
    if not folder.exists():
        raise PoolNotFound(f"no pool at {folder}; make one with `recommender ingest PATH --data {folder}`")
    if not folder.is_dir():
        raise PoolNotFound(f"no pool at {folder}: it is a file; name the folder of a pool")
    if any((folder / name).exists() for name in _TRACES):
        raise CollectionCorrupt(
            f"{file} is gone, what belongs to it is not; put it back, or recommender restore BACKUP into a new folder"
        )
    others = _others(folder)
    if others:
        raise PoolNotFound(f"no pool at {folder}: it holds {_some(others)}; name the folder of a pool")
    raise PoolNotFound(f"no pool at {folder}: it is empty; fill it with `recommender ingest PATH --data {folder}`")


def is_pool(folder: Path) -> bool:
    """Whether a pool lies in the folder; False where one may be made there.

    Raises `CollectionError` where the folder holds other things, `CollectionCorrupt` where a database is gone or empty.
    """
    try:
        assert_pool(folder)
    except PoolNotFound:
        if folder.exists() and not folder.is_dir():
            raise
        others = _others(folder) if folder.is_dir() else []
        if others:
            raise CollectionError(
                f"no pool is made in {folder}, which holds {_some(others)}; name a new folder"
            ) from None
        return False
    return True


def _others(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name not in _EMPTY and not name.startswith(MAKING))


def _some(names: list[str], shown: int = 3) -> str:
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")


@dataclass(frozen=True, slots=True)
class Sighting:
    """The files at a pool's place, as the system tells them apart.

    Attributes:
        database, log: device and inode; None for a log that is not there.
        written: size and time of the database's last change, which only checkpoints of its log bring about.
    """

    database: tuple[int, int]
    log: tuple[int, int] | None
    written: tuple[int, int]

    def same_files(self, other: Sighting) -> bool:
        """Whether database and log are still the same files."""
        return (self.database, self.log) == (other.database, other.log)


def sight(folder: Path) -> Sighting | None:
    """What lies there now; None where there is no database."""
    path = os.path.join(folder, FILE_NAME)
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        log = os.stat(path + "-wal")
    except FileNotFoundError:
        log = None
    return Sighting((found.st_dev, found.st_ino), log and (log.st_dev, log.st_ino), (found.st_size, found.st_mtime_ns))
