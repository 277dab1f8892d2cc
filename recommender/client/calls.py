"""What is sent for each question and how its answer is read, whichever way it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from recommender.client.failures import failure
from recommender.collection import EVERYONE, FacetField, Sort, SuggestionKind, Where, filter_of
from recommender.matching import Answer, Query
from recommender.messages import (
    CountAnswer,
    FacetsAnswer,
    InsightsAnswer,
    LinkedAnswer,
    Listing,
    Readiness,
    ReadNotice,
    RejectedRecord,
    StoreAnswer,
    Suggestions,
    Understood,
)
from recommender.profile import Profile, profile_to_json

T = TypeVar("T")

#: Fields of a query about a stored profile that its address may hold; what is asked so is answered the quickest.
_BY_ADDRESS = {"k", "where", "min_score", "diversity", "cursor"}
#: Profiles of one request of an upload.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One request.

    Attributes:
        read: its answer's body → what the caller gets.
        repeatable: whether it may happen twice without harm.
    """

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    params: dict[str, str | int | list[str]] = field(default_factory=dict)
    content: bytes | None = None
    media_type: str = "application/json"
    repeatable: bool = True

    def arguments(self) -> dict[str, Any]:
        """Of httpx's `request`."""
        headers = {"content-type": self.media_type} if self.content is not None else None
        return {
            "method": self.method,
            "url": self.path,
            "params": self.params,
            "content": self.content,
            "headers": headers,
        }

    def answer(self, response: httpx.Response) -> T:
        """What the caller gets of an answer; one of another service is an error."""
        try:
            return self.read(response)
        except msgspec.DecodeError as error:
            raise failure(response) from error


class Uploaded(msgspec.Struct, frozen=True):
    """What became of the profiles of one request of an upload.

    Attributes:
        sent: profiles sent since the upload began; progress.
        stored: of this request's.
        rejected, notices: their places are "record N", counted from 1 over the whole upload.
    """

    sent: int
    stored: int
    ids: tuple[str, ...]
    rejected: tuple[RejectedRecord, ...]
    notices: tuple[ReadNotice, ...]


def _as(kind: type[T]) -> Callable[[httpx.Response], T]:
    return lambda response: msgspec.json.decode(response.content, type=kind)


def get(profile_id: str) -> Call[Profile]:
    """A stored profile."""
    return Call("GET", _of(profile_id), _as(Profile))


def put(profile: Profile) -> Call[StoreAnswer]:
    """Store a profile under its id; raises `ValueError` where it has none."""
    if not profile.id:
        raise ValueError("the profile has no id to be stored under; give it one, or upload it")
    return Call("PUT", _of(profile.id), _as(StoreAnswer), content=profile_to_json(profile))


def delete(profile_id: str) -> Call[None]:
    """Remove a profile."""
    return Call("DELETE", _of(profile_id), lambda _: None)


def insights(profile_id: str) -> Call[InsightsAnswer]:
    """What one may say of a stored person."""
    return Call("GET", f"{_of(profile_id)}/insights", _as(InsightsAnswer))


def linked(profile_id: str) -> Call[LinkedAnswer]:
    """Who is linked as this person?"""
    return Call("GET", f"{_of(profile_id)}/linked", _as(LinkedAnswer))


def link(profile_id: str, others: Sequence[str]) -> Call[LinkedAnswer]:
    """Link others as this person."""
    return Call("POST", f"{_of(profile_id)}/linked", _as(LinkedAnswer), content=_body({"profile_ids": others}))


def unlink(profile_id: str, other: str) -> Call[None]:
    """Take a profile apart from this person."""
    return Call("DELETE", f"{_of(profile_id)}/linked/{quote(other, safe='')}", lambda _: None)


def similar(asked: str | Query | Profile, given: Mapping[str, Any]) -> Call[Answer]:
    """Who is like this? `given` are fields of the query."""
    query = Query.of(asked, given)
    if isinstance(asked, str) and given.keys() <= _BY_ADDRESS:
        params = {name: getattr(query, name) for name in given if getattr(query, name) is not None}
        if "where" in params:
            params["where"] = _body(params["where"]).decode()
        return Call("GET", f"{_of(asked)}/similar", _as(Answer), params)
    return Call("POST", "/v1/similar", _as(Answer), content=_body(query))


def understand(text: str) -> Call[Understood]:
    """What does a text ask for?"""
    return Call("POST", "/v1/understand", _as(Understood), content=_body({"text": text}))


def count(where: Where) -> Call[CountAnswer]:
    """How many qualify?"""
    return Call("POST", "/v1/count", _as(CountAnswer), content=_body({"where": filter_of(where)}))


def facets(where: Where, fields: Sequence[FacetField], limit: int) -> Call[FacetsAnswer]:
    """Which values do they have?"""
    asked = {"where": filter_of(where), "fields": fields, "limit": limit}
    return Call("POST", "/v1/facets", _as(FacetsAnswer), content=_body(asked))


def suggest(text: str, kinds: Sequence[SuggestionKind], limit: int) -> Call[Suggestions]:
    """What may these letters mean?"""
    params: dict[str, str | int | list[str]] = {"q": text, "limit": limit}
    return Call("GET", "/v1/suggest", _as(Suggestions), params | ({"kind": list(kinds)} if kinds else {}))


def listing(where: Where, sort: Sort, limit: int, cursor: str | None) -> Call[Listing]:
    """One page of those who qualify."""
    params: dict[str, str | int | list[str]] = {"sort": sort, "limit": limit}
    if (wanted := filter_of(where)) != EVERYONE:
        params["where"] = _body(wanted).decode()
    return Call("GET", "/v1/profiles", _as(Listing), params | ({"cursor": cursor} if cursor else {}))


def ready() -> Call[Readiness]:
    """Are questions answered?"""
    return Call("GET", "/readyz", _as(Readiness))


def uploads(profiles: Iterable[Profile], batch: int = BATCH) -> Iterator[Call[Uploaded]]:
    """A call for each so many profiles; profiles without an id get one from the service."""
    waiting, before = iter(profiles), 0
    while some := list(islice(waiting, batch)):
        lines = b"\n".join(map(profile_to_json, some))
        has_ids = all(profile.id for profile in some)
        yield Call(
            "POST",
            "/v1/profiles",
            _uploaded(before, len(some)),
            content=lines,
            media_type="application/x-ndjson",
            repeatable=has_ids,
        )
        before += len(some)


def _uploaded(before: int, count: int) -> Callable[[httpx.Response], Uploaded]:
    def read(response: httpx.Response) -> Uploaded:
        done = msgspec.json.decode(response.content, type=StoreAnswer)
        rejected = (msgspec.structs.replace(one, place=_place(one.place, before)) for one in done.rejected)
        notices = (msgspec.structs.replace(one, place=_place(one.place, before)) for one in done.notices)
        return Uploaded(before + count, done.stored, done.ids, tuple(rejected), tuple(notices))

    return read


def _place(place: str, before: int) -> str:
    line, _, number = place.partition(" ")
    return f"record {before + int(number)}" if line == "line" and number.isdigit() else place


def _of(profile_id: str) -> str:
    return f"/v1/profiles/{quote(profile_id, safe='')}"


def _body(asked: Any) -> bytes:
    return msgspec.json.encode(asked)
