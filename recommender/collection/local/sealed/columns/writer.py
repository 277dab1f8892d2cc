"""Writes the columns of a segment: a file of entries a group, and one of what is read of few profiles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.collection.common.codec import Layout, encode_features
from recommender.collection.local.sealed.columns.narrow import narrow
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.packed import PackedWriter, places
from recommender.collection.local.sealed.records import Records
from recommender.encoding.features import Features

#: Groups that only explain a match: each profile's are packed, and unpacked for the few that are shown.
DETAILS = ("units", "losses")


def kinds(layout: Layout) -> tuple[str, ...]:
    """The files that hold a segment's columns."""
    return ("details", *(f"entries-{group}" for group in layout.entries if group not in DETAILS))


class ColumnsWriter:
    """Writes what `SealedColumns` reads, a batch of rows after another.

    Args:
        begin: begins a file of a kind.
        is_narrow: whether numbers are to be kept in few bits; raises `DoesNotFit` where they do not fit.
    """

    def __init__(self, begin: Callable[[str], SealedWriter], layout: Layout, is_narrow: bool) -> None:
        self._layout = layout
        self._details = PackedWriter(begin("details"), "details")
        self._detailed = [column for column in layout.schema if column.group in DETAILS]
        self._entries: dict[str, SealedWriter] = {}
        self._narrow = {}
        for group, wide in layout.entries.items():
            if group in DETAILS:
                continue
            self._narrow[group] = narrow(wide) if is_narrow else None
            kept = self._narrow[group]
            self._entries[group] = begin(f"entries-{group}")
            self._entries[group].begin(group, "u1", ((kept.dtype if kept else wide).itemsize,))
        self._ends = {group: [np.zeros(1, np.int64)] for group in self._entries}

    def extend(self, features: Features) -> None:
        """The next rows."""
        records = Records.of(features, self._layout)
        for group, file in self._entries.items():
            kept = self._narrow[group]
            entries = kept.pack(records.entries[group]) if kept else records.entries[group]
            file.extend(entries.view(np.uint8).reshape(-1, entries.itemsize))
        for group, ends in self._ends.items():
            ends.append(records.offsets[group][1:] + ends[-1][-1])
        self._details.extend(
            [encode_features(features, self._layout, row, self._detailed) for row in range(len(features))]
        )

    def finish(self, offsets: SealedWriter) -> None:
        """Write where each row's entries begin."""
        self._details.finish()
        for group, ends in self._ends.items():
            offsets.add(group, places(np.concatenate(ends)))
