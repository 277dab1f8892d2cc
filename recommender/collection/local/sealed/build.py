"""Writing the derived files of a segment, straight from the database, in one pass over its profiles.

Nothing of an older segment goes in: each rebuild reads the truth alone, and needs little more memory than
the postings take, whatever the size of the pool.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from recommender.collection import fields
from recommender.collection.common import codec
from recommender.collection.common.damage import Decoded, Inserts, decoded, message
from recommender.collection.fields import name_key
from recommender.collection.local.sealed.columns.narrow import DoesNotFit
from recommender.collection.local.sealed.columns.writer import ColumnsWriter
from recommender.collection.local.sealed.costs import measured
from recommender.collection.local.sealed.file.layout import Origin
from recommender.collection.local.sealed.file.reader import open_sealed
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.hnsw import BuildStopped, Hnsw
from recommender.collection.local.sealed.hnsw import build as build_index
from recommender.collection.local.sealed.packed import PackedWriter, write_packed
from recommender.collection.local.sealed.postings import FieldBuilder
from recommender.collection.local.sealed.segment import ROWS, Segment
from recommender.collection.local.sealed.signs import Signs, signs_of
from recommender.collection.local.sealed.vectors import Vectors, VectorsWriter, sealed_vectors
from recommender.collection.local.sealed.words import write_words
from recommender.collection.local.truth.store import all_are_coded, count, inserts_since, manifest
from recommender.collection.maintenance import Damaged
from recommender.errors import CollectionCorrupt


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build.

    Attributes:
        index_from: rows from which on an HNSW index is built.
        stop: asked now and then; once true the build raises `BuildStopped`.
        threads: for building the index.
        with_damaged: whether to go on where a profile is damaged, without it or with the copy that the segment before
            holds of it; else the build raises `CollectionCorrupt`.
    """

    index_from: int
    stop: Callable[[], bool]
    threads: int = 1
    with_damaged: bool = True


class _Form(NamedTuple):
    """In how few bits numbers are kept: vectors to a byte a number, and columns narrow."""

    coded: bool
    narrow: bool


class _Streams:
    """The files whose arrays are too large to gather: documents, facts, vectors and features go out as they come."""

    def __init__(self, begin: Callable[[str], SealedWriter], layout: codec.Layout, form: _Form) -> None:
        self._offsets = begin("offsets")
        self._documents = PackedWriter(begin("documents"), "documents")
        self._facts = PackedWriter(begin("facts"), "facts")
        self._vectors = VectorsWriter(begin("vectors"), layout.dimension, form.coded)
        self._columns = ColumnsWriter(begin, layout, form.narrow)

    def extend(self, batch: Decoded) -> None:
        """The next rows."""
        self._documents.extend([insert.document for insert in batch.inserts])
        self._facts.extend([insert.facts for insert in batch.inserts])
        self._vectors.extend(batch)
        self._columns.extend(batch.features)

    def finish(self) -> None:
        """Write where each row's entries begin."""
        self._documents.finish()
        self._facts.finish()
        self._vectors.finish()
        self._columns.finish(self._offsets)


class _Gathered:
    """What is written only once every row has been seen."""

    def __init__(self) -> None:
        self._seqs = array("q")
        self._aside = array("q")
        self._years = array("q")
        self._ids: list[str] = []
        self._names: list[str | None] = []
        self._links: dict[int, str] = {}
        self._postings = {field: FieldBuilder() for field in fields.FIELDS}

    def __len__(self) -> int:
        return len(self._ids)

    def extend(self, batch: Decoded, damaged: list[Damaged]) -> None:
        """The next rows, and those that are left out."""
        self._aside.extend(one.seq for one in damaged)
        inserts = batch.inserts
        self._links.update(
            (row, insert.linked_to) for row, insert in enumerate(inserts, len(self)) if insert.linked_to is not None
        )
        for insert, facts in zip(inserts, batch.facts, strict=True):
            self._years.append(-1 if facts.years is None else facts.years)
            for field, values in fields.values(facts, insert.name).items():
                self._postings[field].add(values)
        self._seqs.extend(insert.seq for insert in inserts)
        self._ids.extend(insert.profile_id for insert in inserts)
        self._names.extend(insert.name for insert in inserts)

    @property
    def seen(self) -> int:
        """How many profiles there are, those left out among them."""
        return len(self._seqs) + len(self._aside)

    def write_postings(self, file: SealedWriter) -> None:
        """Write the bitmaps of every field."""
        for field, postings in self._postings.items():
            postings.write(file, field)

    def write_words(self, file: SealedWriter) -> None:
        """Write what finds values by their words."""
        for field in fields.FIELD_OF_SUGGESTION.values():
            write_words(file, field, self._postings[field].values())

    def write_rows(self, file: SealedWriter, indexed: bool) -> None:
        """Write ids, names, numbers and the orders of a listing."""
        ids, names = self._ids, self._names
        write_packed(file, "ids", (profile_id.encode() for profile_id in ids))
        write_packed(file, "names", ((name or "").encode() for name in names))
        file.add("named", np.array([name is not None for name in names]))
        file.add("seqs", np.frombuffer(self._seqs, np.int64))
        file.add("aside", np.frombuffer(self._aside, np.int64))
        if self._links:
            file.add("linked", np.array(list(self._links), np.int64))
            write_packed(file, "linked_to", (to.encode() for to in self._links.values()))
        file.add("years", np.frombuffer(self._years, np.int64).astype(np.int32))
        file.add("indexed", np.array([indexed]))
        orders = {
            "id": sorted(range(len(ids)), key=ids.__getitem__),
            "name": sorted(range(len(ids)), key=lambda row: name_key(names[row], ids[row])),
        }
        for name, order in orders.items():
            rank = np.empty(len(order), np.uint32)
            rank[order] = np.arange(len(order), dtype=np.uint32)
            file.add(f"{name}_order", np.array(order, dtype=np.uint32))
            file.add(f"{name}_rank", rank)


