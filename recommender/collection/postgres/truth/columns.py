"""`ColumnCache`: rerank columns of rows that were asked for lately; what bears a number never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from recommender.collection.local.truth import codec
from recommender.collection.local.truth.packing import unpack_features
from recommender.collection.postgres.server.snapshot import Clause, Snapshot
from recommender.encoding.features import Features

#: Bytes of columns that are kept.
_MOST = 256 * 2**20


class ColumnCache:
    """Columns by pool and number, for all views of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def take(self, snapshot: Snapshot, numbers: Sequence[int]) -> Features:
        """The columns of rows, in order."""
        now = snapshot.now
        with self._lock:
            held = {number: self._kept.get((now.pool, number)) for number in numbers}
        missing = [number for number, packed in held.items() if packed is None]
        if missing:
            fetched = self._fetched(snapshot, missing)
            held |= fetched
            self._keep(now.pool, fetched)
        return codec.read_features([held[number] or b"" for number in numbers], now.layout or codec.Layout.none())

    @staticmethod
    def _fetched(snapshot: Snapshot, numbers: list[int]) -> dict[int, bytes]:
        found = snapshot.each("seq, features", Clause("seq = ANY(%s)", (numbers,)))
        return {number: unpack_features(packed) for number, packed in found}

    def _keep(self, pool: str, fetched: dict[int, bytes]) -> None:
        with self._lock:
            for number, packed in fetched.items():
                if (pool, number) not in self._kept:
                    self._kept[pool, number] = packed
                    self._bytes += len(packed)
            while self._bytes > _MOST:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest)
