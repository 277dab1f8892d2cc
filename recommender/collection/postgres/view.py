"""`PostgresView`: one snapshot of a pool in PostgreSQL. A row is the number of a profile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from recommender.collection import fields
from recommender.collection.common.asked import query_vector
from recommender.collection.filter import EVERYONE, Filter
from recommender.collection.postgres.query import facets, listing, search, suggest
from recommender.collection.postgres.query.again import again
from recommender.collection.postgres.query.hidden import Hidden
from recommender.collection.postgres.query.where import all_of, called, condition
from recommender.collection.postgres.server.connections import plain_errors
from recommender.collection.postgres.server.place import Place
from recommender.collection.postgres.server.snapshot import EVERYBODY, Clause, Snapshot
from recommender.collection.postgres.truth import apart, read
from recommender.collection.postgres.truth.columns import ColumnCache
from recommender.collection.postgres.truth.remembered import Remembered
from recommender.collection.protocol import (
    SUGGESTED,
    Candidates,
    FacetField,
    FacetValue,
    Page,
    Plane,
    SearchPlan,
    Sort,
    Suggestion,
    SuggestionKind,
    View,
)
from recommender.collection.sight import EVERYTHING, Sight
from recommender.encoding.features import Features
from recommender.errors import ProfileNotFound
from recommender.insights import Derived
from recommender.profile import Profile

#: Searches of which a view remembers how they were done, and filters of which it remembers how many qualify.
_PLANS, _COUNTS = 64, 256
#: Who was found that are looked up together.
_TOGETHER = 1_000

Rows = Sequence[int] | NDArray[np.int64]


class PostgresView:
    """What `Collection.view()` gives: a transaction that sees one snapshot, and what it has said already."""

    def __init__(
        self,
        place: Place,
        snapshot: Snapshot,
        columns: ColumnCache,
        sight: Sight = EVERYTHING,
        remembered: Remembered | None = None,
    ) -> None:
        self._place, self._snapshot, self._now, self._columns = place, snapshot, snapshot.now, columns
        self._sight, self._remembered = sight, remembered or Remembered(snapshot)
        self._hidden = Hidden(sight, lambda: read.values(snapshot, "employer"))
        # one question asks for the same again and again
        self._counts: dict[Filter, int] = {}
        self._ids: dict[int, str] = {}
        self._plans: deque[SearchPlan] = deque(maxlen=_PLANS)

    def seen_by(self, sight: Sight) -> PostgresView:
        """This view as somebody sees it; good as long as this one is."""
        return PostgresView(self._place, self._snapshot, self._columns, sight, self._remembered)

    @property
    def generation(self) -> int:
        """Number of the last change seen."""
        return self._now.generation

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors in it; None while the pool is new."""
        return self._now.layout.fingerprint if self._now.layout else None

    @property
    def numbering(self) -> object:
        """The same in all views of a pool: what bears a number never changes."""
        return self._now.pool

    def __len__(self) -> int:
        return self._now.profiles

    def row(self, profile_id: str) -> int:
        """Row of a profile; raises `ProfileNotFound`."""
        with plain_errors(self._place):
            row = self._remembered.row(profile_id)
        if row is None:
            raise ProfileNotFound(profile_id)
        self._ids[row] = profile_id
        return row

    def same_person(self, profile_id: str) -> tuple[str, ...]:
        """Ids of the profiles that are linked as this person, that which takes their place first."""
        self.row(profile_id)
        with plain_errors(self._place):
            first = read.links_of(self._snapshot.connection, [profile_id]).get(profile_id, profile_id)
            return (first, *read.represented_by(self._snapshot.connection, [first]))

    def linked(self) -> dict[str, str]:
        """The profiles whose place another takes, each with the id of that one."""
        with plain_errors(self._place):
            return read.links(self._snapshot.connection)

    def kept_apart(self) -> frozenset[tuple[str, str]]:
        """The pairs of ids that are not of one person."""
        with plain_errors(self._place):
            return apart.pairs(self._snapshot.connection)

    def ids(self, rows: Rows) -> list[str]:
        """Profile ids of rows, in order."""
        numbers = _numbers(rows)
        missing = [number for number in numbers if number not in self._ids]
        if missing:
            with plain_errors(self._place):
                self._ids |= dict(zip(missing, read.ids(self._snapshot, missing), strict=True))
        return [self._ids[number] for number in numbers]

    def names(self, rows: Rows) -> list[str | None]:
        """Names on the profiles of rows, in order."""
        with plain_errors(self._place):
            return read.names(self._snapshot, _numbers(rows))

    def profiles(self, rows: Rows) -> list[Profile]:
        """Profiles of rows, in order; raises `CollectionCorrupt` where a document is damaged.

        Contact details are there for a role that may read the table that they are in.
        """
        numbers = _numbers(rows)
        with plain_errors(self._place):
            found = self._remembered.profiles(numbers)
        if self._sight == EVERYTHING:
            return found
        facts = self._facts(numbers) if self._sight.companies else None
        employers = [one.insights.employers for one in facts] if facts else [()] * len(found)
        return [self._sight.profile(one, theirs) for one, theirs in zip(found, employers, strict=True)]

    def facts(self, rows: Rows) -> list[Derived]:
        """Derived values of rows, in order."""
        found = self._facts(_numbers(rows))
        return found if self._sight == EVERYTHING else [self._sight.facts(one) for one in found]

    def _facts(self, numbers: list[int]) -> list[Derived]:
        with plain_errors(self._place):
            return self._remembered.facts(numbers)

    def vectors(self, rows: Rows) -> NDArray[np.float32]:
        """Search vectors of rows, shape (len(rows), dimension)."""
        with plain_errors(self._place):
            return self._remembered.vectors(_numbers(rows))

    def features(self, rows: Rows) -> Features:
        """Rerank columns of rows, in order."""
        with plain_errors(self._place):
            return self._columns.take(self._snapshot, _numbers(rows), self._remembered.features)

    def rows(self, where: Filter = EVERYONE) -> NDArray[np.int64]:
        """Every row that qualifies, ascending."""
        with plain_errors(self._place):
            return read.rows(self._snapshot, self._condition(where))

    def search(
        self, vector: NDArray[np.float32], k: int, where: Filter = EVERYONE, *, exact: bool = False
    ) -> Candidates:
        """The min(k, number that qualify) nearest; raises `QueryError` for k below 1 or a vector of another length."""
        query = query_vector(vector, k, self._now.layout.dimension if self._now.layout else None)
        with plain_errors(self._place):
            asked = search.Asked(query, k, self._condition(where), self.count(where), exact)
            found = search.search(self._snapshot, asked, self._ids)
        if found.plan is not None:
            self._plans.append(found.plan)
        if len(found.rows) <= _TOGETHER:
            self.ids(found.rows)  # who asks for the nearest asks who they are, one by one
        return found

    def reach(self, found: Candidates) -> None:
        """The server does not say."""

    def neighbours(self, rows: Rows, k: int, where: Filter = EVERYONE) -> list[Candidates]:
        """Of each row the min(k, others) nearest, one search after another."""
        found = []
        for profile_id, vector in zip(self.ids(rows), self.vectors(rows), strict=True):
            others = msgspec.structs.replace(where, exclude_ids=(*(where.exclude_ids or ()), profile_id))
            found.append(self.search(vector, k, others))
        return found

    @property
    def plans(self) -> list[SearchPlan]:
        """How the latest searches of this view were done, in order."""
        return list(self._plans)

    def expect(self, vectors: NDArray[np.float32]) -> None:
        """The server makes nothing of that."""

    def finds_again(
        self, found: Candidates, vector: NDArray[np.float32], where: Filter = EVERYONE, since: object = None
    ) -> Candidates | None:
        """What `search` would find, where that is certain to be what it found in an earlier view; else None."""
        with plain_errors(self._place):
            asked = search.Asked(vector, 1, self._condition(where), self.count(where))
            return again(self._snapshot, found, asked)

    def changes_since(self, earlier: View) -> None:
        """The server is asked of each search what it finds now (`finds_again`)."""

    def count(self, where: Filter = EVERYONE) -> int:
        """How many profiles qualify; exact."""
        try:
            known = self._counts.get(where)
        except TypeError:  # lists in it, which nothing is known by
            return self._counted(where)
        if known is None:
            if len(self._counts) >= _COUNTS:
                self._counts.clear()
            known = self._counts[where] = self._counted(where)
        return known

    def _counted(self, where: Filter) -> int:
        clause = self._condition(where)
        if clause == EVERYBODY:
            return self._now.profiles
        if not where.exclude_ids:
            return self._asked([clause])[0]
        # who is left out is found by their ids, whoever is left is not
        others, left_out = replace(where, exclude_ids=None), called(where.exclude_ids, self._takes_place)
        if others != EVERYONE:
            every = self._condition(others)
            many, less = self._asked([every, all_of((every, left_out))])
            return many - less
        if self._remembered.takes_place(where.exclude_ids):
            return self._now.profiles - len(set(where.exclude_ids))
        return self._now.profiles - self._asked([left_out])[0]

    def _asked(self, clauses: Sequence[Clause]) -> list[int]:
        with plain_errors(self._place):
            return read.counts(self._snapshot, clauses)

    def facets(
        self, fields_: Sequence[FacetField], where: Filter = EVERYONE, limit: int = 20
    ) -> dict[FacetField, list[FacetValue]]:
        """The `limit` commonest values of each field among those that qualify; raises `QueryError` for no field."""
        fields.check_facets(fields_, limit)
        clause = self._condition(where)
        with plain_errors(self._place):
            return {
                field: facets.count_values(self._snapshot, fields.FIELD_OF_FACET[field], clause, limit, self._hidden)
                for field in fields_
            }

    def suggest(self, text: str, kinds: Sequence[SuggestionKind] = SUGGESTED, limit: int = 10) -> list[Suggestion]:
        """The values that a text most likely begins, best first; raises `QueryError` for no kind or limit."""
        fields.check_suggestions(kinds, limit)
        with plain_errors(self._place):
            return suggest.suggest(self._snapshot, text, tuple(dict.fromkeys(kinds)), limit)

    def plane(self) -> Plane | None:
        """Where everybody is on a plane; None where that is not worked out."""
        with plain_errors(self._place):
            return read.plane(self._snapshot)

    def listing(
        self,
        where: Filter = EVERYONE,
        sort: Sort = "id",
        cursor: str | None = None,
        limit: int = 50,
        *,
        skip: int = 0,
    ) -> Page:
        """Profiles that qualify in the order asked for; raises `QueryError` for a cursor that is none."""
        with plain_errors(self._place):
            rows, following = listing.page(self._snapshot, self._condition(where), sort, cursor, limit, skip)
        return Page(tuple(self.profiles(rows)), following)

    def _condition(self, where: Filter) -> Clause:
        return condition(where, self._hidden, self._takes_place)

    def _takes_place(self, profile_ids: Sequence[str]) -> Iterable[str]:
        if not self._now.has_links:
            return ()
        with plain_errors(self._place):
            return read.links_of(self._snapshot.connection, profile_ids).values()


def _numbers(rows: Rows) -> list[int]:
    numbers: list[int] = np.asarray(rows, dtype=np.int64).tolist()
    return numbers
