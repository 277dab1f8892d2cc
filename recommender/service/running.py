"""`Running`: what one application instance works with while it serves, and how routes reach it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

import anyio
from anyio.to_thread import run_sync
from fastapi import Request

from recommender.service.problems import ProblemError
from recommender.settings import Settings
from recommender.wiring import Recommender

P = ParamSpec("P")
T = TypeVar("T")

#: Questions answered at once; more wait their turn, so that a burst costs waiting and not memory.
THREADS = 8
#: Questions that may wait; past that the answer is "busy" at once, which a client can act on.
MOST_WAITING = 512


@dataclass(frozen=True, slots=True)
class Running:
    """A recommender that is open, and the threads its work may take."""

    recommender: Recommender
    settings: Settings
    threads: anyio.CapacityLimiter

    async def work(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, worked out in one of the threads; a 503 where too many wait for one."""
        if self.threads.statistics().tasks_waiting >= MOST_WAITING:
            raise ProblemError(503, "busy", "too many questions are waiting; ask again in a moment")
        return await run_sync(partial(function, *args, **kwargs), limiter=self.threads)


def running(request: Request) -> Running:
    """What the application of this request works with."""
    state: Running = request.app.state.running
    return state
