"""`Conditional`: an answer that its asker has already is not sent again."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recommender.service.answers.rendered import VARY, is_held

_KINDS: Final = ("application/json", "text/html")


class Conditional:
    """Plain ASGI: what a `GET` is answered in one piece gets a tag, and is left out where the tag is known."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        held = Headers(scope=scope).get("if-none-match")
        waiting: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal waiting
            if message["type"] == "http.response.start" and _is_taggable(message):
                waiting = message
                return
            if waiting is None:
                await send(message)
                return
            start, waiting = waiting, None
            if message.get("more_body"):
                await send(start)
                await send(message)
                return
            etag = f'W/"{blake2b(message["body"], digest_size=12).hexdigest()}"'
            headers = MutableHeaders(scope=start)
            headers["etag"], headers["vary"] = etag, VARY
            if is_held(held, etag):
                del headers["content-length"]
                start, message = {**start, "status": 304}, {**message, "body": b""}
            await send(start)
            await send(message)

        await self.app(scope, receive, tagged)


def _is_taggable(start: Message) -> bool:
    headers = Headers(scope=start)
    return start["status"] == 200 and "etag" not in headers and headers.get("content-type", "").startswith(_KINDS)
