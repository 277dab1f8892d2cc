"""What is noted of a request: its id, and one line for the log that says of it what tells of nobody."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from typing import Final

import msgspec
from starlette.datastructures import Headers
from starlette.types import Scope

from recommender.service.access.caller import CALLER, Caller
from recommender.service.paths import REQUEST_ID, request_id, route_of

log = logging.getLogger("recommender.access")

HEADER: Final = "x-request-id"
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


def write(scope: Scope, method: str, status: int, seconds: float) -> None:
    """Add the line of an answered request to the log, where one is kept."""
    if not log.isEnabledFor(logging.INFO):
        return
    caller: Caller | None = scope.get(CALLER)
    name = caller.name if caller and caller.key else None
    ms = round(seconds * 1000, 3)
    line = Line(datetime.now(UTC), method, route_of(scope), status, ms, name, request_id(scope))
    log.info(msgspec.json.encode(line).decode())


def keep_log() -> None:
    """From now on lines go to standard output."""
    to = logging.StreamHandler(sys.stdout)
    to.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(to)
    log.setLevel(logging.INFO)
    log.propagate = False
