"""What goes over the wire beside `Profile` and `Answer`: bodies of requests and of answers."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Response
from pydantic import BaseModel, Field

from recommender.collection import Filter, Unmatched
from recommender.collection.filter import EVERYONE
from recommender.collection.protocol import FacetField, Sort
from recommender.profile import Profile

JSON = "application/json"
#: Names of JSON lines.
NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
#: Where the OpenAPI document keeps its schemas.
REF = "#/components/schemas/"
_ENCODER = msgspec.json.Encoder()


class SimilarRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question of `POST /v1/similar`: at least one of like, profile, page or text.

    Attributes:
        like: ids of stored profiles to be like.
        unlike: ids of stored profiles to be unlike.
        profile: a profile that need not be stored.
        page: a profile page or résumé as text.
        text: free text, such as a job description.
        k: how many matches, 1 to 1,000.
        weights: signal → factor (0 to 100) on its usual weight.
        diversity: 0.0 (by score alone) to 1.0.
        fold_duplicates: whether copies of one person (one name, nearly the same profile) take one place.
        cursor: `next_cursor` of the answer before.
    """

    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    profile: Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": REF + "Profile"})] | None = None
    page: str | None = None
    text: str | None = None
    k: int = 10
    where: Filter = EVERYONE
    exclude_ids: tuple[str, ...] = ()
    min_score: float | None = None
    weights: dict[str, float] = {}
    diversity: float = 0.0
    fold_duplicates: bool = False
    cursor: str | None = None


class ListingParameters(BaseModel, extra="forbid"):
    """The query part of `GET /v1/profiles`."""

    where: str | None = Field(None, description="A filter, as JSON or as key=value pairs.")
    sort: Sort = "id"
    cursor: str | None = Field(None, description="`next_cursor` of the page before.")
    limit: int = Field(50, ge=1, le=1000)


class SimilarParameters(BaseModel, extra="forbid"):
    """The query part of `GET /v1/profiles/{id}/similar`."""

    k: int = Field(10, description="How many matches, 1 to 1,000.")
    where: str | None = Field(None, description="A filter, as JSON or as key=value pairs.")
    min_score: float | None = Field(None, description="Lowest score shown, 0 to 100.")
    diversity: float = Field(0.0, description="0 (by score alone) to 1.")
    cursor: str | None = Field(None, description="`next_cursor` of the answer before.")


class CountRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of `POST /v1/count`."""

    where: Filter = EVERYONE


class CountAnswer(msgspec.Struct, frozen=True):
    """How many profiles qualify; exact.

    Attributes:
        unmatched: values of the filter that no profile in the pool has.
    """

    count: int
    generation: int
    unmatched: tuple[Unmatched, ...] = ()


class FacetsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of `POST /v1/facets`: the `limit` (1 to 1,000) commonest values of each field."""

    where: Filter = EVERYONE
    fields: tuple[FacetField, ...] = ("skill", "location", "title", "seniority")
    limit: int = 20


class FacetCount(msgspec.Struct, frozen=True):
    """A value and how many qualifying profiles have it; exact."""

    value: str
    count: int


class FacetsAnswer(msgspec.Struct, frozen=True):
    """Values of each field, commonest first, and how many profiles qualify in all.

    Attributes:
        unmatched: values of the filter that no profile in the pool has.
    """

    facets: dict[str, list[FacetCount]]
    count: int
    generation: int
    unmatched: tuple[Unmatched, ...] = ()


class Listing(msgspec.Struct, frozen=True):
    """One page of a listing; `count` is of all pages.

    Attributes:
        unmatched: values of the filter that no profile in the pool has.
    """

    profiles: tuple[Profile, ...]
    count: int
    generation: int
    next_cursor: str | None = None
    unmatched: tuple[Unmatched, ...] = ()


class RejectedRecord(msgspec.Struct, frozen=True):
    """A record that was not stored: where it was in the body, and what is wrong with which field."""

    place: str
    field: str | None
    reason: str


class ReadNotice(msgspec.Struct, frozen=True):
    """A record that was stored, and what was lost or doubtful in reading it."""

    place: str
    field: str | None
    message: str


class StoreAnswer(msgspec.Struct, frozen=True):
    """What became of the records of a body, in their order."""

    stored: int
    ids: tuple[str, ...]
    rejected: tuple[RejectedRecord, ...]
    notices: tuple[ReadNotice, ...]
    generation: int


class Readiness(msgspec.Struct, frozen=True):
    """Whether questions can be answered."""

    status: str
    profiles: int
    generation: int


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457: what went wrong, in one line fit to be shown to the user.

    Attributes:
        type: names the kind of problem; stable, for programs.
        rejected: where several records were sent and none could be stored, each with its place.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    rejected: tuple[RejectedRecord, ...] = ()


def reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The JSON of a body, encoded once."""
    return Response(_ENCODER.encode(body), status, headers, media_type=JSON)
