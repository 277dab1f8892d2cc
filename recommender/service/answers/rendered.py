"""`Rendered`: an answer as it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from hashlib import blake2b
from typing import Final

import msgspec
from fastapi import Response

from recommender.matching import Answer
from recommender.service.answers.packing import deflated, gzipped, inflated
from recommender.service.wire import JSON

#: What an answer depends on beside its address: who asks, and how they take it.
VARY: Final = "Authorization, X-API-Key, Cookie, Accept-Encoding"
#: Bytes below which nothing is won by packing.
_PACKED_FROM: Final = 1_000
_ENCODER = msgspec.json.Encoder()


class Rendered:
    """An answer whose matches are encoded once; they are most of it, and the last to change.

    Attributes:
        etag: the same for all answers that say the same, in whichever generation.
        is_packed: whether the matches are held in packed form alone, a quarter of their bytes.
    """

    def __init__(self, answer: Answer) -> None:
        matches = _ENCODER.encode(answer.matches)
        self.answer: Answer = msgspec.structs.replace(answer, matches=msgspec.Raw(matches))
        self._digest = _digest(matches)
        self.etag = self._tag()
        self._deflated: bytes | None = None
        self.is_packed = False

    def __len__(self) -> int:
        """About so many bytes, of which a fifth is for the packed form."""
        return len(self._deflated or b"") if self.is_packed else len(self.answer.matches) * 5 // 4

    def packed(self) -> Rendered:
        """The same, its matches in packed form alone."""
        other = copy(self)
        other._deflated = self._packed_matches()
        other.answer = msgspec.structs.replace(self.answer, matches=msgspec.Raw(b""))
        other.is_packed = True
        return other

    def unpacked(self) -> Rendered:
        """The same, its matches as they are sent."""
        if not self.is_packed:
            return self
        other = copy(self)
        other.answer = msgspec.structs.replace(self.answer, matches=msgspec.Raw(inflated(self._packed_matches())))
        other.is_packed = False
        return other

    def _packed_matches(self) -> bytes:
        """Packed once."""
        if self._deflated is None:
            self._deflated = deflated(bytes(self.answer.matches))  # type: ignore[arg-type]
        return self._deflated

    def at(self, generation: int) -> Rendered:
        """The same answer as that of another generation."""
        if generation == self.answer.generation:
            return self
        other = copy(self)
        other.answer = msgspec.structs.replace(self.answer, generation=generation)
        return other

    def again(self, answer: Answer) -> Rendered:
        """An answer of another generation that was made of this one's, and mostly has its matches."""
        if answer.matches is not self.answer.matches:
            return Rendered(answer)
        renewed = copy(self)
        renewed.answer = answer
        renewed.etag = renewed._tag()
        return renewed

    def _tag(self) -> str:
        """Of all but the generation; the matches are read once."""
        others = msgspec.structs.replace(self.answer, generation=0, matches=())
        return f'W/"{_digest(self._digest + _ENCODER.encode(others)).hex()}"'

    def body(self) -> bytes:
        """The whole as JSON."""
        return _ENCODER.encode(self.answer)

    def gzip_body(self) -> bytes:
        """The body by gzip."""
        body, matches = self.body(), bytes(self.answer.matches)  # type: ignore[arg-type]
        before, _, after = body.partition(matches)
        return gzipped(before, matches, self._packed_matches(), after)

    def reply(self, asked: Mapping[str, str], max_age: int) -> Response:
        """For a request with these headers: the whole, or 304 where its sender has it."""
        headers = {"etag": self.etag, "vary": VARY}
        if max_age:
            headers["cache-control"] = f"private, max-age={max_age}"
        if is_held(asked.get("if-none-match"), self.etag):
            return Response(None, 304, headers)
        if len(self.answer.matches) >= _PACKED_FROM and takes_gzip(asked.get("accept-encoding", "")):
            return Response(self.gzip_body(), 200, headers | {"content-encoding": "gzip"}, media_type=JSON)
        return Response(self.body(), 200, headers, media_type=JSON)


def _digest(said: bytes) -> bytes:
    return blake2b(said, digest_size=12).digest()


def is_held(stated: str | None, etag: str) -> bool:
    """Whether an `If-None-Match` names this tag, by the weak comparison that it asks for."""
    if stated is None:
        return False
    mine = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in (mine, "*") for one in stated.split(","))


def takes_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` takes gzip."""
    for part in accepted.lower().split(","):
        coding, _, quality = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
