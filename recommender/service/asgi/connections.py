"""`Connection`: bounds where uvicorn has none: the time and size of a request's head, stalled readers, their number.

A connection that is not worked for always has a timer running, and goes first where others need its place: idle ones
and slow ones lock nobody out. The time of a body is `bodies.whole_body`'s, whose answer says so.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

#: Bytes of a request's first line and headers.
MOST_HEAD: Final = 65_536
#: Seconds in which a client takes some of an answer that waits for it, and for what is left of one at the end.
STALLED_SECONDS, LAST_SECONDS = 30.0, 2.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many connections are held, and the seconds that a head may take to arrive."""

    connections: int
    head_seconds: float


class Connection(HttpToolsProtocol):
    """One client's connection."""

    bounds: ClassVar[Bounds]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.since = self.loop.time()
        self._in_head, self._head_bytes = False, 0
        self._timer: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None

    @classmethod
    def bounded(cls, bounds: Bounds) -> type[Connection]:
        """The class with these bounds, as uvicorn wants it: it makes the connections itself."""
        return type("BoundedConnection", (cls,), {"bounds": bounds})

    @property
    def is_answering(self) -> bool:
        """Whether a request has begun whose answer is not complete."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for its client: nothing is worked out for it."""
        return not self.is_answering or self.cycle.more_body

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Make room for it where there is none."""
        super().connection_made(transport)
        self._watch()
        if len(self.connections) > self.bounds.connections:
            others = [other for other in self.connections if isinstance(other, Connection) and other.gives_way(self)]
            if others:
                min(others, key=lambda other: other.since).drop()
            else:
                self._answer(503, b"every connection is at work; ask again in a moment\n")

    def gives_way(self, other: Connection) -> bool:
        """Whether it may be dropped for another."""
        return self is not other and self.is_waiting and not self.transport.is_closing()

    def drop(self) -> None:
        """End it, whatever is under way."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the timers."""
        self._end(self._timer, self._stall)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head."""
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD:
                self._answer(431, b"the head of a request may have 65536 bytes\n")
        self._watch()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """A head is here."""
        self._in_head = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """It waits for its client again."""
        self.since = self.loop.time()
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """More of an answer waits than is buffered: the client takes some of it soon, or none."""
        super().pause_writing()
        self._stall = self.loop.call_later(STALLED_SECONDS, self.drop)

    def resume_writing(self) -> None:
        """It took some."""
        self._end(self._stall)
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """It stayed idle after an answer."""
        self._close()

    def _watch(self) -> None:
        """Hold the invariant: a timer runs whenever a request is awaited, and none while one is answered."""
        if self.is_answering:
            self._end(self._timer)
            self._timer = None
        elif self._timer is None and self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self._timer = self.loop.call_later(self.bounds.head_seconds, self._too_slow)

    def _too_slow(self) -> None:
        if self._in_head:
            self._answer(408, b"the head of the request did not arrive in time\n")
        else:
            self._close()

    def _answer(self, status: int, body: bytes) -> None:
        """What no application has a part in, as a text; nothing amid another answer."""
        if self.is_answering:
            self.drop()
            return
        if not self.transport.is_closing():
            head = b"content-type: text/plain\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % len(body)
            self.transport.write(STATUS_LINE[status] + head + body)
        self._close()

    def _close(self) -> None:
        """Send what is left of an answer, for a moment."""
        self.transport.close()
        self.loop.call_later(LAST_SECONDS, self.drop)

    @staticmethod
    def _end(*timers: asyncio.TimerHandle | None) -> None:
        for timer in timers:
            if timer is not None:
                timer.cancel()
