"""`AuditLog`: adds to the log, by many processes, each entry durable before what it tells of goes on."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from recommender import durable, private
from recommender.audit.entry import BEGINNING, Deed, Entry
from recommender.errors import AccessError

FILE_NAME, KEY_NAME = "audit.jsonl", "audit.key"
#: Bytes of a person's hash that are kept, and of the key to it.
_PERSON, _KEY = 16, 32
#: Bytes that are read back at first to find the last line.
_BACK = 4096


class AuditLog:
    """The log of one pool. Both files are their owner's alone.

    Raises `AccessError` where it cannot be written: what it is to tell of must not happen then.
    """

    def __init__(self, folder: Path) -> None:
        """The log in this folder; it is made with the first entry."""
        self.path, self._key_path = folder / FILE_NAME, folder / KEY_NAME

    def record(self, who: str, did: Deed, ids: Sequence[str], request: str | None = None) -> None:
        """Add an entry, which is durable when this returns; nothing where there is nobody."""
        if not ids:
            return
        try:
            with self._alone() as file:
                whom = tuple(self._person(one, self._key(make=True)) for one in ids)
                at = datetime.now(UTC).replace(microsecond=0)
                entry = Entry(at, who, did, whom, request, _last_hash(file)).sealed()
                file.write(entry.line())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise AccessError(f"{self.path}: {error.strerror or error}; make room for the audit log") from error

    def person(self, profile_id: str) -> str | None:
        """How the log calls the person with this id; None where it calls nobody anything yet."""
        return self._person(profile_id, self._key()) if self._key_path.exists() else None

    @staticmethod
    def _person(profile_id: str, key: bytes) -> str:
        return hmac.digest(key, profile_id.encode("utf-8", "surrogatepass"), hashlib.sha256)[:_PERSON].hex()

    def _key(self, make: bool = False) -> bytes:
        if make and not self._key_path.exists():
            with private.create(self._key_path) as file:
                file.write(secrets.token_bytes(_KEY))
                file.flush()
                os.fsync(file.fileno())
            durable.sync(self._key_path.parent)
        return self._key_path.read_bytes()

    @contextmanager
    def _alone(self) -> Iterator[BinaryIO]:
        """The log, which nobody else adds to meanwhile; the system frees the lock of a process that dies."""
        private.make_folder(self.path.parent)
        made = not self.path.exists()
        number = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_APPEND, private.FILE)
        with os.fdopen(number, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if made:
                durable.sync(self.path.parent)
            yield file


def _last_hash(file: BinaryIO) -> str:
    """The hash of the last line; what a crash left of one after it, which was never acknowledged, is taken off."""
    end, back = file.seek(0, os.SEEK_END), _BACK
    while end:
        begin = max(end - back, 0)
        file.seek(begin)
        *lines, torn = file.read(end - begin).split(b"\n")
        if len(lines) > 1 or (lines and not begin):
            if torn:
                file.truncate(end - len(torn))
            try:
                return msgspec.json.decode(lines[-1], type=Entry).hash
            except msgspec.DecodeError as error:
                raise AccessError("the last line of the audit log is no entry; recommender audit verify") from error
        if not begin:
            file.truncate(0)
            break
        back *= 8
    return BEGINNING
