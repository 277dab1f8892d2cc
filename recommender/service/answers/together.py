"""`Together`: questions that wait at the same time are worked off together, by one thread.

Nobody waits for company: a question that finds the thread idle goes at once. Those who come meanwhile gather, and go
next. Only after several were answered at once is half a millisecond waited for, again and again while more come: those
who ask one question after the other are just about to, and a thread that works meanwhile would only hold up the loop
that reads their requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple

import anyio
from anyio.to_thread import run_sync
from fastapi import Response
from starlette.requests import ClientDisconnect

from recommender.matching import Query
from recommender.service.answers.address import Address
from recommender.service.answers.answers import Answers

#: Questions of one run, whose candidates are held in memory at once.
MOST: Final = 32
#: Seconds in which another question comes, where several are on their way, and how often they are waited for.
_A_MOMENT: Final = 0.0005
_MOMENTS: Final = 8


class _Waiting(NamedTuple):
    """A question, where it is asked and by which headers, whether its client is gone, and where its reply goes."""

    query: Query
    address: Address
    asked: Mapping[str, str]
    is_gone: Callable[[], Awaitable[bool]]
    reply: asyncio.Future[Response]


class Together:
    """Works off questions, those together that wait together.

    Args:
        thread: in which they are worked out.
    """

    def __init__(self, answers: Answers, thread: anyio.CapacityLimiter) -> None:
        self._answers, self._thread = answers, thread
        self._waiting: list[_Waiting] = []
        self._working: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def ask(
        self, query: Query, address: Address, asked: Mapping[str, str], is_gone: Callable[[], Awaitable[bool]]
    ) -> Response:
        """The reply to a question, for a request with these headers.

        Raises as `Answers.ask` does, and `ClientDisconnect` where the client is gone once others have been waited for.
        """
        reply: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(query, address, asked, is_gone, reply))
        if self._working is None:
            self._working = asyncio.create_task(self._work_off())
        return await reply

    async def _work_off(self) -> None:
        answered = 0
        try:
            while self._waiting:
                if answered > 1:
                    await self._gather()
                turn = self._waiting[:MOST]
                del self._waiting[:MOST]
                those = await _still_there(turn) if answered else turn
                answered = max(1, len(those))
                if those:
                    try:
                        await run_sync(self._reply, those, asyncio.get_running_loop(), limiter=self._thread)
                    except Exception as error:
                        _hand_out(those, [error] * len(those))
        finally:
            self._working = None

    async def _gather(self) -> None:
        for _ in range(_MOMENTS):
            before = len(self._waiting)
            await asyncio.sleep(_A_MOMENT)
            if len(self._waiting) in (before, MOST):
                return

    def _reply(self, those: list[_Waiting], loop: asyncio.AbstractEventLoop) -> None:
        """In the thread."""
        outcomes = self._answers.ask_many([(one.query, one.address) for one in those])
        replies: list[Response | Exception] = [
            outcome if isinstance(outcome, Exception) else outcome.reply(one.asked, self._answers.max_age)
            for one, outcome in zip(those, outcomes, strict=True)
        ]
        loop.call_soon_threadsafe(_hand_out, those, replies)


async def _still_there(turn: list[_Waiting]) -> list[_Waiting]:
    """Those whose clients wait still; the others are told that theirs are gone."""
    those = []
    for one in turn:
        if one.reply.done():
            continue
        if await one.is_gone():
            one.reply.set_exception(ClientDisconnect())
        else:
            those.append(one)
    return those


def _hand_out(those: list[_Waiting], replies: list[Response | Exception]) -> None:
    for one, reply in zip(those, replies, strict=True):
        if one.reply.done():
            continue
        if isinstance(reply, Exception):
            one.reply.set_exception(reply)
        else:
            one.reply.set_result(reply)
