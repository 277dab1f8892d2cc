"""`Row`: one match of one query, as it is in the file, the same in every form; `BareRow`: without its explanation;
`NearRow`: one of the nearest by search vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from recommender.matching import Answer, Contribution, Match, Met, Near, Ranks, Reason


class BareRow(msgspec.Struct, frozen=True, kw_only=True):
    """One match without its explanation."""

    query_id: str
    rank: int
    profile_id: str
    score: float
    band: str
    generation: int


class NearRow(msgspec.Struct, frozen=True, kw_only=True):
    """One of the nearest."""

    query_id: str
    rank: int
    profile_id: str
    similarity: float
    generation: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One match.

    Attributes:
        asked, conditions: what it meets of a request in words; null and empty for an example.
        query_id: the id of the profile asked about; "query-7" for the seventh query where it had none.
        likely_to_move: whether the match has the badge that says so; null where the file's reader may not know it of
            anybody, and false of those of whom they alone may not.
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
    likely_to_move: bool | None
    duplicates: tuple[str, ...]
    asked: str | None
    conditions: tuple[Met, ...]
    headline: str | None
    headline_count: int | None
    generation: int


AnyRow = Row | BareRow | NearRow
#: What rows of a file say: matches with why, without, or who is nearest.
Kind = Literal["explained", "bare", "near"]
_OF_MATCH = Match.__struct_fields__


def rows(query_id: str, answer: Answer, moves: Sequence[bool] | None = None) -> Iterator[Row]:
    """An answer's matches, best first.

    Args:
        moves: of each match whether it is likely to move; None where that is not to be known.
    """
    headline = answer.headline
    for at, match in enumerate(answer.matches):
        yield Row(
            query_id=query_id,
            **{name: getattr(match, name) for name in _OF_MATCH},
            likely_to_move=moves[at] if moves is not None else None,
            headline=headline.text if headline else None,
            headline_count=headline.count if headline else None,
            generation=answer.generation,
        )


def bare_rows(query_id: str, ranks: Ranks, generation: int) -> Iterator[BareRow]:
    """The same without explanations."""
    for rank, (profile_id, score, band) in enumerate(zip(*ranks, strict=True), 1):
        yield BareRow(
            query_id=query_id, rank=rank, profile_id=profile_id, score=score, band=band, generation=generation
        )


def near_rows(query_id: str, near: Near, generation: int) -> Iterator[NearRow]:
    """Those of the nearest."""
    for rank, (profile_id, similarity) in enumerate(zip(*near, strict=True), 1):
        yield NearRow(query_id=query_id, rank=rank, profile_id=profile_id, similarity=similarity, generation=generation)
