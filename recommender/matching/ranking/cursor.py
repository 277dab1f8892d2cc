"""`Cursor`: where a page ended, with all that the next one needs; nothing is kept on the server.

Of the first places the cursor carries who was shown; what follows is in an order that each profile's own numbers
decide (`ranking`), so there the last one's place is enough. Writes between pages repeat and skip nobody who stays.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Self

import msgspec

from recommender.errors import QueryError
from recommender.matching.query import Query

#: Bytes of a shown profile's digest.
WIDTH = 6
#: The first places, of which a cursor names each.
HEAD = 50


class Block(msgspec.Struct, frozen=True, array_like=True):
    """A place beyond the first `HEAD`.

    Attributes:
        floor, ceiling: of the retrieval scores of its block: from `floor` to below `ceiling`; None for no end.
        score: its own.
        tie: digest of its id.
    """

    floor: float | None
    ceiling: float | None
    score: float
    tie: Annotated[bytes, msgspec.Meta(min_length=WIDTH, max_length=WIDTH)]


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended.

    Attributes:
        question: digest of the query without `k` and `cursor`, and of what its liked profiles hold.
        rank: of the last match shown.
        shown: digests of the profiles shown in the first places, `WIDTH` bytes each.
        block: the last place shown; None while it is one of the first.
    """

    question: bytes
    rank: Annotated[int, msgspec.Meta(ge=0, le=2**40)] = 0
    shown: Annotated[bytes, msgspec.Meta(max_length=HEAD * WIDTH)] = b""
    block: Block | None = None

    @classmethod
    def read(cls, text: str, question: bytes) -> Self:
        """The cursor in a `next_cursor`; raises `QueryError` where it is none, or one of another question."""
        try:
            found = msgspec.msgpack.decode(base64.urlsafe_b64decode(text.encode()), type=cls)
        except (msgspec.DecodeError, binascii.Error, ValueError) as error:
            raise QueryError("cursor is not one of ours; ask without it for the first page") from error
        if found.question != question:
            raise QueryError("cursor belongs to another question; ask without it for the first page")
        block = found.block
        numbers = (block.score, block.floor, block.ceiling) if block else ()
        if not all(math.isfinite(number) for number in numbers if number is not None):
            raise QueryError("cursor is not one of ours; ask without it for the first page")
        return found

    def after(self, profile_ids: Sequence[str]) -> Self:
        """The cursor after these, who are all shown in the first places."""
        shown = self.shown + b"".join(map(digest, profile_ids))
        return msgspec.structs.replace(self, rank=self.rank + len(profile_ids), shown=shown)

    def text(self) -> str:
        """For `next_cursor`."""
        return base64.urlsafe_b64encode(msgspec.msgpack.encode(self)).decode()

    def was_shown(self) -> frozenset[bytes]:
        """Digests of the profiles shown in the first places."""
        return frozenset(self.shown[at : at + WIDTH] for at in range(0, len(self.shown), WIDTH))


@lru_cache(16_384)
def digest(profile_id: str) -> bytes:
    """Of an id; also what breaks ties."""
    return hashlib.blake2b(profile_id.encode(), digest_size=WIDTH).digest()


def question_digest(query: Query, vector: bytes, config: str) -> bytes:
    """Of all that decides the order: the query but for `k` and `cursor`, the search vector, the scoring."""
    asked = msgspec.json.encode(msgspec.structs.replace(query, k=1, cursor=None))
    return hashlib.blake2b(asked + vector + config.encode(), digest_size=8).digest()