def build(
    connection: sqlite3.Connection,
    folder: Path,
    layout: codec.Layout,
    origin: Origin,
    plan: Plan,
    before: Segment | None,
) -> int:
    """Write every file of a segment of all profiles that the connection's transaction sees; how many there are.

    Ends the transaction. Raises `BuildStopped` once the plan says so, `OSError` where the disk does,
    `CollectionCorrupt` where profiles are missing from the database.

    Args:
        before: the segment in use, whose rows stand in for profiles that were damaged since.
    """
    coded = all_are_coded(connection, layout.dimension)
    rows_of = partial(_write_rows, connection, folder, layout, origin, plan, before)
    try:
        gathered = rows_of(_Form(coded, narrow=True))
    except DoesNotFit:
        for unfit in folder.iterdir():
            unfit.unlink()
        gathered = rows_of(_Form(coded, narrow=False))
    _assert_complete(connection, gathered.seen, before)
    connection.execute("ROLLBACK")  # all has been read: the log need not wait for the index
    with SealedWriter(folder, "postings", origin) as file:
        gathered.write_postings(file)
    with SealedWriter(folder, "words", origin) as file:
        gathered.write_words(file)
    indexed = len(gathered) >= plan.index_from
    if indexed:
        vectors = sealed_vectors(open_sealed(folder, "vectors"))
        _write_searched(folder, origin, vectors, plan)
    with SealedWriter(folder, ROWS, origin) as file:
        gathered.write_rows(file, indexed)
    return len(gathered)


def _write_searched(folder: Path, origin: Origin, vectors: Vectors, plan: Plan) -> None:
    """Write what finds the nearest of many rows, and what its steps cost."""
    graph, stored = build_index(vectors, plan.stop, plan.threads), signs_of(vectors)
    with SealedWriter(folder, "hnsw", origin) as file:
        for name, array in graph._asdict().items():
            file.add(name, array)
    with SealedWriter(folder, "signs", origin) as file:
        for name, array in stored._asdict().items():
            file.add(name, array)
        file.add("costs", measured(vectors, Signs(stored), Hnsw(graph, vectors)))


def _write_rows(
    connection: sqlite3.Connection,
    folder: Path,
    layout: codec.Layout,
    origin: Origin,
    plan: Plan,
    before: Segment | None,
    form: _Form,
) -> _Gathered:
    """Write what goes out as it comes; raises `DoesNotFit` where numbers need more bits than the form gives."""
    gathered = _Gathered()
    with ExitStack() as opened:
        streams = _Streams(lambda kind: opened.enter_context(SealedWriter(folder, kind, origin)), layout, form)
        for batch, damaged in _batches(connection, layout, plan, before):
            gathered.extend(batch, damaged)
            streams.extend(batch)
        streams.finish()
    return gathered


def _batches(
    connection: sqlite3.Connection, layout: codec.Layout, plan: Plan, before: Segment | None
) -> Iterator[tuple[Decoded, list[Damaged]]]:
    """The profiles by number, sound or made good, and those that are neither."""
    for inserts in inserts_since(connection, 0):
        if plan.stop():
            raise BuildStopped
        batch, damaged = decoded(inserts, layout)
        if damaged and not plan.with_damaged:
            raise CollectionCorrupt(message(damaged[0]))
        copies = [copy for one in damaged if before and (copy := before.arrival_of(one.seq))]
        if copies:
            batch, _ = decoded(Inserts(sorted([*batch.inserts, *copies]), []), layout)
            made_good = {copy.seq for copy in copies}
            damaged = [one for one in damaged if one.seq not in made_good]
        yield batch, damaged


def _assert_complete(connection: sqlite3.Connection, seen: int, before: Segment | None) -> None:
    """Hold what was read to what must be there: a damaged page can hide profiles without a word from SQLite."""
    listed = count(connection)
    known = seen if before is None else _known(connection, before)
    if not seen == listed == known:
        raise CollectionCorrupt(
            f"of {max(listed, known)} profiles {seen} can be read; recommender check --repair, or restore BACKUP"
        )


def _known(connection: sqlite3.Connection, before: Segment) -> int:
    """How many profiles there must be, as each number since the segment is that of an insert or of a tombstone."""
    since = before.origin.reaches
    left = connection.execute("SELECT COUNT(*) FROM departures WHERE seq > ?", (since,)).fetchone()[0]
    return len(before) + len(before.aside) + manifest(connection).generation - since - 2 * int(left)
