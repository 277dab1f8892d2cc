"""What is noted of a request: its id, and one line for the log that says of it what tells of nobody."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from typing import BinaryIO, Final

import msgspec
from starlette.datastructures import Headers
from starlette.types import Scope

from recommender.service.access.caller import CALLER, Caller
from recommender.service.paths import REQUEST_ID, request_id, route_of

HEADER: Final = "x-request-id"
_ENCODER = msgspec.json.Encoder()
_ID = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}", re.ASCII)


class Line(msgspec.Struct, frozen=True):
    """One request.

    Attributes:
        at: when it was answered, in UTC.
        route: as it is written in the code: what stands for ids in it, and no query.
        ms: milliseconds until the answer was sent, or broken off.
        key: the name of the key.
        request: its id.
    """

    at: datetime
    method: str
    route: str
    status: int
    ms: float
    key: str | None
    request: str | None


def give_id(scope: Scope) -> None:
    """Note the id that a request came with, where it is one; else give it one."""
    sent = Headers(scope=scope).get(HEADER, "")
    scope[REQUEST_ID] = sent if _ID.fullmatch(sent) else secrets.token_hex(16)


class RequestLog:
    """Lines of requests, as they are answered.

    Not by way of `logging`, which takes as long for a line as a kept answer does.

    Attributes:
        to: where they go; None for nowhere.
    """

    def __init__(self) -> None:
        self.to: BinaryIO | None = None

    def write(self, scope: Scope, method: str, status: int, seconds: float) -> None:
        """Add the line of an answered request; a log that cannot be written to holds no answer up."""
        if self.to is None:
            return
        caller: Caller | None = scope.get(CALLER)
        name = caller.name if caller and caller.key else None
        ms = round(seconds * 1000, 3)
        line = Line(datetime.now(UTC), method, route_of(scope), status, ms, name, request_id(scope))
        with suppress(OSError, ValueError):
            self.to.write(_ENCODER.encode(line) + b"\n")
            self.to.flush()
