"""Pools by their place: which engine holds the pool at a URL, and what is done to a pool that is not open.

A place is a folder, by its path or as "file:///…", or a database, as "postgresql://…". Another engine is a row of
`_ENGINES`. What an engine needs that not everybody has installed is looked for when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from recommender.collection.local.care.backup import restore as restore_folder
from recommender.collection.local.care.check import check as check_folder
from recommender.collection.local.collection import LocalCollection
from recommender.collection.local.snapshot import Snapshot
from recommender.collection.local.truth.place import assert_pool as assert_folder
from recommender.collection.local.truth.schema import make as make_folder
from recommender.collection.maintenance import Backup, Finding, Maintainable
from recommender.collection.protocol import Collection
from recommender.errors import CollectionError, PoolNotFound

Url = str | Path


class _Engine(NamedTuple):
    """What an engine does with pools that are not open, each given the pool's place as `place` reads it of a URL."""

    place: Callable[[str], Any]
    open: Callable[[Any], Maintainable]
    make: Callable[[Any], None]
    assert_pool: Callable[[Any], None]
    check: Callable[[Any], list[Finding]]
    restore: Callable[[Path, Any], Backup]
    spread: Callable[[Any, Sequence[str]], None]


def _folder(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise CollectionError(f"no folder is at {parts.scheme}://{parts.hostname}; give a folder of this machine")
    return Path(unquote(parts.path))


def _postgres() -> ModuleType:
    """The engine in PostgreSQL; raises `CollectionError` where what it needs is not installed."""
    try:
        return import_module("recommender.collection.postgres.opening")
    except ModuleNotFoundError as error:
        raise CollectionError(
            f"a pool in PostgreSQL needs {error.name}; pip install 'recommender[postgres]'"
        ) from error


def _refuse_to_spread(folder: Path, nodes: Sequence[str]) -> None:
    raise CollectionError(f"{folder} is a folder, which lies on one machine; copy it into PostgreSQL and spread that")


_FOLDER = _Engine(
    _folder,
    lambda folder: LocalCollection(folder, create=False),
    make_folder,
    assert_folder,
    check_folder,
    restore_folder,
    _refuse_to_spread,
)
_POSTGRES = _Engine(
    lambda url: _postgres().place_of(url),
    lambda place: _postgres().open_pool(place),
    lambda place: _postgres().make(place),
    lambda place: _postgres().assert_pool(place),
    lambda place: _postgres().check(place),
    lambda backup, place: _postgres().restore(backup, place),
    lambda place, nodes: _postgres().spread(place, nodes),
)
#: Scheme of a URL → engine.
_ENGINES = {"file": _FOLDER, "postgresql": _POSTGRES, "postgres": _POSTGRES}


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


def open_snapshot(folder: Path) -> Collection:
    """What a `Snapshotting` pool put into this folder; read alone, by one thread."""
    return Snapshot(folder)


def spread(url: Url, nodes: Sequence[str]) -> None:
    """Make a pool whose profiles lie on other servers, by their URLs; raises `CollectionError` for one in use."""
    engine, place = _at(url)
    engine.make(place)
    engine.spread(place, nodes)


def _at(url: Url) -> tuple[_Engine, Any]:
    if isinstance(url, Path) or "://" not in url:
        return _FOLDER, Path(url)
    scheme = urlsplit(url).scheme
    engine = _ENGINES.get(scheme)
    if engine is None:
        known = ", ".join(f"{scheme}://…" for scheme in _ENGINES)
        raise CollectionError(f"no engine keeps a pool at {scheme}://…; give a folder, or {known}")
    return engine, engine.place(url)
