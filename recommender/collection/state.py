"""`State`: the pool in memory at one generation, as a value. Following the log makes the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap, FrozenBitMap

from recommender.collection import codec
from recommender.collection.growing import take
from recommender.collection.store import Standing, standing
from recommender.collection.tail import Arrival, Tail
from recommender.encoding.features import COLUMNS, Features
from recommender.facts.facts import Facts

#: Rows taken from the log at a time.
_STEP = 2_000
_NO_LAYOUT = codec.Layout("", 0, " ".join(f"{c.name}:{c.dtype}:0:{c.group}" for c in COLUMNS))


@dataclass(frozen=True, slots=True)
class State:
    """Everything that questions about one generation are answered from, except the documents.

    Attributes:
        standing: of the database at this generation.
        tail: rows in memory; may have grown past this generation since.
        live: rows that are in the pool at this generation.
    """

    standing: Standing
    tail: Tail
    live: FrozenBitMap

    def bitmap(self, field: str, value: str) -> BitMap:
        """Rows with this value, among them rows that do not live at this generation."""
        return self.tail.bitmap(field, value) or BitMap()

    def values(self, field: str) -> Iterator[str]:
        """Every value of a field, among them values that only dead rows have."""
        return (value for value, _ in self.tail.postings(field))

    def row(self, profile_id: str) -> int | None:
        """The row of a profile, None where it is not in the pool."""
        for position in reversed(self.tail.positions(profile_id)):
            if position in self.live:
                return position
        return None

    def id_of(self, row: int) -> str:
        """The profile id of a row."""
        return self.tail.ids[row - self.tail.start]

    def name_of(self, row: int) -> str | None:
        """The name on the profile."""
        return self.tail.names[row - self.tail.start]

    def facts_of(self, row: int) -> Facts:
        """The derived values of a row."""
        return codec.decode_facts(self.tail.facts[row - self.tail.start])

    def seq_of(self, row: int) -> int:
        """The number of a row."""
        return int(self.tail.seqs.array[row - self.tail.start])

    def years_of(self, row: int) -> int:
        """Years of experience, -1 where unknown."""
        return int(self.tail.years.array[row - self.tail.start])

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Search vectors, shape (len(rows), dimension)."""
        vectors: NDArray[np.float32] = self.tail.vectors.array[rows - self.tail.start]
        return vectors

    def features(self, rows: NDArray[np.int64]) -> Features:
        """Rerank columns of rows, in order."""
        return take(self.tail.columns.features, rows - self.tail.start)


def load(connection: sqlite3.Connection) -> State:
    """The state of the generation that this connection's transaction sees."""
    now = standing(connection)
    empty = State(Standing(0, now.floor, now.published, now.layout), Tail(0, now.layout or _NO_LAYOUT), FrozenBitMap())
    return follow(empty, connection)


def follow(state: State, connection: sqlite3.Connection) -> State:
    """The next state: `state` and all that has come since, as this connection's transaction sees it."""
    since = state.standing.generation
    tail = state.tail
    live = BitMap(state.live)
    arrivals = connection.execute(
        "SELECT seq, id, name, facts, vector, features FROM profiles WHERE seq > ? ORDER BY seq", (since,)
    )
    while batch := [Arrival(*row) for row in arrivals.fetchmany(_STEP)]:
        before = tail.end
        tail.append(batch)
        live.add_range(before, tail.end)
    gone = connection.execute("SELECT gone FROM departures WHERE seq > ?", (since,)).fetchall()
    live.difference_update(BitMap(tail.position_of(np.array(gone, dtype=np.int64).reshape(-1))))
    return State(standing(connection), tail, FrozenBitMap(live))


def as_rows(bitmap: Any) -> NDArray[np.int64]:
    """The rows of a bitmap, ascending."""
    return np.frombuffer(bitmap.to_array(), dtype=np.uint32).astype(np.int64) if bitmap else np.empty(0, np.int64)
