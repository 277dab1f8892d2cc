"""`Cursor`: where a page ended, with all that the next one needs; nothing is kept on the server.

Pages of one question share a window: everyone whose retrieval score is at least that of the last candidate reranked for
the first page. Whether a profile is in it depends on the profile alone, so writes between pages cannot move
another one from the window to the tail or back. Of the window the cursor carries who was shown;
the tail goes by retrieval score, so there a place is enough.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Self

import msgspec

from recommender.errors import QueryError
from recommender.matching.query import Query

#: Bytes of a shown profile's digest.
WIDTH = 6


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended.

    Attributes:
        question: digest of the query without `k` and `cursor`, and of what its liked profiles hold.
        rank: of the last match shown.
        score: the last one's; what follows is not shown above it.
        floor: lowest retrieval score of the window, in hundred-thousandths; None where the window holds everyone.
        shown: digests of profiles shown from the window, `WIDTH` bytes each.
        tail: retrieval score in hundred-thousandths and digest of the last one shown from the tail; None before it.
    """

    question: bytes
    rank: int = 0
    score: float = 100.0
    floor: int | None = None
    shown: bytes = b""
    tail: tuple[int, bytes] | None = None

    @classmethod
    def read(cls, text: str, question: bytes) -> Self:
        """The cursor in a `next_cursor`; raises `QueryError` where it is none, or one of another question."""
        try:
            found = msgspec.msgpack.decode(base64.urlsafe_b64decode(text.encode()), type=cls)
        except (msgspec.DecodeError, binascii.Error, ValueError) as error:
            raise QueryError("cursor is not one of ours; ask without it for the first page") from error
        if found.question != question:
            raise QueryError("cursor belongs to another question; ask without it for the first page")
        return found

    def text(self) -> str:
        """For `next_cursor`."""
        return base64.urlsafe_b64encode(msgspec.msgpack.encode(self)).decode()

    def was_shown(self) -> frozenset[bytes]:
        """Digests of the profiles shown from the window."""
        return frozenset(self.shown[at : at + WIDTH] for at in range(0, len(self.shown), WIDTH))


def digest(profile_id: str) -> bytes:
    """Of an id; also what breaks ties."""
    return hashlib.blake2b(profile_id.encode(), digest_size=WIDTH).digest()


def question_digest(query: Query, vector: bytes) -> bytes:
    """Of all that decides the order: the query but for `k` and `cursor`, and the search vector."""
    asked = msgspec.json.encode(msgspec.structs.replace(query, k=1, cursor=None))
    return hashlib.blake2b(asked + vector, digest_size=8).digest()
