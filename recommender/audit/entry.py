"""`Entry`: one line of the log, and the hash that ties it to the line before."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

#: What the first line follows.
BEGINNING: Final = "0" * 64


class Deed(StrEnum):
    """What was done with people."""

    READ_CONTACT = "read contact"
    EXPORTED = "exported"
    DELETED = "deleted"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who did what, and with whom.

    Attributes:
        at: the moment, in UTC.
        who: the name of the key; "local" where none was needed; "command line" with the number of the system's user.
        whom: each person's keyed hash (`AuditLog.person`).
        request: the id of the HTTP request.
        previous: `hash` of the line before.
        hash: SHA-256 of the line without this field.
    """

    at: datetime
    who: str
    did: Deed
    whom: tuple[str, ...]
    request: str | None
    previous: str
    hash: str = ""

    def sealed(self) -> Entry:
        """The same with its hash."""
        return msgspec.structs.replace(self, hash=self.proof())

    def proof(self) -> str:
        """What its hash is to be."""
        bare = msgspec.structs.replace(self, hash="")
        return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()

    def line(self) -> bytes:
        """Its bytes in the log, with the end of the line."""
        return msgspec.json.encode(self) + b"\n"
