"""`State`: the pool in memory at one generation, as a value. Following the log makes the next one."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap, FrozenBitMap

from recommender.collection.common import codec
from recommender.collection.common.damage import decoded
from recommender.collection.filter import Filter
from recommender.collection.local.generation.tail import Tail
from recommender.collection.local.sealed.records import merged, take
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.truth.store import (
    Manifest,
    count,
    inserts_since,
    manifest,
    tombstones_since,
    with_numbers,
)
from recommender.collection.maintenance import Damaged
from recommender.encoding.features import Features
from recommender.insights import Derived

_log = logging.getLogger(__name__)

_NOWHERE = BitMap()


@dataclass(frozen=True)
class State:
    """Everything that questions about one generation are answered from, except the tail's documents.

    Rows are numbered through: those of the sealed segment first, then those of the tail.

    Attributes:
        standing: of the database at this generation.
        base: the sealed rows, None where all are in the tail.
        tail: rows in memory; may have grown past this generation since.
        live: rows that are in the pool at this generation and take a person's place.
        linked: rows that are in the pool too, of people whose place another profile takes.
        aside: what is damaged and left out of all else.
        selected, searched: what was found out of filters by those who see everything, kept for those who ask next.
    """

    manifest: Manifest
    base: Segment | None
    tail: Tail
    live: FrozenBitMap
    linked: FrozenBitMap = FrozenBitMap()  # noqa: RUF009 - never changed
    aside: tuple[Damaged, ...] = ()
    selected: dict[Filter, Any] = field(default_factory=dict, compare=False)
    searched: dict[Filter, Any] = field(default_factory=dict, compare=False)

    @property
    def layout(self) -> codec.Layout:
        """Of the vectors and features held."""
        return self.manifest.layout or codec.Layout.none()

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Of each row there is, or was, whether it takes a place."""
        alive = np.zeros(self.tail.end, np.bool_)
        alive[as_rows(self.live)] = True
        return alive

    @cached_property
    def end(self) -> int:
        """Position after the last row that lives; whatever comes later lies above it."""
        return max([self.tail.start, *(rows.max() + 1 for rows in (self.live, self.linked) if rows)])

    @property
    def stored(self) -> int:
        """How many rows are in the pool at this generation."""
        return len(self.live) + len(self.linked)

    def bitmap(self, field: str, value: str) -> BitMap:
        """Rows with this value, among them rows that do not live at this generation; not to be changed."""
        sealed = self.base.bitmap(field, value) if self.base else None
        recent = self.tail.bitmap(field, value)
        if sealed is None or recent is None:
            return sealed or recent or _NOWHERE
        return sealed | recent

    def values(self, field: str) -> Iterator[str]:
        """Every value of a field, among them values that only dead rows have."""
        sealed = set(self.base.values(field)) if self.base else set()
        yield from sealed
        yield from (value for value, _ in self.tail.postings(field) if value not in sealed)

    def row(self, profile_id: str) -> int | None:
        """The row of a profile, None where it is not in the pool."""
        for row in reversed(self.tail.positions(profile_id)):
            if row in self.live or row in self.linked:
                return row
        sealed = self.base.row(profile_id) if self.base else None
        return sealed if sealed is not None and (sealed in self.live or sealed in self.linked) else None

    def place(self, profile_id: str) -> int | None:
        """The row that takes this person's place, None where the profile is not in the pool."""
        row = self.row(profile_id)
        to = None if row is None else self.link_of(row)
        return row if to is None else self.row(to)

    def link_of(self, row: int) -> str | None:
        """The id of the profile that takes the place of the person of a row, None where the row does."""
        if row not in self.linked:
            return None
        links = self.base.links if self.base and row < self.tail.start else self.tail.links
        return links[row]

    def links(self) -> dict[str, str]:
        """Ids of the profiles whose place another takes, in the order of their rows, each with the id of that one."""
        return {self.id_of(row): self.link_of(row) or "" for row in self.linked}

    def linked_with(self, profile_id: str) -> list[str]:
        """Ids of the profiles whose place this one takes, in the order of their rows."""
        sealed = self.base.represented.get(profile_id, ()) if self.base else ()
        return [self.id_of(row) for row in (*sealed, *self.tail.represented.get(profile_id, ())) if row in self.linked]

    def id_of(self, row: int) -> str:
        """The profile id of a row."""
        if self.base and row < self.tail.start:
            return self.base.id_of(row)
        return self.tail.ids[row - self.tail.start]

    def name_of(self, row: int) -> str | None:
        """The name on the profile."""
        if self.base and row < self.tail.start:
            return self.base.name_of(row)
        return self.tail.names[row - self.tail.start]

    def facts_of(self, row: int) -> Derived:
        """The derived values of a row."""
        if self.base and row < self.tail.start:
            return codec.decode_facts(self.base.facts[row])
        return codec.decode_facts(self.tail.facts[row - self.tail.start])

    def document_of(self, row: int) -> bytes | None:
        """The document of a sealed row, as stored; the database keeps those of the tail, as few of them are read."""
        return self.base.documents[row] if self.base and row < self.tail.start else None

    def document_check_of(self, row: int) -> int:
        """The checksum of the document of a row of the tail."""
        return int(self.tail.document_checks.array[row - self.tail.start])

    def seq_of(self, row: int) -> int:
        """The number of a row."""
        if self.base and row < self.tail.start:
            return int(self.base.seqs[row])
        return int(self.tail.seqs.array[row - self.tail.start])

    def years_of(self, row: int) -> int:
        """Years of experience, -1 where unknown."""
        if self.base and row < self.tail.start:
            return int(self.base.years[row])
        return int(self.tail.years.array[row - self.tail.start])

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Search vectors, shape (len(rows), dimension), a copy."""
        sealed = rows < self.tail.start
        there = np.count_nonzero(sealed)
        if self.base is None or not there:
            return self.tail.vectors.take(rows - self.tail.start)
        if there == len(rows):
            return self.base.vectors.take(rows)
        vectors = np.empty((len(rows), self.layout.dimension), dtype=np.float32)
        vectors[sealed] = self.base.vectors.take(rows[sealed])
        vectors[~sealed] = self.tail.vectors.take(rows[~sealed] - self.tail.start)
        return vectors

    def features(self, rows: NDArray[np.int64]) -> Features:
        """Rerank columns of rows, in order."""
        there = np.count_nonzero(rows < self.tail.start)
        if self.base is None or not there:
            return take(self.tail.features.records, rows - self.tail.start, self.layout)
        if there == len(rows):
            return self.base.features_of(rows)
        recent = rows >= self.tail.start
        sealed, late = self.base.features_of(rows[~recent]), rows[recent] - self.tail.start
        return merged(sealed, take(self.tail.features.records, late, self.layout), recent, self.layout)


def begin(connection: sqlite3.Connection, base: Segment | None) -> State:
    """The state of what this connection's transaction sees, on this base; what is damaged is logged."""
    state = on_base(connection, base)
    if base is not None:
        state = _set_aside(state, with_numbers(connection, base.aside.tolist()).damaged)
    stored, known = count(connection), state.stored + len(state.aside)
    if stored != known:
        state = _set_aside(state, [Damaged(0, "", f"{stored} profiles are listed by id, and {known} by number")])
    return state


