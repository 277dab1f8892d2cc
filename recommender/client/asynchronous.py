"""`AsyncClient`: the service, asked from an event loop; the methods of `Client`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import count
from typing import Any, Self, TypeVar, Unpack

import httpx

from recommender.client import calls
from recommender.client.calls import BATCH, Call, Uploaded
from recommender.client.connecting import Given, settings_of
from recommender.client.retrying import Retries
from recommender.collection import USUAL_FACETS, FacetField, Sort, SuggestionKind, Where
from recommender.matching import Answer, Match, Query
from recommender.messages import (
    CountAnswer,
    FacetsAnswer,
    InsightsAnswer,
    LinkedAnswer,
    Readiness,
    StoreAnswer,
    Suggestions,
    Understood,
)
from recommender.profile import Profile

T = TypeVar("T")


class AsyncClient:
    """A service at an address; see `Client`."""

    def __init__(self, base_url: str, *, retries: Retries = Retries(), **given: Unpack[Given]) -> None:  # noqa: B008
        """As `Client`."""
        self._http, self._retries = httpx.AsyncClient(**settings_of(base_url, given)), retries

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def get(self, profile_id: str) -> Profile:
        """A stored profile."""
        return await self._send(calls.get(profile_id))

    async def put(self, profile: Profile) -> StoreAnswer:
        """Store a profile under its id."""
        return await self._send(calls.put(profile))

    async def delete(self, profile_id: str) -> None:
        """Remove a profile."""
        await self._send(calls.delete(profile_id))

    async def insights(self, profile_id: str) -> InsightsAnswer:
        """Highlights, persona and core skills of a stored person, each with its source."""
        return await self._send(calls.insights(profile_id))

    async def linked(self, profile_id: str) -> LinkedAnswer:
        """Ids of the profiles that are linked as this person, that which takes their place first."""
        return await self._send(calls.linked(profile_id))

    async def link(self, profile_id: str, *others: str) -> LinkedAnswer:
        """Link others as this person, whose place this profile takes; also such as were taken apart before."""
        return await self._send(calls.link(profile_id, others))

    async def unlink(self, profile_id: str, other: str) -> None:
        """Take a profile apart from this person: it takes a place of its own, and duplicates leave it so."""
        await self._send(calls.unlink(profile_id, other))

    async def similar(self, asked: str | Query | Profile, **given: Any) -> Answer:
        """Who is like this?

        Args:
            asked: the id of a stored profile, a profile, or a whole question.
            given: fields of `Query`; `where` also as it is written.
        """
        return await self._send(calls.similar(asked, given))

    async def matches(self, asked: str | Query | Profile, **given: Any) -> AsyncIterator[Match]:
        """Every match, page after page of `k`, best first."""
        while True:
            answer = await self.similar(asked, **given)
            for match in answer.matches:
                yield match
            if answer.next_cursor is None:
                return
            given = {**given, "cursor": answer.next_cursor}

    async def understand(self, text: str) -> Understood:
        """What a text asks for, part by part."""
        return await self._send(calls.understand(text))

    async def count(self, where: Where = None) -> CountAnswer:
        """How many qualify; exact."""
        return await self._send(calls.count(where))

    async def facets(
        self, where: Where = None, fields: Sequence[FacetField] = USUAL_FACETS, limit: int = 20
    ) -> FacetsAnswer:
        """The commonest values of each field among those who qualify, with exact counts."""
        return await self._send(calls.facets(where, fields, limit))

    async def suggest(self, text: str, kinds: Sequence[SuggestionKind] = (), limit: int = 10) -> Suggestions:
        """What these letters may mean; of every kind where none is named."""
        return await self._send(calls.suggest(text, kinds, limit))

    async def profiles(self, where: Where = None, sort: Sort = "id", page: int = 200) -> AsyncIterator[Profile]:
        """Every profile that qualifies, page after page."""
        cursor = None
        while True:
            found = await self._send(calls.listing(where, sort, page, cursor))
            for profile in found.profiles:
                yield profile
            cursor = found.next_cursor
            if cursor is None:
                return

    async def upload(self, profiles: Iterable[Profile], batch: int = BATCH) -> AsyncIterator[Uploaded]:
        """Store many, `batch` a request; what became of each request's, as it is done."""
        for call in calls.uploads(profiles, batch):
            yield await self._send(call)

    async def ready(self) -> Readiness:
        """Whether questions are answered, and of how many people."""
        return await self._send(calls.ready())

    async def _send(self, call: Call[T]) -> T:
        for tried in count(1):
            try:
                response = await self._http.request(**call.arguments())
            except httpx.TransportError as error:
                seconds = self._retries.after_nothing(error, tried, self._http.base_url, call.repeatable)
            else:
                if response.is_success:
                    return call.answer(response)
                seconds = self._retries.after_answer(response, tried)
            await asyncio.sleep(seconds)
        raise AssertionError  # it is tried until there is an answer or an error
