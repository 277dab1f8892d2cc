"""Pools by their place: which engine holds the pool at a URL, and what is done to a pool that is not open.

A place is a folder, by its path or as "file:///…". Another engine is a row of `_ENGINES`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from recommender.collection.local.care.backup import restore as restore_folder
from recommender.collection.local.care.check import check as check_folder
from recommender.collection.local.collection import LocalCollection
from recommender.collection.local.truth.place import assert_pool as assert_folder
from recommender.collection.local.truth.schema import make as make_folder
from recommender.collection.maintenance import Backup, Finding, Maintainable
from recommender.errors import CollectionError, PoolNotFound

Url = str | Path


class _Engine(NamedTuple):
    """What an engine does with pools that are not open, each given the pool's place."""

    open: Callable[[Path], Maintainable]
    make: Callable[[Path], None]
    assert_pool: Callable[[Path], None]
    check: Callable[[Path], list[Finding]]
    restore: Callable[[Path, Path], Backup]


#: Scheme of a URL → engine.
_ENGINES = {
    "file": _Engine(
        lambda folder: LocalCollection(folder, create=False), make_folder, assert_folder, check_folder, restore_folder
    )
}


def open_collection(url: Url, *, create: bool = False) -> Maintainable:
    """The pool at this place.

    Args:
        create: whether a pool is made where there is none; never where other things are.

    Raises `PoolNotFound` where there is none, `CollectionError` where what is there cannot be used.
    """
    engine, place = _at(url)
    if create:
        engine.make(place)
    return engine.open(place)


def make_pool(url: Url) -> None:
    """Make an empty pool where there is none; raises `CollectionError` where there are other things."""
    engine, place = _at(url)
    engine.make(place)


def assert_pool(url: Url) -> None:
    """Raise `PoolNotFound` where there is no pool, `CollectionCorrupt` where its truth is gone."""
    engine, place = _at(url)
    engine.assert_pool(place)


def is_pool(url: Url) -> bool:
    """Whether there is a pool at this place; raises as `assert_pool` does for one whose truth is gone."""
    try:
        assert_pool(url)
    except PoolNotFound:
        return False
    return True


def check(url: Url) -> list[Finding]:
    """Everything that is wrong with a pool, which need not be fit to be opened; nothing is changed."""
    engine, place = _at(url)
    return engine.check(place)


def restore(backup: Path, url: Url) -> Backup:
    """Put a backup back as a new pool; its checksum is verified first."""
    engine, place = _at(url)
    return engine.restore(backup, place)


def _at(url: Url) -> tuple[_Engine, Path]:
    if isinstance(url, Path) or "://" not in url:
        return _ENGINES["file"], Path(url)
    parts = urlsplit(url)
    engine = _ENGINES.get(parts.scheme)
    if engine is None or parts.netloc not in ("", "localhost"):
        known = ", ".join(f"{scheme}:///…" for scheme in _ENGINES)
        raise CollectionError(f"no engine keeps a pool at {parts.scheme}://{parts.hostname}; give a folder, or {known}")
    return engine, Path(unquote(parts.path))
