"""What every request passes: a body that is not too large, headers that keep browsers safe, and a measure."""

from __future__ import annotations

import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recommender.service.measures import Measures
from recommender.service.problems import ProblemError, problem_of, problem_reply

#: Profile text is untrusted: nothing runs, frames or loads that this server did not send.
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The API's documentation draws with styles of its own making.
DOCS_POLICY: Final = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


class Gate:
    """Plain ASGI, so that an answer passes without being wrapped or copied."""

    def __init__(self, app: ASGIApp, max_body_bytes: int, measures: Measures) -> None:
        self.app, self.limit, self.measures = app, max_body_bytes, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def measured_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(scope, message)
            await send(message)

        try:
            await self._limited(scope, receive, measured_send)
        finally:
            self.measures.observe(scope, status, time.perf_counter() - started)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _announced(scope) > self.limit:
            await self._refuse(scope, receive, send)
            return
        taken = 0

        async def limited_receive() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.limit:
                raise ProblemError(413, "body-too-large", self._too_large())
            return message

        await self.app(scope, limited_receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = problem_of(ProblemError(413, "body-too-large", self._too_large()))
        response = problem_reply(problem, scope["path"])
        response.headers["connection"] = "close"
        await response(scope, receive, send)

    def _too_large(self) -> str:
        return f"a body may have {self.limit} bytes; send it in parts, or raise the setting max_body_bytes"


def _announced(scope: Scope) -> int:
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(length) if length.isdigit() else 0


def _add_headers(scope: Scope, message: Message) -> None:
    headers = MutableHeaders(scope=message)
    headers["x-content-type-options"] = "nosniff"
    if headers.get("content-type", "").startswith("text/html"):
        headers["content-security-policy"] = DOCS_POLICY if scope["path"] == "/docs" else PAGE_POLICY
        headers["referrer-policy"] = "same-origin"
