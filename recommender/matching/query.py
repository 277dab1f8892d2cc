"""`Query`: one question to the matcher, a frozen value."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Mapping
from typing import Any

import msgspec

from recommender.asking import Request
from recommender.collection.filter import EVERYONE, Filter
from recommender.collection.filter_syntax import filter_of
from recommender.errors import QueryError
from recommender.profile import Profile

MOST = 1000


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is asked for. At least one of `like`, `profile`, `text` and `request` says what to be similar to.

    Attributes:
        like: ids of profiles in the pool; several count alike.
        unlike: ids of counter-examples: what resembles them moves down, and never vanishes.
        profile: a profile that need not be in the pool. One in the pool with its id is not an answer, nor is one that
            says the same but for id, contact, extras and `as_of`, where it has a name, a role or a course of study.
        text: a search text or a job description, which is understood as a `Request` where nothing else is asked.
        request: what is asked in words, as it was understood or changed; not beside a text.
        k: matches wanted, 1 to 1,000.
        where: who qualifies.
        exclude_ids: who does not, whatever `where` says.
        min_score: lowest score shown, 0 to 100.
        weights: signal → factor (0 to 100) on its shipped weight, for this question alone.
        diversity: 0 to 1: how much a match loses for sharing its company or title with those above it.
        fold_duplicates: whether copies of one person (one name, nearly the same profile) take one place.
        cursor: `next_cursor` of the answer before, with the rest of the query unchanged.
    """

    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    profile: Profile | None = None
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

    @classmethod
    def of(cls, asked: str | Profile | Query, given: Mapping[str, Any]) -> Query:
        """A question about a stored profile by its id, about a profile, or one with other values.

        Args:
            given: fields of it; `where` also as keys and values or as it is written.
        """
        values = {**given, "where": filter_of(given["where"])} if "where" in given else dict(given)
        match asked:
            case str():
                return cls(like=(asked,), **values)
            case Profile():
                return cls(profile=asked, **values)
        return msgspec.structs.replace(asked, **values)

    @property
    def is_by_example(self) -> bool:
        """Whether it names or gives a profile to be like."""
        return bool(self.like) or self.profile is not None

    @property
    def is_plain(self) -> bool:
        """Whether it asks about one stored profile, and of nothing but whom to leave out and how many are wanted."""
        return self == Query(like=self.like[:1], k=self.k, where=self.where, exclude_ids=self.exclude_ids)

    def check(self, signals: Names[str]) -> None:
        """Raise `QueryError`, with one line that names the fix, where this cannot be asked."""
        if not (self.like or self.profile or self.request or (self.text and self.text.strip())):
            raise QueryError("nothing to be similar to; give like, profile or text")
        if self.request is not None and self.text is not None:
            raise QueryError("request: both a text and a request are given; give one of them")
        if not 1 <= self.k <= MOST:
            raise QueryError(f"k is {self.k}; give 1 to {MOST:,}")
        if not 0 <= self.diversity <= 1:
            raise QueryError(f"diversity is {self.diversity}; give 0 to 1")
        if self.min_score is not None and not 0 <= self.min_score <= 100:
            raise QueryError(f"min_score is {self.min_score}; give 0 to 100")
        for name, factor in self.weights.items():
            if name not in signals:
                raise QueryError(f"unknown signal {name!r} in weights; give some of {', '.join(signals)}")
            if not 0 <= factor <= 100:
                raise QueryError(f"weight of {name} is {factor}; give 0 to 100")
        if self.weights and not any(self.weights.get(name, 1.0) for name in signals):
            raise QueryError("every signal's weight is 0; leave one above")
