"""`KeptFirst`: a question that was answered before is answered again before anything is worked out."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from recommender.service.answers.address import address
from recommender.service.answers.answers import Answers

#: How the addresses of such questions end.
_SIMILAR: Final = "/similar"


class KeptFirst:
    """Plain ASGI: a `GET` whose address is known goes no further where its answer is proven good."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith(_SIMILAR):
            answers: Answers = scope["app"].state.running.answers
            rendered = answers.at_once(address(Request(scope)))
            if rendered is not None:
                await rendered.reply(Headers(scope=scope), answers.max_age)(scope, receive, send)
                return
        await self.app(scope, receive, send)
