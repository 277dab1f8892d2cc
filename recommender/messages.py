"""What goes over HTTP beside `Profile`, `Query` and `Answer`: said by the service, read by its client."""

from __future__ import annotations

import msgspec

from recommender.asking import Request
from recommender.collection import SuggestionKind, Unmatched
from recommender.insights import ShownInsights
from recommender.matching import Counts
from recommender.profile import Profile


class CountAnswer(msgspec.Struct, frozen=True):
    """How many profiles qualify; exact.

    Attributes:
        unmatched: values of the filter that no profile in the pool has.
    """

    count: int
    generation: int
    unmatched: tuple[Unmatched, ...] = ()


class Understood(msgspec.Struct, frozen=True):
    """What a text asks for, and how many people meet every must of it.

    Attributes:
        notice: what of the text was not understood, in a sentence.
        counts: None where nothing must be.
    """

    request: Request
    generation: int
    counts: Counts | None = None
    notice: str | None = None


class Suggested(msgspec.Struct, frozen=True):
    """What somebody may mean, and how many profiles have it; exact.

    Attributes:
        profile_ids: of a name the first few who have it.
    """

    kind: SuggestionKind
    value: str
    count: int
    profile_ids: tuple[str, ...] = ()


class Suggestions(msgspec.Struct, frozen=True):
    """What somebody may mean, likeliest first."""

    suggestions: tuple[Suggested, ...]
    generation: int


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


class InsightsAnswer(ShownInsights, frozen=True, kw_only=True):
    """What one may say of a stored person beyond the facts, each sentence with the fields that it comes from.

    Attributes:
        highlights: at most three where derived, the most telling first; as many as the page brings.
        persona: who this is in one line; null where no title says an occupation.
        core_skills: canonical names, most central first.
        core_skills_source: "page" where the profile names its core skills itself, else "derived".
        moving: how likely they are to leave their employer; null where that is not known, or not for this key to see.
    """

    profile_id: str
    generation: int


class LinkedAnswer(msgspec.Struct, frozen=True):
    """The profiles that are linked as one person.

    Attributes:
        profile_ids: that which takes the person's place first; one alone where it is linked with none.
    """

    profile_ids: tuple[str, ...]
    generation: int


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
