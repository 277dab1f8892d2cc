"""`/healthz`, `/readyz`, `/metrics`: for whoever runs the service."""

from __future__ import annotations

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from recommender.messages import Readiness
from recommender.service.asgi.start import Start
from recommender.service.documentation import documented
from recommender.service.metrics import Measures
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(tags=["operations"])


@router.get("/healthz", **documented("text/plain"))
async def healthz() -> Response:
    """The process runs."""
    return Response("ok\n", media_type="text/plain")


@router.get("/readyz", **documented(Readiness, problems=(503,)))
async def readyz(request: Request) -> Response:
    """The pool is open, made by the model and vocabulary that ask it, and answers; so it is in every process."""
    here, start = running(request), request.app.state.start
    assert isinstance(start, Start)
    start.check()

    def ready() -> Response:
        here.recommender.assert_made_alike()
        return reply(_standing(here))

    return await run_sync(ready, limiter=here.watch)


def _standing(here: Running) -> Readiness:
    with here.recommender.collection.view() as view:
        return Readiness("ready", len(view), view.generation)


@router.get("/metrics", **documented(CONTENT_TYPE_LATEST, problems=(503,)))
async def metrics(request: Request) -> Response:
    """Prometheus' text format."""
    here, measures = running(request), request.app.state.measures
    assert isinstance(measures, Measures)
    standing = await run_sync(_standing, here, limiter=here.watch)
    return Response(measures.exposition(standing.profiles, standing.generation), media_type=CONTENT_TYPE_LATEST)
