"""`create_app`: the ASGI application, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from recommender.service import documentation, problems
from recommender.service.access.admission import Admission
from recommender.service.access.buckets import Buckets
from recommender.service.access.rates import Rates
from recommender.service.asgi.conditional import Conditional
from recommender.service.asgi.kept_first import KeptFirst
from recommender.service.asgi.methods import Methods
from recommender.service.asgi.middleware import Gate
from recommender.service.asgi.origins import Origins
from recommender.service.asgi.proxies import Proxies
from recommender.service.asgi.shared import Shared
from recommender.service.asgi.sites import Sites
from recommender.service.asgi.start import Start
from recommender.service.asgi.traces import RequestLog
from recommender.service.metrics import Measures
from recommender.service.pages.assets import STATIC, KeptFiles
from recommender.service.pages.pool.overview import Overview
from recommender.service.pages.pool.pictures import Pictures
from recommender.service.pages.rendering import problem_page
from recommender.service.routes import counts, insights, linked, operations, profiles, similar, suggest
from recommender.service.routes.pages import PAGES
from recommender.service.running import Running
from recommender.settings import Settings
from recommender.wiring import Recommender

ROUTERS = [resource.router for resource in (similar, insights, linked, profiles, counts, suggest, operations, *PAGES)]


def create_app(
    settings: Settings,
    open_recommender: Callable[[Settings], Recommender] = Recommender,
    shared: Shared | None = None,
) -> FastAPI:
    """The application over the pool of these settings.

    The pool opens when the application starts and closes when it stops; the model loads with the first text
    to be encoded, so that stored profiles are answered without it, or before it is ready where the settings say so.

    Args:
        shared: where this is one of several processes that serve together.
    """
    start = Start(shared)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_recommender(settings) as recommender:
            await run_sync(lambda: recommender.matcher)
            app.state.running = Running.of(recommender, settings)
            starting = asyncio.create_task(start.run(recommender.warm if settings.warm else None))
            try:
                yield
            finally:
                await starting
                app.state.admission.known.close()

    app = FastAPI(
        redirect_slashes=False,  # a redirect would name the host as this side of a proxy knows it
        title="recommender",
        version=_version(),
        summary="Who is like this person, why, and how many more are there.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.start, app.state.admission = start, Admission(settings)
    app.state.measures = shared.measures() if shared else Measures()
    app.state.request_log = RequestLog()
    app.state.overview, app.state.pictures = Overview(), Pictures()
    documentation.install(app)
    respond = problems.responder(problem_page)
    problems.install(app, respond)
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    _add_middleware(app, settings, respond, shared.buckets() if shared else Buckets())
    return app


def _add_middleware(
    app: FastAPI, settings: Settings, respond: Callable[[Request, Exception], Response], buckets: Buckets
) -> None:
    """What every request passes, the last that is added first: the gate is before all that answers."""
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    app.add_middleware(KeptFirst)
    app.add_middleware(
        Gate,
        proxies=Proxies(settings),
        sites=Sites(settings),
        origins=Origins(settings),
        admission=app.state.admission,
        rates=Rates(settings, buckets),
        methods=Methods(route for router in ROUTERS for route in router.routes),
        measures=app.state.measures,
        log=app.state.request_log,
        on_error=respond,
    )


def _version() -> str:
    try:
        return version("recommender")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0+checkout"
