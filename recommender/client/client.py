"""`Client`: the service, asked from threads."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
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


class Client:
    """A service at an address.

    Raises of every method: `ProfileNotFound`, `QueryError`, `FilterError` and `ReadingError` as they would be raised
    in this process, `ServiceError` for what else the service refuses and where it cannot be reached.
    """

    def __init__(self, base_url: str, *, retries: Retries = Retries(), **given: Unpack[Given]) -> None:  # noqa: B008
        """Nothing is sent yet.

        Args:
            base_url: "http://localhost:8000", with the path that a proxy shows the service under.
            retries: how often a call is made again that is answered by "later" (429, 503), or not answered.
            given: `key`, `timeout` in seconds, and a `transport` of httpx.
        """
        self._http, self._retries = httpx.Client(**settings_of(base_url, given)), retries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def get(self, profile_id: str) -> Profile:
        """A stored profile."""
        return self._send(calls.get(profile_id))

    def put(self, profile: Profile) -> StoreAnswer:
        """Store a profile under its id."""
        return self._send(calls.put(profile))

    def delete(self, profile_id: str) -> None:
        """Remove a profile."""
        self._send(calls.delete(profile_id))

    def insights(self, profile_id: str) -> InsightsAnswer:
        """Highlights, persona and core skills of a stored person, each with its source."""
        return self._send(calls.insights(profile_id))

    def linked(self, profile_id: str) -> LinkedAnswer:
        """Ids of the profiles that are linked as this person, that which takes their place first."""
        return self._send(calls.linked(profile_id))

    def link(self, profile_id: str, *others: str) -> LinkedAnswer:
        """Link others as this person, whose place this profile takes; also such as were taken apart before."""
        return self._send(calls.link(profile_id, others))

    def unlink(self, profile_id: str, other: str) -> None:
        """Take a profile apart from this person: it takes a place of its own, and duplicates leave it so."""
        self._send(calls.unlink(profile_id, other))

    def similar(self, asked: str | Query | Profile, **given: Any) -> Answer:
        """Who is like this?

        Args:
            asked: the id of a stored profile, a profile, or a whole question.
            given: fields of `Query`; `where` also as it is written.
        """
        return self._send(calls.similar(asked, given))

    def matches(self, asked: str | Query | Profile, **given: Any) -> Iterator[Match]:
        """Every match, page after page of `k`, best first."""
        while True:
            answer = self.similar(asked, **given)
            yield from answer.matches
            if answer.next_cursor is None:
                return
            given = {**given, "cursor": answer.next_cursor}

    def understand(self, text: str) -> Understood:
        """What a text asks for, part by part."""
        return self._send(calls.understand(text))

    def count(self, where: Where = None) -> CountAnswer:
        """How many qualify; exact."""
        return self._send(calls.count(where))

    def facets(self, where: Where = None, fields: Sequence[FacetField] = USUAL_FACETS, limit: int = 20) -> FacetsAnswer:
        """The commonest values of each field among those who qualify, with exact counts."""
        return self._send(calls.facets(where, fields, limit))

    def suggest(self, text: str, kinds: Sequence[SuggestionKind] = (), limit: int = 10) -> Suggestions:
        """What these letters may mean; of every kind where none is named."""
        return self._send(calls.suggest(text, kinds, limit))

    def profiles(self, where: Where = None, sort: Sort = "id", page: int = 200) -> Iterator[Profile]:
        """Every profile that qualifies, page after page."""
        cursor = None
        while True:
            found = self._send(calls.listing(where, sort, page, cursor))
            yield from found.profiles
            cursor = found.next_cursor
            if cursor is None:
                return

    def upload(self, profiles: Iterable[Profile], batch: int = BATCH) -> Iterator[Uploaded]:
        """Store many, `batch` a request; what became of each request's, as it is done."""
        for call in calls.uploads(profiles, batch):
            yield self._send(call)

    def ready(self) -> Readiness:
        """Whether questions are answered, and of how many people."""
        return self._send(calls.ready())

    def _send(self, call: Call[T]) -> T:
        for tried in count(1):
            try:
                response = self._http.request(**call.arguments())
            except httpx.TransportError as error:
                seconds = self._retries.after_nothing(error, tried, self._http.base_url, call.repeatable)
            else:
                if response.is_success:
                    return call.answer(response)
                seconds = self._retries.after_answer(response, tried)
            time.sleep(seconds)
        raise AssertionError  # it is tried until there is an answer or an error
