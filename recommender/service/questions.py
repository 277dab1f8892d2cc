"""What the service is asked: bodies and query parts of requests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, Field

from recommender.asking import Request
from recommender.collection import EVERYONE, SUGGESTED, USUAL_FACETS, FacetField, Filter, Sort, SuggestionKind
from recommender.service.wire import REF


class SimilarRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question of `POST /v1/similar`: at least one of like, profile, page, text or request.

    Attributes:
        like: ids of stored profiles to be like.
        unlike: ids of stored profiles to be unlike.
        profile: a profile that need not be stored.
        page: a profile page or résumé as text.
        text: free text, such as a job description; the answer says what was understood of it.
        request: what is asked in words, as `POST /v1/understand` gives it, changed or not; not beside a text.
        k: how many matches, 1 to 1,000.
        weights: signal → factor (0 to 100) on its usual weight.
        diversity: 0.0 (by score alone) to 1.0.
        fold_duplicates: whether copies of one person (one name, nearly the same profile) take one place.
        cursor: `next_cursor` of the answer before.
        explain: "plan" for how the pool was searched, in `plan` of the answer, which then is worked out anew.
    """

    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    profile: Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": REF + "Profile"})] | None = None
    page: str | None = None
    text: str | None = None
    request: Request | None = None
    k: int = 10
    where: Filter = EVERYONE
    exclude_ids: tuple[str, ...] = ()
    min_score: float | None = None
    weights: dict[str, float] = {}
    diversity: float = 0.0
    fold_duplicates: bool = False
    cursor: str | None = None
    explain: Literal["plan"] | None = None


class LinkRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /v1/profiles/{id}/linked`.

    Attributes:
        profile_ids: stored profiles that are of the same person, 1 to 1,000.
    """

    profile_ids: tuple[str, ...]


class UnderstandRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of `POST /v1/understand`: what does this text ask for?"""

    text: str


class ListingParameters(BaseModel, extra="forbid"):
    """The query part of `GET /v1/profiles`."""

    where: str | None = Field(None, description="A filter, as JSON or as key=value pairs.")
    sort: Sort = Field("id", description="What the listing is ordered by; - for descending.")
    cursor: str | None = Field(None, description="`next_cursor` of the page before.")
    limit: int = Field(50, ge=1, le=1000, description="Profiles a page.")


class SimilarParameters(BaseModel, extra="forbid"):
    """The query part of `GET /v1/profiles/{id}/similar`."""

    k: int = Field(10, description="How many matches, 1 to 1,000.")
    where: str | None = Field(None, description="A filter, as JSON or as key=value pairs.")
    min_score: float | None = Field(None, description="Lowest score shown, 0 to 100.")
    diversity: float = Field(0.0, description="0 (by score alone) to 1.")
    cursor: str | None = Field(None, description="`next_cursor` of the answer before.")
    explain: Literal["plan"] | None = Field(
        None,
        description="`plan` for how the pool was searched, in `plan` of the answer, which then is worked out anew.",
    )


class SuggestParameters(BaseModel, extra="forbid"):
    """The query part of `GET /v1/suggest`."""

    q: str = Field(description="What has been typed so far.", examples=["smiht ada"], max_length=1000)
    kind: list[SuggestionKind] = Field(list(SUGGESTED), description="Which kinds of values; give one several times.")
    limit: int = Field(10, ge=1, le=100, description="Most suggestions.")


class CountRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of `POST /v1/count`."""

    where: Filter = EVERYONE


class FacetsRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of `POST /v1/facets`: the `limit` (1 to 1,000) commonest values of each field."""

    where: Filter = EVERYONE
    fields: tuple[FacetField, ...] = USUAL_FACETS
    limit: int = 20
