"""`KeptFirst`: a question that was answered before is answered again before anything is worked out, or read again."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from recommender.service.answers.address import address
from recommender.service.answers.answers import Answers

#: How the addresses of such questions end.
_SIMILAR: Final = "/similar"


class KeptFirst:
    """Plain ASGI: a `GET` whose address is known goes no further; it gets what is proven good, or is asked anew."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith(_SIMILAR):
            here, request = scope["app"].state.running, Request(scope, receive)
            answers: Answers = here.answers
            asked = address(request)
            rendered = answers.at_once(asked)
            query = answers.question(asked) if rendered is None else None
            if rendered is not None:
                await rendered.reply(Headers(scope=scope), answers.max_age)(scope, receive, send)
                return
            if query is not None:
                response: Response = await here.answer(request, query)
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)
