"""`Tail`: the rows that came after the sealed segment, in memory, only ever appended to.

A reader knows how many rows its generation has; whatever is appended later lies above that and is masked
by the generation's bitmap of living rows. So a reader and the one writer need no lock between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection import fields
from recommender.collection.common import codec
from recommender.collection.common.damage import Decoded
from recommender.collection.local.generation.growing import Growing, GrowingRecords, GrowingVectors
from recommender.collection.local.generation.recent_words import RecentWords
from recommender.collection.local.sealed.records import Records
from recommender.collection.local.sealed.vectors import Vectors


class Tail:
    """Rows `start`, `start` + 1, … in the order of their numbers.

    Attributes:
        start: position of the first row.
        numbering: the same for all states whose rows are numbered alike.
        seqs: the rows' numbers, ascending.
        ids, names, facts: a value a row.
        years: of experience, -1 where unknown.
        words: field → what finds its values by their words.
        document_checks: checksums of the documents, which are left in the database.
        links: row whose place another profile takes, or took → the id of that one.
        represented: id of a profile → the rows whose place it takes or took.
    """

    def __init__(self, start: int, layout: codec.Layout) -> None:
        self.start = start
        self.numbering = object()
        self._layout = layout
        self.seqs = Growing("i8")
        self.years = Growing("i8")
        self.document_checks = Growing("u4")
        self._vectors = GrowingVectors(layout.dimension)
        self.features = GrowingRecords(layout)
        self.ids: list[str] = []
        self.names: list[str | None] = []
        self.facts: list[bytes] = []
        self.links: dict[int, str] = {}
        self.represented: dict[str, list[int]] = {}
        self._positions: defaultdict[str, list[int]] = defaultdict(list)
        self._postings: dict[str, dict[str, BitMap]] = {field: {} for field in fields.FIELDS}
        self.words = {f: RecentWords(self._postings[f]) for f in fields.FIELD_OF_SUGGESTION.values()}

    @property
    def end(self) -> int:
        """Position after the last row."""
        return self.start + len(self.ids)

    @property
    def vectors(self) -> Vectors:
        """The search vectors of all rows there are."""
        return self._vectors.vectors

    def append(self, batch: Decoded) -> None:
        """Add rows, in ascending order of their numbers."""
        inserts = batch.inserts
        self.seqs.append(np.array([insert.seq for insert in inserts], np.int64))
        self.document_checks.append(np.array([insert.document_check for insert in inserts], np.uint32))
        self.years.append(np.array([-1 if f.years is None else f.years for f in batch.facts], np.int64))
        self._vectors.append(batch)
        self.features.append(Records.of(batch.features, self._layout))
        position = self.end
        for insert, of in zip(inserts, batch.facts, strict=True):
            for field, values in fields.values(of, insert.name).items():
                postings = self._postings[field]
                for value in values:
                    if value in postings:
                        postings[value].add(position)
                    else:
                        postings[value] = BitMap((position,))
            self._positions[insert.profile_id].append(position)
            if insert.linked_to is not None:
                self.links[position] = insert.linked_to
                self.represented.setdefault(insert.linked_to, []).append(position)
            position += 1
        self.names.extend(insert.name for insert in inserts)
        self.facts.extend(insert.facts for insert in inserts)
        self.ids.extend(insert.profile_id for insert in inserts)

    def positions(self, profile_id: str) -> Sequence[int]:
        """Where this id is or was; at most one of them lives in any one generation."""
        return self._positions.get(profile_id, ())

    def position_of(self, seqs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions of those of these numbers that are here."""
        mine = self.seqs.array
        at = np.searchsorted(mine, seqs)
        here = (at < len(mine)) & (mine[np.minimum(at, len(mine) - 1)] == seqs) if len(mine) else at < 0
        return self.start + at[here]

    def bitmap(self, field: str, value: str) -> BitMap | None:
        """Rows that have this value."""
        return self._postings[field].get(value)

    def postings(self, field: str) -> Iterator[tuple[str, BitMap]]:
        """Each value of a field with its rows."""
        return iter(list(self._postings[field].items()))
