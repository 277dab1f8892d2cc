"""`Key`: who has one and what for; `Secret`: the text that proves it, of which a hash alone is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

_TEXT = re.compile(r"rk_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")


class Scope(StrEnum):
    """What a key is good for; none includes another.

    read: ask questions, and see profiles without contact details. write: store and delete profiles. contact: see
    contact details. moves: see how likely somebody is to move. admin: see how the service fares.
    """

    READ = "read"
    WRITE = "write"
    CONTACT = "contact"
    MOVES = "moves"
    ADMIN = "admin"


class Key(msgspec.Struct, frozen=True):
    """A key as it is kept.

    Attributes:
        name: how logs and the audit call it; no two keys ever have one.
        company: whom it was given to.
        created, expires, revoked: moments in UTC.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    company: str | None = None
    expires: datetime | None = None
    revoked: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked is None and (self.expires is None or now < self.expires)


class Secret(NamedTuple):
    """The text of a key: its id, which tells which one it is, and 256 random bits."""

    id: str
    text: str

    @classmethod
    def new(cls) -> Secret:
        """One that nobody has."""
        key_id = secrets.token_hex(4)
        return cls(key_id, f"rk_{key_id}_{secrets.token_urlsafe(32)}")

    @classmethod
    def read(cls, text: str) -> Secret | None:
        """The secret that a text is; None where it cannot be one."""
        found = _TEXT.fullmatch(text)
        return cls(found[1], text) if found else None


def digest(text: str) -> bytes:
    """What is kept of a secret: SHA-256, for what is drawn at random needs no slow hash."""
    return hashlib.sha256(text.encode()).digest()
