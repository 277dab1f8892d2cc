"""`LocalView`: one generation of a local pool."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection import fields
from recommender.collection.common import codec
from recommender.collection.common.asked import query_vector
from recommender.collection.common.damage import message
from recommender.collection.filter import EVERYONE, Filter
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query import facets, listing, search
from recommender.collection.local.query.again import LocalChanges, finds_again
from recommender.collection.local.query.exact import Products
from recommender.collection.local.query.expected import Expected
from recommender.collection.local.query.hidden import Hidden
from recommender.collection.local.query.neighbours import neighbours
from recommender.collection.local.query.selected import remembered
from recommender.collection.local.query.selection import select
from recommender.collection.local.query.suggest import suggest
from recommender.collection.local.sealed.plane import kept_plane
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.sealed.vectors import Vectors
from recommender.collection.local.truth import apart
from recommender.collection.local.truth.database import plain_errors
from recommender.collection.maintenance import Damaged
from recommender.collection.protocol import (
    SUGGESTED,
    Candidates,
    FacetField,
    FacetValue,
    Page,
    Plane,
    Reach,
    SearchPlan,
    Sort,
    Suggestion,
    SuggestionKind,
    View,
)
from recommender.collection.sight import EVERYTHING, Sight
from recommender.encoding.features import Features
from recommender.errors import CollectionCorrupt, ProfileNotFound, QueryError
from recommender.insights import Derived
from recommender.profile import Profile

#: Documents read by one statement; below the smallest limit on parameters that SQLite was ever built with.
_DOCUMENTS_AT_ONCE = 500
#: Searches of which a view remembers how they were done.
_PLANS = 64
#: Sights as which a view remembers what was selected.
_SIGHTS = 32

Rows = Sequence[int] | NDArray[np.int64]


class LocalView:
    """What `Collection.view()` gives: a state in memory, and beside it a transaction for the tail's documents.

    Args:
        connection: None for a view that is asked for no documents.
    """

    def __init__(
        self, state: State, connection: sqlite3.Connection | None, folder: Path, sight: Sight = EVERYTHING
    ) -> None:
        self._state = state
        self._connection = connection
        self._folder = folder
        self._sight, self._hidden = sight, Hidden(sight, state)
        # one question asks for the same rows, and for the nearest to the same vector, again and again
        self._selected, self._searched = (state.selected, state.searched) if sight == EVERYTHING else ({}, {})
        self._multiplied: Products | None = None
        self._expected: Expected | None = None
        self._plans: deque[SearchPlan] = deque(maxlen=_PLANS)
        self._seen: dict[Sight, LocalView] = {}

    def seen_by(self, sight: Sight) -> LocalView:
        """This view as somebody sees it; good as long as this one is."""
        if sight == self._sight:
            return self
        if sight not in self._seen:
            if len(self._seen) >= _SIGHTS:
                self._seen.clear()
            self._seen[sight] = LocalView(self._state, self._connection, self._folder, sight)
        return self._seen[sight]

    @property
    def generation(self) -> int:
        """Number of the last change seen."""
        return self._state.manifest.generation

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors in it; None while the pool is new."""
        layout = self._state.manifest.layout
        return layout.fingerprint if layout else None

    @property
    def numbering(self) -> object:
        """The same in all views whose rows mean the same versions of the same profiles."""
        return self._state.tail.numbering

    def __len__(self) -> int:
        return len(self._state.live)

    def row(self, profile_id: str) -> int:
        """Row of a profile; raises `ProfileNotFound`."""
        row = self._state.row(profile_id)
        if row is None:
            for damaged in self._state.aside:
                if damaged.profile_id == profile_id:
                    raise CollectionCorrupt(message(damaged))
            raise ProfileNotFound(profile_id)
        return row

    def same_person(self, profile_id: str) -> tuple[str, ...]:
        """Ids of the profiles that are linked as this person, that which takes their place first."""
        first = self._state.link_of(self.row(profile_id)) or profile_id
        return (first, *self._state.linked_with(first))

    def linked(self) -> dict[str, str]:
        """The profiles whose place another takes, each with the id of that one."""
        return self._state.links()

    def kept_apart(self) -> frozenset[tuple[str, str]]:
        """The pairs of ids that are not of one person."""
        assert self._connection is not None, "this view tells all but profiles"
        with plain_errors(self._folder):
            return apart.pairs(self._connection)

    @property
    def damaged(self) -> tuple[Damaged, ...]:
        """What is damaged, and therefore left out of everything else."""
        return self._state.aside

    def ids(self, rows: Rows) -> list[str]:
        """Profile ids of rows, in order."""
        return [self._state.id_of(row) for row in _numbers(rows)]

    def names(self, rows: Rows) -> list[str | None]:
        """Names on the profiles of rows, in order."""
        return [self._state.name_of(row) for row in _numbers(rows)]

    def profiles(self, rows: Rows) -> list[Profile]:
        """Profiles of rows, in order; raises `CollectionCorrupt` where a document is damaged or not there."""
        numbers = _numbers(rows)
        documents = {row: self._state.document_of(row) for row in numbers}
        recent = [row for row, document in documents.items() if document is None]
        if recent:
            stored = self._documents([self._state.seq_of(row) for row in recent])
            documents |= {row: self._checked(row, stored.get(self._state.seq_of(row))) for row in recent}
        found = [self._profile(row, documents[row]) for row in numbers]
        if self._sight == EVERYTHING:
            return found
        return [self._sight.profile(one, self._employers(row)) for one, row in zip(found, numbers, strict=True)]

    def facts(self, rows: Rows) -> list[Derived]:
        """Derived values of rows, in order."""
        found = [self._state.facts_of(row) for row in _numbers(rows)]
        return found if self._sight == EVERYTHING else [self._sight.facts(one) for one in found]

    def _employers(self, row: int) -> tuple[str, ...]:
        """Who may employ somebody now; nobody is asked where that changes nothing."""
        return self._state.facts_of(row).insights.employers if self._sight.companies else ()

    def vectors(self, rows: Rows) -> NDArray[np.float32]:
        """Search vectors of rows, shape (len(rows), dimension)."""
        return self._state.vectors(np.asarray(rows, dtype=np.int64))

    def features(self, rows: Rows) -> Features:
        """Rerank columns of rows, in order."""
        return self._state.features(np.asarray(rows, dtype=np.int64))

    def rows(self, where: Filter = EVERYONE) -> NDArray[np.int64]:
        """Every row that qualifies, ascending."""
        return as_rows(self._select(where))

    def search(
        self, vector: NDArray[np.float32], k: int, where: Filter = EVERYONE, *, exact: bool = False
    ) -> Candidates:
        """The min(k, number that qualify) nearest; raises `QueryError` for k below 1 or a vector of another length."""
        layout = self._state.manifest.layout
        query = query_vector(vector, k, layout.dimension if layout else None)
        selected = remembered(self._state, where, self._select, self._searched)
        found = search.search(self._state, self._products(query), k, selected, exact=exact)
        if found.plan is not None:
            self._plans.append(found.plan)
        return found

    def reach(self, found: Candidates) -> Reach | None:
        """Among whom `search` looked; None where every score was asked for."""
        return search.reach(found)

    def neighbours(self, rows: Rows, k: int, where: Filter = EVERYONE) -> list[Candidates]:
        """Of each row the min(k, others) nearest; raises `QueryError` for k below 1."""
        if k < 1:
            raise QueryError(f"k is {k}; give 1 or more")
        those = np.asarray(rows, np.int64)
        own = np.array([self._own(row) for row in those.tolist()], np.int64)
        return [Candidates(*one) for one in neighbours(self._state, those, own, k, self._select(where))]

    def _own(self, row: int) -> int:
        """The row that takes the place of the person of a row."""
        to = self._state.link_of(row)
        place = row if to is None else self._state.row(to)
        return row if place is None else place

    @property
    def plans(self) -> list[SearchPlan]:
        """How the latest searches of this view were done, in order."""
        return list(self._plans)

    def expect(self, vectors: NDArray[np.float32]) -> None:
        """These are searched for next, which costs less where it is known."""
        base, layout = self._state.base, self._state.layout
        fits = vectors.shape[1:] == (layout.dimension,) and bool(np.isfinite(vectors).all())
        self._expected = Expected(base.vectors, vectors) if base is not None and fits else None

    def finds_again(
        self, found: Candidates, vector: NDArray[np.float32], where: Filter = EVERYONE, since: object = None
    ) -> Candidates | None:
        """What `search` would find, where that is certain to be what it found in an earlier view; else None."""
        selected = remembered(self._state, where, self._select, self._searched)
        return finds_again(self._state, found, vector, selected, since if isinstance(since, int) else None)

    def changes_since(self, earlier: View) -> LocalChanges | None:
        """What was written since an earlier view; None where rows were numbered otherwise then."""
        return LocalChanges.between(earlier._state, self._state) if isinstance(earlier, LocalView) else None

    def count(self, where: Filter = EVERYONE) -> int:
        """How many profiles qualify; exact."""
        return len(self._select(where))

    def facets(
        self, fields_: Sequence[FacetField], where: Filter = EVERYONE, limit: int = 20
    ) -> dict[FacetField, list[FacetValue]]:
        """The `limit` commonest values of each field among those that qualify; raises `QueryError` for no field."""
        fields.check_facets(fields_, limit)
        selected = self._select(where)
        return {f: self._counted(fields.FIELD_OF_FACET[f], selected, limit) for f in fields_}

    def _counted(self, field: str, selected: Any, limit: int) -> list[FacetValue]:
        if not self._hidden.touches(field):
            return facets.count_values(self._state, field, selected, limit)
        every = facets.count_values(self._state, field, selected, sum(1 for _ in self._state.values(field)) or 1)
        return self._hidden.counts(self._state, field, selected, every)[:limit]

    def suggest(self, text: str, kinds: Sequence[SuggestionKind] = SUGGESTED, limit: int = 10) -> list[Suggestion]:
        """The values that a text most likely begins, best first; raises `QueryError` for no kind or limit."""
        fields.check_suggestions(kinds, limit)
        return suggest(self._state, text, tuple(dict.fromkeys(kinds)), limit)

    def plane(self) -> Plane | None:
        """Where everybody is on a plane; None where that is not worked out."""
        base = self._state.base
        placed = kept_plane(self._folder, base) if base else None
        if base is None or placed is None:
            return None
        rows = self.rows()
        places, groups = np.full((len(rows), 2), np.nan, np.float32), np.zeros(len(rows), np.uint8)
        sealed = rows[: np.searchsorted(rows, len(base))]
        places[: len(sealed)] = placed.places[sealed]
        groups[: len(sealed)] = placed.groups[sealed]
        return Plane(rows, places, groups)

    @property
    def sealed(self) -> Segment | None:
        """The rows that derived files hold; None where all are in memory."""
        return self._state.base

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
        rows, following = listing.page(self._state, self.rows(where), sort, cursor, limit, skip)
        return Page(tuple(self.profiles(rows)), following)

    def _select(self, where: Filter) -> Any:
        """The living rows that qualify; not to be changed."""
        return select(self._state, where, self._selected, self._hidden)

    def _products(self, vector: NDArray[np.float32]) -> Products:
        """Those of the sealed rows, kept for the vector that was asked with last."""
        kept = self._multiplied
        if kept is None or not np.array_equal(kept.vector, vector):
            sealed = self._state.base.vectors if self._state.base else Vectors(np.empty((0, len(vector)), np.float32))
            kept = self._multiplied = Products(sealed, vector.copy(), self._expected)
        return kept

    def _documents(self, seqs: Sequence[int]) -> dict[int, object]:
        """Number → document of those of these numbers that are stored; damage may have made anything of it."""
        documents: dict[int, object] = {}
        assert self._connection is not None, "this view tells all but profiles"
        with plain_errors(self._folder):
            for start in range(0, len(seqs), _DOCUMENTS_AT_ONCE):
                asked = seqs[start : start + _DOCUMENTS_AT_ONCE]
                marks = ",".join("?" * len(asked))
                documents.update(
                    self._connection.execute(
                        f"SELECT seq, CAST(document AS BLOB) FROM profiles WHERE seq IN ({marks})", asked
                    )
                )
        return documents

    def _checked(self, row: int, document: object) -> bytes | None:
        """A document that the database gave, once its checksum has held."""
        if document is None:
            return None
        if isinstance(document, bytes) and crc32(document) == self._state.document_check_of(row):
            return document
        damaged = Damaged(self._state.seq_of(row), self._state.id_of(row), "the checksum of its document does not hold")
        raise CollectionCorrupt(message(damaged))

    def _profile(self, row: int, document: bytes | None) -> Profile:
        if document is None:
            seq = self._state.seq_of(row)
            raise CollectionCorrupt(f"profile number {seq} is indexed but not stored; run `recommender check`")
        try:
            return codec.decode_document(document)
        except (ValueError, msgspec.MsgspecError) as error:
            damaged = Damaged(self._state.seq_of(row), self._state.id_of(row), f"it cannot be decoded ({error})")
            raise CollectionCorrupt(message(damaged)) from error


def _numbers(rows: Rows) -> list[int]:
    numbers: list[int] = np.asarray(rows, dtype=np.int64).tolist()
    return numbers
