"""`Segment`: the sealed rows 0 to n - 1 of a pool, mapped from the derived files of one folder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from recommender.collection import fields
from recommender.collection.common import codec
from recommender.collection.common.damage import Insert
from recommender.collection.local.sealed.columns.sealed_columns import SealedColumns
from recommender.collection.local.sealed.columns.writer import kinds as column_kinds
from recommender.collection.local.sealed.costs import Costs
from recommender.collection.local.sealed.file.layout import Origin
from recommender.collection.local.sealed.file.reader import Sealed, Unmapped, open_sealed, open_unmapped
from recommender.collection.local.sealed.hnsw import Hnsw, StoredGraph
from recommender.collection.local.sealed.packed import Packed, Sorted, Unread
from recommender.collection.local.sealed.postings import FieldPostings
from recommender.collection.local.sealed.signs import Signs, StoredSigns
from recommender.collection.local.sealed.vectors import sealed_vectors
from recommender.collection.local.sealed.words import Words
from recommender.encoding.features import Features
from recommender.errors import CollectionCorrupt

F = TypeVar("F", Sealed, Unmapped)

#: The file that holds whether there is an index, and the rows' numbers and orders; written last, so read first.
ROWS = "rows"

#: The files of which a question reads little: whatever it filters by, and an index that has been copied already.
_SELDOM = {"postings", "words", "hnsw"}
#: Those of which it reads what it shows.
UNREAD = ("documents", "facts", "details")
#: How those begin of which it reads those who are near: like what is shown, checked where it is read.
_NEAR = "entries-"

#: Ids whose rows are remembered: those of the answers that a service keeps, a hundred bytes each.
_REMEMBERED = 20_000


class Segment:
    """Rows as the derived files hold them; every one of them lived when the files were written.

    Attributes:
        name: of the folder.
        origin: what the files were made from.
        seqs, years: a number a row; years -1 where unknown.
        id_rank, name_rank: a row's place by id, and by name and id.
        documents, facts: as the database holds them, a byte string a row.
        vectors: the search vectors, of which exact scores are made.
        words: field → what finds its values by their words.
        index, signs: over the vectors, None for a small segment.
        costs: of searching it.
        aside: numbers of profiles that were damaged when the files were written, and are not among the rows.
        links: row whose place another profile takes → the id of that one.
        represented: id of a profile → the rows whose place it takes.

    Args:
        whole: whether every byte is checked now, and not, of large files that a question reads little of, what is read.

    Raises `CollectionCorrupt` where files are damaged; where they are not checked as a whole, so may whoever reads.
    """

    def __init__(self, folder: Path, layout: codec.Layout, *, whole: bool = True) -> None:
        rows = open_sealed(folder, ROWS)
        self.name = folder.name
        self.origin: Origin = rows.origin
        with ThreadPoolExecutor() as threads:  # most of the time goes into checksums, which need no lock
            mapped = [kind for kind in kinds(layout) if kind not in UNREAD]
            opened = threads.map(lambda kind: self._open(folder, kind, whole or not kind.startswith(_NEAR)), mapped)
            unread = threads.map(lambda kind: self._of_this(open_unmapped(folder, kind, whole=whole)), UNREAD)
            files, shown = dict(zip(mapped, opened, strict=True)), list(unread)
            self.documents, self.facts, details = map(Unread, shown, UNREAD)
        self._blocks = [*(file.blocks for file in files.values()), *(file.blocks for file in shown)]
        self.seqs: NDArray[np.int64] = rows.arrays["seqs"]
        self.aside: NDArray[np.int64] = rows.arrays.get("aside", np.empty(0, np.int64))
        self.years: NDArray[np.int32] = rows.arrays["years"]
        self.id_rank: NDArray[np.uint32] = rows.arrays["id_rank"]
        self.name_rank: NDArray[np.uint32] = rows.arrays["name_rank"]
        self._id_order = memoryview(rows.arrays["id_order"])  # type: ignore[arg-type]  # gives plain ints
        self._name_order = rows.arrays["name_order"]
        self._named = rows.arrays["named"]
        self._ids = Packed(rows, "ids")
        self._names = Packed(rows, "names")
        linked = rows.arrays.get("linked", np.empty(0, np.int64))
        to = Packed(rows, "linked_to") if len(linked) else None
        self.links = {row: to.text(at) for at, row in enumerate(linked.tolist())} if to else {}
        self.represented: dict[str, list[int]] = {}
        for row, one in self.links.items():
            self.represented.setdefault(one, []).append(row)
        self.vectors = sealed_vectors(files["vectors"])
        self._columns = SealedColumns(files, details, layout)
        self.postings = {field: FieldPostings(files["postings"], field) for field in fields.FIELDS}
        self.words = {field: Words.sealed(files["words"], field) for field in fields.FIELD_OF_SUGGESTION.values()}
        self._layout = layout
        self._rows: dict[str, int] = {}
        self._codes: dict[tuple[str, str], int | None] = {}
        self.index: Hnsw | None = None
        self.signs: Signs | None = None
        self.costs = Costs()
        if rows.arrays["indexed"][0]:
            stored = self._open(folder, "hnsw").arrays
            self.index = Hnsw(StoredGraph(*(stored[name] for name in StoredGraph._fields)), self.vectors)
            signs = self._open(folder, "signs").arrays
            self.signs = Signs(StoredSigns(*(signs[name] for name in StoredSigns._fields)))
            self.costs = Costs(*signs["costs"].tolist())

    def __len__(self) -> int:
        return len(self.seqs)

    @property
    def problem(self) -> str | None:
        """What was found to be damaged since it was opened; None where nothing was."""
        return next((blocks.problem for blocks in self._blocks if blocks.problem), None)

    def id_of(self, row: int) -> str:
        """The profile id of a row."""
        return self._ids.text(row)

    def name_of(self, row: int) -> str | None:
        """The name on the profile of a row."""
        return self._names.text(row) if self._named[row] else None

    def row(self, profile_id: str) -> int | None:
        """The row of a profile; remembered for a while, as one question asks for it again and again."""
        row = self._rows.get(profile_id)
        if row is None:
            at = self.ids_in_order.find(profile_id)
            if at is None:
                return None
            row = self._id_order[at]
            if len(self._rows) > _REMEMBERED:
                self._rows.clear()
            self._rows[profile_id] = row
        return row

    @property
    def ids_in_order(self) -> Sorted[str]:
        """Every profile id, ascending."""
        return Sorted(len(self), lambda place: self._ids.text(self._id_order[place]))

    def row_by_name(self, place: int) -> int:
        """The row that is at a place when sorted by name and id."""
        return int(self._name_order[place])

    def position_of(self, seqs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of those of these numbers that are here."""
        if not len(self):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self.seqs, seqs), len(self) - 1)
        rows: NDArray[np.int64] = at[self.seqs[at] == seqs]
        return rows

    def arrival_of(self, seq: int) -> Insert | None:
        """The profile of a number as it was stored, None where it is not here."""
        for row in self.position_of(np.array([seq])).tolist():
            features = self.features_of(np.array([row]))
            return Insert(
                seq, self.id_of(row), self.name_of(row), self.documents[row], self.facts[row],
                self.vectors.encoded(row), codec.encode_features(features, self._layout), crc32(self.documents[row]),
                self.links.get(row),
            )  # fmt: skip
        return None

    def features_of(self, rows: NDArray[np.int64]) -> Features:
        """The features of rows, in order."""
        return self._columns.take(rows)

    def code(self, field: str, value: str) -> int | None:
        """Position of a value among its field's values; remembered, absence too, as the tail asks again and again."""
        key = (field, value)
        if key not in self._codes:
            if len(self._codes) > 100_000:
                self._codes.clear()
            self._codes[key] = self.postings[field].values.find(value)
        return self._codes[key]

    def bitmap(self, field: str, value: str) -> BitMap | None:
        """Rows that have this value; not to be changed."""
        code = self.code(field, value)
        return None if code is None else self.postings[field].bitmap(code)

    def values(self, field: str) -> Iterator[str]:
        """Every value of a field, ascending."""
        return iter(self.postings[field].values)

    def _open(self, folder: Path, kind: str, whole: bool = True) -> Sealed:
        return self._of_this(open_sealed(folder, kind, seldom=kind in _SELDOM, whole=whole))

    def _of_this(self, file: F) -> F:
        if file.origin != self.origin:
            raise CollectionCorrupt(f"{file.path.name} is of {file.origin}, its neighbours of {self.origin}")
        return file


def kinds(layout: codec.Layout) -> tuple[str, ...]:
    """The files that every segment has beside `rows`."""
    return (
        "documents",
        "facts",
        "vectors",
        "offsets",
        "postings",
        "words",
        *column_kinds(layout),
    )
