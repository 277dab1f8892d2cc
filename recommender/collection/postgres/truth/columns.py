"""`ColumnCache`: rerank columns of rows that were asked for lately; what bears a number never changes."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from recommender.collection.common import codec
from recommender.collection.local.generation.growing import GrowingRecords
from recommender.collection.local.sealed.records import Records, take
from recommender.collection.postgres.server.manifest import Manifest
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.encoding.features import Features

#: Bytes of columns that are kept, beyond which all are fetched anew.
_MOST = 512 * 2**20


class _Kept:
    """Columns of rows of one pool and layout, as they are taken out; only ever added to."""

    def __init__(self, pool: str, layout: codec.Layout) -> None:
        self.pool, self.layout = pool, layout
        self.positions: dict[int, int] = {}
        self.bytes = 0
        self._growing = GrowingRecords(layout)

    def add(self, numbers: Sequence[int], packed: Sequence[bytes]) -> None:
        """Keep the columns of these, whom one thread adds at a time."""
        records = Records.of(codec.decode_features(packed, self.layout), self.layout)
        self._growing.append(records)
        self.bytes += sum(entries.nbytes for entries in records.entries.values())
        first = len(self.positions)
        self.positions |= {number: at for at, number in enumerate(numbers, first)}

    def take(self, numbers: Sequence[int]) -> Features:
        """The columns of rows, in order, who are all there."""
        positions = np.array([self.positions[number] for number in numbers], np.int64)
        return take(self._growing.records, positions, self.layout)


class ColumnCache:
    """Columns by number, for all views of one process."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._adding = threading.Lock()

    def take(self, snapshot: Snapshot, numbers: Sequence[int]) -> Features:
        """The columns of rows, in order."""
        kept = self._of(snapshot.now)
        missing = [number for number in dict.fromkeys(numbers) if number not in kept.positions]
        if missing:
            where = Clause("seq = ANY(%s)", (missing,))
            found = dict(snapshot.each_stored("seq, features", where, len(missing)))
            with self._adding:
                fresh = [number for number in missing if number not in kept.positions]
                kept.add(fresh, [found[number] for number in fresh])
        return kept.take(numbers)

    def _of(self, now: Manifest) -> _Kept:
        layout, kept = now.layout or codec.Layout.none(), self._kept
        if kept is None or (kept.pool, kept.layout) != (now.pool, layout) or kept.bytes > _MOST:
            kept = self._kept = _Kept(now.pool, layout)
        return kept
