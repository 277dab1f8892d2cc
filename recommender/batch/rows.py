"""`Row`: one match of one query, as it is in the file; the same columns in Parquet and in JSON lines."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pyarrow as pa

from recommender.matching import Answer, Contribution, Match, Met, Reason


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One match.

    Attributes:
        asked, conditions: what it meets of a request in words; null and empty for an example.
        query_id: the id of the profile asked about; "query-7" for the seventh query where it had none.
        generation: of the pool, when this was answered.
        headline: the line at the foot of the query's page, and the exact number behind it; null where there is none.
    """

    query_id: str
    rank: int
    profile_id: str
    score: float
    band: str
    name: str | None
    title: str | None
    location: str | None
    years_of_experience: int | None
    shared_skills: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    reasons: tuple[Reason, ...]
    persona: str | None
    duplicates: tuple[str, ...]
    asked: str | None
    conditions: tuple[Met, ...]
    headline: str | None
    headline_count: int | None
    generation: int


_TEXTS = pa.list_(pa.string())
_MET = pa.struct(
    [
        *((name, pa.string()) for name in ("condition", "kind", "stance")),
        ("met", pa.bool_()),
        ("field", pa.string()),
    ]
)

SCHEMA = pa.schema(
    [
        pa.field("query_id", pa.string(), nullable=False),
        pa.field("rank", pa.int32(), nullable=False),
        pa.field("profile_id", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("band", pa.string(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("title", pa.string()),
        pa.field("location", pa.string()),
        pa.field("years_of_experience", pa.int32()),
        pa.field("shared_skills", _TEXTS, nullable=False),
        pa.field("contributions", pa.list_(pa.struct([("signal", pa.string()), ("points", pa.float64())]))),
        pa.field("reasons", pa.list_(pa.struct([("text", pa.string()), ("field", pa.string())]))),
        pa.field("persona", pa.string()),
        pa.field("duplicates", _TEXTS, nullable=False),
        pa.field("asked", pa.string()),
        pa.field("conditions", pa.list_(_MET), nullable=False),
        pa.field("headline", pa.string()),
        pa.field("headline_count", pa.int64()),
        pa.field("generation", pa.int64(), nullable=False),
    ]
)

_OF_MATCH = Match.__struct_fields__


def rows(query_id: str, answer: Answer) -> Iterator[Row]:
    """An answer's matches, best first."""
    headline = answer.headline
    for match in answer.matches:
        yield Row(
            query_id=query_id,
            **{name: getattr(match, name) for name in _OF_MATCH},
            headline=headline.text if headline else None,
            headline_count=headline.count if headline else None,
            generation=answer.generation,
        )
