"""`Running`: what one application instance works with while it serves, and how routes reach it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, Self, TypeVar

import anyio
from anyio.to_thread import run_sync
from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from recommender.audit import AuditLog
from recommender.collection import View
from recommender.matching import Query
from recommender.service.access.caller import caller_of
from recommender.service.answers.address import address
from recommender.service.answers.answers import Answers
from recommender.service.answers.together import Together
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
    """A recommender that is open, and the threads its work may take.

    Attributes:
        threads: for what may take long.
        brief: one thread for questions that are worked out in milliseconds: several would only take turns, at a cost.
        watch: for what may not wait behind work.
        together: questions that are worked out in milliseconds, those together that wait together.
        words: the same of questions in words, which take several times as long.
    """

    recommender: Recommender
    answers: Answers
    settings: Settings
    threads: anyio.CapacityLimiter
    brief: anyio.CapacityLimiter
    watch: anyio.CapacityLimiter
    audit: AuditLog
    together: Together
    words: Together

    @classmethod
    def of(cls, recommender: Recommender, settings: Settings) -> Self:
        """With threads of its own. Made where the event loop runs."""
        answers = Answers(recommender, settings.answers_bytes, settings.answer_seconds)
        threads, brief, watch, reading = map(anyio.CapacityLimiter, (THREADS, 1, 1, 1))
        together, words = Together(answers, brief), Together(answers, reading)
        audit = AuditLog(settings.access_folder)
        return cls(recommender, answers, settings, threads, brief, watch, audit, together, words)

    @contextmanager
    def view(self, request: Request) -> Iterator[View]:
        """The pool as it is now, as whoever asks this may see it: what answers are made of."""
        with self.recommender.collection.view() as view:
            yield view.seen_by(caller_of(request).sight)

    async def work(self, request: Request, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, worked out in one of the threads for what may take long: see `work_in`."""
        return await self.work_in(self.threads, request, partial(function, *args, **kwargs))

    async def answer(self, request: Request, query: Query, headers: Mapping[str, str] | None = None) -> Response:
        """The reply to a question that is worked out in milliseconds, whoever asks. Raises as `work_in` does.

        Args:
            headers: what the reply depends on; the request's where none are given.
        """
        together = self.together if query.is_by_example else self.words
        _assert_room(len(together))
        asked = request.headers if headers is None else headers
        return await together.ask(query, address(request), asked, request.is_disconnected)

    async def work_in(self, threads: anyio.CapacityLimiter, request: Request, function: Callable[[], T]) -> T:
        """The function's result, worked out in one of these threads.

        Dropped where the client goes away before its turn comes; a function that takes long asks
        `anyio.from_thread.check_cancelled` on its way. Raises `ProblemError` (503) where too many wait.
        """
        _assert_room(threads.statistics().tasks_waiting)
        with anyio.CancelScope() as scope:
            gone = asyncio.ensure_future(_until_gone(request))
            gone.add_done_callback(lambda gone: None if gone.cancelled() else scope.cancel())
            try:
                return await run_sync(function, limiter=threads)
            finally:
                gone.cancel()
        raise ClientDisconnect


def _assert_room(waiting: int) -> None:
    if waiting >= MOST_WAITING:
        raise ProblemError(503, "busy", "too many questions are waiting; ask again in a moment")


async def _until_gone(request: Request) -> None:
    """Return when the client of a request whose body has been read is there no more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def running(request: Request) -> Running:
    """What the application of this request works with."""
    state: Running = request.app.state.running
    return state
