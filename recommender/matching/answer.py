"""The values that describe a match. Field names are those of the HTTP answer (docs/design.md)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import msgspec

from recommender.asking import Request
from recommender.collection import SearchPlan, Unmatched
from recommender.matching.table import as_html, as_text

_COLUMNS: Final = ("rank", "score", "profile_id", "name", "title", "location", "why")


class Contribution(msgspec.Struct, frozen=True, gc=False):
    """What one signal added. Points of a match's contributions add up to its score."""

    signal: str
    points: float


class Reason(msgspec.Struct, frozen=True, gc=False):
    """One sentence of evidence, and the field of the match's profile it came from ("roles[0].title").

    The field shows all that the sentence claims of it, skills by any name that the vocabulary knows.
    """

    text: str
    field: str


class Met(msgspec.Struct, frozen=True, gc=False):
    """Whether a match meets one condition.

    Attributes:
        condition: as it is said ("Python or Java").
        kind: of what ("skill").
        stance: "must" or "nice".
        met: whether it does; never said without being so.
        field: where the match's profile shows it, None where it does not.
    """

    condition: str
    kind: str
    stance: str
    met: bool
    field: str | None = None


class WithoutOne(msgspec.Struct, frozen=True):
    """How many meet every must but this one, which is left out of account."""

    condition: str
    count: int


class Counts(msgspec.Struct, frozen=True):
    """How many people in the pool meet every must, exactly, those excluded left out.

    Attributes:
        without: the same with each single must dropped.
    """

    every_must: int
    without: tuple[WithoutOne, ...] = ()


class Match(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One similar profile.

    Attributes:
        rank: from 1.
        score: 0 to 100, rounded to four decimals; what matches are sorted by.
        band: "very close", "close", "related" or "distant"; "no basis" where nothing is known to compare by, or alike.
        shared_skills: canonical names of its skills that any profile asked about has too, their core skills first.
        persona: who this is in one line, as the page or the profile's own fields say; null where they say it nowhere.
        asked: what it meets of what was asked in words: "4 of 5 musts; missing: Kafka".
        conditions: each of those, and the field that shows it.
        duplicates: ids of this person's copies folded into this place, where the query asks for that.
    """

    profile_id: str
    rank: int
    score: float
    band: str
    name: str | None
    title: str | None
    location: str | None
    years_of_experience: int | None
    shared_skills: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    reasons: tuple[Reason, ...]
    persona: str | None = None
    duplicates: tuple[str, ...] = ()
    asked: str | None = None
    conditions: tuple[Met, ...] = ()


class Headline(msgspec.Struct, frozen=True):
    """The line at the foot of a page; `count` is exact, "100+" is only how it is shown."""

    text: str
    skills: tuple[str, ...]
    count: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to "who is like this?", all of one generation.

    Attributes:
        notice: why nobody is compared, where the question holds nothing to compare by.
        unmatched: values of the filter that no profile in the pool has.
        request: what was understood of a text.
        counts: how many meet every must of the request, and how many with each of them dropped.
        plan: how each search of the pool was done, in order, where that was asked for.
    """

    headline: Headline | None
    matches: tuple[Match, ...]
    generation: int
    next_cursor: str | None = None
    notice: str | None = None
    unmatched: tuple[Unmatched, ...] = ()
    request: Request | None = None
    counts: Counts | None = None
    plan: tuple[SearchPlan, ...] | msgspec.UnsetType = msgspec.UNSET

    def __str__(self) -> str:
        """The headline, and a line a match."""
        return as_text(self._said(), _COLUMNS, [_cells(match) for match in self.matches])

    def _repr_html_(self) -> str:
        return as_html(self._said(), _COLUMNS, [_cells(match) for match in self.matches])

    def _said(self) -> list[str]:
        said = (self.headline.text if self.headline else None, self.notice)
        return [line for line in said if line] or [f"{len(self.matches)} matches"]

    def to_arrow(self) -> Any:
        """Its matches as a `pyarrow.Table`, a match a row, its fields the columns."""
        import pyarrow

        return pyarrow.Table.from_pylist(msgspec.to_builtins(self.matches))

    def to_pandas(self) -> Any:
        """The same as a `pandas.DataFrame`; pandas is not installed with this package."""
        import pandas

        return pandas.DataFrame.from_records(msgspec.to_builtins(self.matches))


class Ranks(NamedTuple):
    """Who is in an answer, best first, with their scores and the words for these."""

    profile_ids: list[str]
    scores: list[float]
    bands: list[str]

    @classmethod
    def of(cls, answer: Answer) -> Ranks:
        """Those of an answer."""
        matches = answer.matches
        return cls([m.profile_id for m in matches], [m.score for m in matches], [m.band for m in matches])


class Near(NamedTuple):
    """Who is nearest to a profile by search vector, nearest first, and how alike their vectors are to its own."""

    profile_ids: list[str]
    similarities: list[float]


def _cells(match: Match) -> tuple[str, ...]:
    """What is seen of a match in a table."""
    why = match.asked or (match.reasons[0].text if match.reasons else "")
    texts = (match.profile_id, match.name or "", match.title or "", match.location or "", why)
    return (str(match.rank), f"{match.score:.1f}", *texts)
