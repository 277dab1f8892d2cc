"""`ColumnCache`: rerank columns of rows that were asked for lately; what bears a number never changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from recommender.collection.common import codec
from recommender.collection.postgres.server.manifest import Manifest
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.encoding.features import Array, Features, Lazily

#: Bytes of columns that are kept; those that came first are let go of beyond that.
_MOST = 512 * 2**20
#: Bytes that a row takes beside its columns.
_BESIDE = 1_000


#: Of each group of columns the bytes of its entries.
Row = tuple[bytes, ...]


class _Kept:
    """Columns of rows of one pool and layout, by number."""

    def __init__(self, pool: str, layout: codec.Layout) -> None:
        self.pool, self.layout = pool, layout
        self.rows: dict[int, Row] = {}
        self._bytes = 0

    def add(self, rows: Mapping[int, Row]) -> None:
        """Keep these, one thread at a time, and let go of others where that is too much."""
        for number, row in rows.items():
            if number not in self.rows:
                self.rows[number] = row
                self._bytes += _weight(row)
        while self._bytes > _MOST:
            self._bytes -= _weight(self.rows.pop(next(iter(self.rows))))


def _weight(row: Row) -> int:
    return _BESIDE + sum(map(len, row))


def _rows(numbers: Sequence[int], packed: Sequence[bytes], layout: codec.Layout) -> dict[int, Row]:
    """Number → of each group of columns the bytes of its entries, a field a column."""
    features = codec.decode_features(packed, layout)
    groups = [_cut(features, group, dtype) for group, dtype in layout.entries.items()]
    return dict(zip(numbers, zip(*groups, strict=True), strict=True))


def _cut(features: Features, group: str, dtype: np.dtype[np.void]) -> list[bytes]:
    """Of each profile the entries of a group."""
    bounds = features.offsets[group]
    entries = np.empty(int(bounds[-1]), dtype)
    for name in dtype.names or ():
        entries[name] = features.columns[name]
    every = entries.tobytes()
    return [every[start:end] for start, end in pairwise((bounds * dtype.itemsize).tolist())]


def _joined(rows: Sequence[Row], layout: codec.Layout) -> Features:
    """The columns of rows, in order; a group is joined when it is first looked at."""
    places = {group: at for at, group in enumerate(layout.entries)}

    def entries(group: str) -> Array:
        place = places[group]
        return np.frombuffer(b"".join([row[place] for row in rows]), layout.entries[group])

    def offsets(group: str) -> Array:
        place, size = places[group], layout.entries[group].itemsize
        bounds = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row[place]) // size for row in rows], out=bounds[1:])
        return bounds

    groups = Lazily(layout.entries, entries)
    return Features(
        Lazily(layout.entries, offsets), Lazily(layout.group_of, lambda name: groups[layout.group_of[name]][name])
    )


class ColumnCache:
    """Columns by number, for all views of one process."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._adding = threading.Lock()

    def take(
        self, snapshot: Snapshot, numbers: Sequence[int], sent: Mapping[int, bytes] = MappingProxyType({})
    ) -> Features:
        """The columns of rows, in order.

        Args:
            sent: number → columns as they are stored, of rows that need not be asked for.
        """
        kept = self._of(snapshot.now)
        known = {number: row for number in numbers if (row := kept.rows.get(number)) is not None}
        missing = [number for number in dict.fromkeys(numbers) if number not in known]
        if missing:
            known |= self._fetched(kept, snapshot, missing, sent)
        return _joined([known[number] for number in numbers], kept.layout)

    def _fetched(
        self, kept: _Kept, snapshot: Snapshot, missing: Sequence[int], sent: Mapping[int, bytes]
    ) -> dict[int, Row]:
        found = {number: sent[number] for number in missing if number in sent}
        asked = [number for number in missing if number not in sent]
        if asked:
            found |= dict(snapshot.each_stored("seq, features", Clause("seq = ANY(%s)", (asked,)), len(asked)))
        rows = _rows(missing, [found[number] for number in missing], kept.layout)
        with self._adding:
            kept.add(rows)
        return rows

    def _of(self, now: Manifest) -> _Kept:
        layout, kept = now.layout or codec.Layout.none(), self._kept
        if kept is None or (kept.pool, kept.layout) != (now.pool, layout):
            kept = self._kept = _Kept(now.pool, layout)
        return kept
