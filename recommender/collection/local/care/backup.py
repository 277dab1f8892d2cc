"""Backups: a whole pool copied while it is in use, and put back.

A backup is a folder of the shape of a pool, with `backup.json` beside it to say what it must hold. Profiles
erased from the pool later are still in it: backups are the operator's to keep and to remove.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from recommender import durable, private
from recommender.collection.local.truth import database, schema
from recommender.collection.local.truth.place import DERIVED, FILE_NAME, assert_pool
from recommender.collection.local.truth.store import change_pool, manifest
from recommender.collection.maintenance import Backup
from recommender.errors import CollectionCorrupt, CollectionError

MANIFEST = "backup.json"


def backup(folder: Path, target: Path) -> Backup:
    """Copy the pool as it is at one moment into `target`, which must be new or empty; it appears there whole.

    Raises `CollectionError` for a target that holds something or lies within the pool.
    """
    if folder.resolve() in (target.resolve(), *target.resolve().parents):
        raise CollectionError(f"{target} lies within the pool; name a folder outside of it")
    assert_pool(folder)
    with database.plain_errors(target), appearing(target) as aside:
        database_file = aside / FILE_NAME
        private.create(database_file).close()  # SQLite fills it, and would make it readable for all
        with closing(database.connect(folder, read_only=True)) as source:
            source.execute("VACUUM INTO ?", (str(database_file),))
        written = _describe(database_file, folder, aside)
        (aside / MANIFEST).write_bytes(msgspec.json.encode(written))
    return written


def restore(source: Path, folder: Path) -> Backup:
    """Put a backup back as the pool in `folder`, which must be new or empty; it appears there whole.

    Raises `CollectionCorrupt` where the backup is not what was written, `CollectionError` where the folder is in use.
    """
    wanted = read_backup(source)
    with database.plain_errors(folder), appearing(folder) as aside:
        shutil.copyfile(source / FILE_NAME, aside / FILE_NAME)
        if (source / DERIVED).is_dir():
            shutil.copytree(source / DERIVED, aside / DERIVED)
        if _sha256(aside / FILE_NAME) != wanted.sha256:
            raise CollectionCorrupt(f"the copy of {source} does not match it; check the disk")
    return wanted


def read_backup(source: Path) -> Backup:
    """What a backup says of itself, once its checksum has held."""
    try:
        wanted = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Backup)
        found = _sha256(source / FILE_NAME)
    except FileNotFoundError as error:
        raise CollectionError(
            f"{source} is not a backup: it has no {Path(str(error.filename)).name}; give one of `recommender backup`"
        ) from error
    except msgspec.DecodeError as error:
        raise CollectionCorrupt(f"{source / MANIFEST} is damaged ({error}); use another backup") from error
    if found != wanted.sha256:
        raise CollectionCorrupt(f"{source / FILE_NAME} does not match its checksum; use another backup")
    return wanted


def _describe(database_file: Path, folder: Path, aside: Path) -> Backup:
    """Copy the derived files that the copied database names, and tell what is there."""
    with closing(database.connect_file(database_file)) as copy:
        now = manifest(copy)
        if now.published is not None:
            try:
                shutil.copytree(folder / DERIVED / now.published, aside / DERIVED / now.published)
            except (FileNotFoundError, shutil.Error):
                # renewed and swept meanwhile: a restored pool builds its own
                shutil.rmtree(aside / DERIVED, ignore_errors=True)
                change_pool(copy, {"published": None})
        (profiles,) = copy.execute("SELECT COUNT(*) FROM profiles").fetchone()
        copy.execute("PRAGMA journal_mode = DELETE")
    return Backup(schema.FORMAT, now.generation, profiles, _sha256(database_file))


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A folder to fill, synced and renamed to `target` at the end, removed where the filling failed."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CollectionError(f"{target} is not empty; name a new folder, or move what is there away")
    aside = target.parent / f".{target.name}-{secrets.token_hex(4)}"
    private.make_folder(aside)
    try:
        yield aside
        private.tighten(aside)
        for place, _, names in os.walk(aside):
            for name in names:
                durable.sync(Path(place) / name)
            durable.sync(Path(place))
        aside.rename(target)
        durable.sync(target.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
