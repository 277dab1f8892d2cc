"""`SealedColumns`: the feature columns of a segment's rows, read where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import packing, planes
from recommender.collection.common.codec import Layout
from recommender.collection.local.sealed.columns.kept_rows import KeptRows, Unpacked
from recommender.collection.local.sealed.columns.narrow import narrow
from recommender.collection.local.sealed.columns.writer import DETAILS
from recommender.collection.local.sealed.file.reader import Sealed
from recommender.collection.local.sealed.packed import Unread
from recommender.collection.local.sealed.records import Gathered, Records, gathered
from recommender.encoding.features import Array, Features, Lazily

#: Groups that take long to unpack, and are read of the same people again and again.
_UNPACKED: Final = ("sections",)


class _Stored:
    """The columns as they lie in files; what is unpacked of them is kept elsewhere, so that nothing refers in a circle.

    A segment in a circle would hold its mapped files until the collector of cycles came by.

    Attributes:
        unpacked: each group that is unpacked, and those that are unpacked with it.
    """

    def __init__(self, files: Mapping[str, Sealed], details: Unread, layout: Layout) -> None:
        self.layout = layout
        self._details = details
        self._files = files
        self._detailed = [column for column in layout.schema if column.group in DETAILS]
        self._offsets = {g: files["offsets"].arrays[g] for g in layout.entries if g not in DETAILS}
        self._entries: dict[str, Array] = {}
        self.narrow = {}
        for group in self._offsets:
            stored, wide = files[f"entries-{group}"].arrays[group], layout.entries[group]
            kept = narrow(wide) if stored.shape[1] != wide.itemsize else None
            self.narrow[group] = kept
            self._entries[group] = stored.view(kept.dtype if kept else wide)[:, 0]
        detailed = tuple(group for group in layout.entries if group in DETAILS)
        self.unpacked = dict.fromkeys(detailed, detailed)
        self.unpacked |= {group: (group,) for group in _UNPACKED if self.narrow.get(group)}

    def unpack(self, groups: tuple[str, ...], rows: Sequence[int]) -> list[Unpacked]:
        """Of rows the entries of these groups, which are unpacked together."""
        return self._wide(groups[0], rows) if groups[0] in self.narrow else self._detail(rows)

    def gathered(self, group: str, rows: NDArray[np.int64]) -> Gathered:
        """Of rows the entries of one group as they are stored, once their checksums have held."""
        offsets = self._offsets[group]
        starts, ends = (offsets.take(those).astype(np.int64) for those in (rows, rows + 1))
        self._files[f"entries-{group}"].hold(group, starts, ends)
        return gathered(offsets, self._entries[group], rows)

    def _wide(self, group: str, rows: Sequence[int]) -> list[Unpacked]:
        """Of rows the entries of one group as they are when they are not narrow."""
        positions, kept, wide = np.array(rows, np.int64), self.narrow[group], self.layout.entries[group]
        assert kept is not None
        offsets, narrow_ones = self.gathered(group, positions)
        entries = np.empty(len(narrow_ones), wide)
        for name in wide.names or ():
            entries[name] = kept.column(narrow_ones, name)
        return _by_row(((offsets, entries),))

    def _detail(self, rows: Sequence[int]) -> list[Unpacked]:
        """Of rows the entries of the groups of `DETAILS`."""
        blobs = [packing.unpack_features(self._details[row]) for row in rows]
        offsets, found, is_place = planes.read(blobs, self._detailed)
        group_of = self.layout.group_of
        if planes.REFERRING in found and planes.REFERRED in group_of:
            group = group_of[planes.REFERRED]
            other, entries = self.gathered(group, np.array(rows, np.int64))
            kept = self.narrow[group]
            referred = kept.column(entries, planes.REFERRED) if kept else entries[planes.REFERRED]
            own = offsets[group_of[planes.REFERRING]]
            found[planes.REFERRING] = planes.resolved(found[planes.REFERRING], own, is_place, referred, other)
        details = {group: wide for group, wide in self.layout.entries.items() if group in DETAILS}
        records = Records.side_by_side(Features(offsets, found), details)
        return _by_row([(records.offsets[group], records.entries[group]) for group in details])


class SealedColumns:
    """Of every row of a segment."""

    def __init__(self, files: Mapping[str, Sealed], details: Unread, layout: Layout) -> None:
        self._stored = stored = _Stored(files, details, layout)
        self._kept = {
            groups[0]: KeptRows(partial(stored.unpack, groups)) for groups in dict.fromkeys(stored.unpacked.values())
        }

    def take(self, rows: NDArray[np.int64]) -> Features:
        """The features of rows, in order; what is not looked at is neither gathered nor unpacked."""
        stored, together, layout = self._stored, self._stored.unpacked, self._stored.layout

        def unpacked_of(first: str) -> dict[str, Gathered]:
            return _joined(together[first], self._kept[first].of(rows.tolist()), layout)

        unpacked = Lazily(self._kept, unpacked_of)

        def held_of(group: str) -> Gathered:
            if group in together:
                return unpacked[together[group][0]][group]
            return stored.gathered(group, rows)

        held = Lazily(layout.entries, held_of)
        of_group = layout.group_of

        def column(name: str) -> Array:
            group = of_group[name]
            kept, entries = None if group in together else stored.narrow[group], held[group].entries
            return kept.column(entries, name) if kept else entries[name]

        return Features(Lazily(layout.entries, lambda group: held[group].offsets), Lazily(of_group, column))


def _by_row(groups: Sequence[tuple[NDArray[np.int64], Array]]) -> list[Unpacked]:
    parts = []
    for offsets, entries in groups:
        every, ends = entries.tobytes(), (offsets * entries.itemsize).tolist()
        parts.append([every[start:end] for start, end in pairwise(ends)])
    return [Unpacked(of_row) for of_row in zip(*parts, strict=True)]


def _joined(groups: tuple[str, ...], rows: Sequence[Unpacked], layout: Layout) -> dict[str, Gathered]:
    """The entries of these groups of some rows, one row after another."""
    found = {}
    for group, parts in zip(groups, zip(*(one.parts for one in rows), strict=True), strict=True):
        wide, offsets = layout.entries[group], np.zeros(len(rows) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)) // wide.itemsize, out=offsets[1:])
        found[group] = Gathered(offsets, np.frombuffer(b"".join(parts), wide))
    return found
