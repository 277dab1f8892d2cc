"""What every request passes: whom it is for, who asks and how; a measure, and headers that keep browsers safe."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recommender.service.access.admission import Admission, admit
from recommender.service.access.rates import Rates
from recommender.service.asgi import methods, traces
from recommender.service.asgi.methods import Methods
from recommender.service.asgi.origins import Origins
from recommender.service.asgi.proxies import Proxies
from recommender.service.asgi.sites import Sites
from recommender.service.asgi.traces import RequestLog
from recommender.service.metrics import Measures
from recommender.service.paths import REQUEST_ID, ROUTE, own_path
from recommender.service.problems import ProblemError

#: Profile text is untrusted: nothing runs, frames or loads that this server did not send.
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The API's documentation draws with styles of its own making.
DOCS_POLICY: Final = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
#: Longest query part of an address, in bytes, and the most parameters in it: it is taken apart between other requests.
MOST_QUERY, MOST_PARAMETERS = 32_768, 256
#: How a request is counted whose client went away before its answer; the number is nginx's.
CLIENT_GONE: Final = 499


class Gate:
    """Plain ASGI, so that an answer passes without being wrapped or copied.

    Every error ends here, so that it is answered, counted and logged once.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        proxies: Proxies,
        sites: Sites,
        origins: Origins,
        admission: Admission,
        rates: Rates,
        methods: Methods,
        measures: Measures,
        log: RequestLog,
        on_error: Callable[[Request, Exception], Response],
    ) -> None:
        self.app, self.proxies, self.sites, self.origins = app, proxies, sites, origins
        self.admission, self.rates, self.methods = admission, rates, methods
        self.measures, self.log, self.on_error = measures, log, on_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope, method = dict(scope), scope["method"]  # what is changed here is none of the server's
        started, status = time.perf_counter(), 0
        traces.give_id(scope)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(scope, MutableHeaders(scope=message))
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._serve(scope, receive, answer)
        except ClientDisconnect:
            status = CLIENT_GONE
        except asyncio.CancelledError:
            if status:
                raise
            # the server stops, and what is left of its time is for the answer that says so
            error = ProblemError(503, "stopping", "the service is stopping; ask again in a moment")
            await self.on_error(Request(scope), error)(scope, receive, answer)
        except Exception as error:
            response = self.on_error(Request(scope), error)
            if not status:  # else it can only break off
                await response(scope, receive, answer)
        finally:
            seconds = time.perf_counter() - started
            self.measures.observe(scope, method, status, seconds)
            self.log.write(scope, method, status, seconds)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.proxies.apply(scope)
        self.rates.count_address(scope)
        taken = self.methods.taken(scope)
        scope[ROUTE] = methods.route(scope, taken)
        self.sites.check(scope, is_allowed=self.origins.allows(scope))
        _check_query(scope["query_string"])
        answer = self.origins.preflight(scope, taken)
        if answer is None:
            self.admission.recognise(scope, self.sites.is_from_own_page)
            self.rates.count_key(scope)
            admit(scope, methods.need(scope, taken))
            allow = methods.check(scope, taken)
            answer = Response(status_code=204, headers={"allow": allow}) if allow else None
        await (answer or self.app)(scope, receive, send)

    def _add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        path = own_path(scope)
        headers["x-content-type-options"] = "nosniff"
        headers[traces.HEADER] = scope[REQUEST_ID]
        if not path.startswith("/static/"):
            headers.setdefault("cache-control", "private, no-cache")
        if headers.get("content-type", "").startswith("text/html"):
            headers["content-security-policy"] = DOCS_POLICY if path == "/docs" else PAGE_POLICY
            headers["referrer-policy"] = "same-origin"
        if "vary" in headers:  # what packs an answer says again what who made it has said
            headers["vary"] = ", ".join(dict.fromkeys(part.strip() for part in headers["vary"].split(",")))
        self.rates.say(scope, headers)
        self.origins.add(scope, headers)


def _check_query(query: bytes) -> None:
    if len(query) > MOST_QUERY:
        raise ProblemError(414, "query-too-long", f"an address may have {MOST_QUERY} bytes after its ?; ask by POST")
    if query.count(b"&") >= MOST_PARAMETERS:
        raise ProblemError(414, "query-too-long", f"an address may have {MOST_PARAMETERS} parameters; ask by POST")