def on_base(connection: sqlite3.Connection, base: Segment | None) -> State:
    """The same of a database that need not hold what the base does."""
    now = manifest(connection)
    reached = base.origin.reaches if base else 0
    sealed = len(base) if base else 0
    tail = Tail(sealed, now.layout or codec.Layout.none())
    before = Manifest(now.pool, reached, now.floor, now.published, now.layout)
    linked = FrozenBitMap(base.links if base else ())
    return follow(State(before, base, tail, FrozenBitMap(range(sealed)) - linked, linked), connection)


def follow(state: State, connection: sqlite3.Connection) -> State:
    """The next state: `state` and all that has come since, as this connection's transaction sees it."""
    since, now = state.manifest.generation, manifest(connection)
    tail, live, linked = state.tail, BitMap(state.live), BitMap(state.linked)
    arrived, damaged = 0, list[Damaged]()
    for inserts in inserts_since(connection, since):
        before = tail.end
        batch, wrong = decoded(inserts, state.layout)
        tail.append(batch)
        live.add_range(before, tail.end)
        linked.update(row for row in range(before, tail.end) if row in tail.links)
        damaged += wrong
        arrived += len(batch.inserts) + len(wrong)
    left = tombstones_since(connection, since)
    gone = np.array(left.gone, dtype=np.int64)
    live -= linked
    for rows in (live, linked) if len(gone) else ():
        rows.difference_update(BitMap(tail.position_of(gone)))
        if state.base:
            rows.difference_update(BitMap(state.base.position_of(gone)))
    # every number is that of a profile that is here, of one that came and left, or of a tombstone
    missing = now.generation - since - arrived - len(left.seqs) - int(np.count_nonzero(gone > since))
    if missing and since >= now.floor:
        damaged.append(Damaged(0, "", f"{missing} of the numbers {since + 1} to {now.generation} are missing"))
    away = set(left.gone)
    aside = tuple(one for one in state.aside if one.seq not in away)
    return _set_aside(State(now, state.base, tail, FrozenBitMap(live), FrozenBitMap(linked), aside), damaged)


def _set_aside(state: State, damaged: Sequence[Damaged]) -> State:
    for one in damaged:
        # by its number: who it is, `recommender check` says to whom may know
        what = "left out of every answer: stored profile number %d is damaged: %s; recommender check --repair"
        _log.warning(what, one.seq, one.problem)
    return replace(state, aside=(*state.aside, *damaged)) if damaged else state


def as_rows(bitmap: Any) -> NDArray[np.int64]:
    """The rows of a bitmap, ascending."""
    return np.frombuffer(bitmap.to_array(), dtype=np.uint32).astype(np.int64) if bitmap else np.empty(0, np.int64)
