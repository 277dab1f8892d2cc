"""`SealedColumns`: the feature columns of a segment's rows, read where they lie."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.sealed.columns.narrow import narrow
from recommender.collection.local.sealed.columns.writer import DETAILS
from recommender.collection.local.sealed.packed import Unread
from recommender.collection.local.sealed.records import Gathered, Lazily, gathered
from recommender.collection.local.sealed.sealed_file import Sealed
from recommender.collection.local.truth import packing, planes
from recommender.collection.local.truth.codec import Layout
from recommender.encoding.features import Array, Features


class SealedColumns:
    """Of every row of a segment."""

    def __init__(self, files: Mapping[str, Sealed], details: Unread, layout: Layout) -> None:
        self._layout = layout
        self._details = details
        self._detailed = [column for column in layout.schema if column.group in DETAILS]
        self._offsets = {g: files["offsets"].arrays[g] for g in layout.entries if g not in DETAILS}
        self._entries: dict[str, Array] = {}
        self._narrow = {}
        for group in self._offsets:
            stored, wide = files[f"entries-{group}"].arrays[group], layout.entries[group]
            kept = narrow(wide) if stored.shape[1] != wide.itemsize else None
            self._narrow[group] = kept
            self._entries[group] = stored.view(kept.dtype if kept else wide)[:, 0]

    def take(self, rows: NDArray[np.int64]) -> Features:
        """The features of rows, in order; what is not looked at is neither gathered nor unpacked."""
        held = Lazily(self._offsets, lambda group: gathered(self._offsets[group], self._entries[group], rows))
        details = Lazily(("all",), lambda _: self._unpacked(rows, columns, held))
        of_group = self._layout.group_of

        def offsets_of(group: str) -> NDArray[np.int64]:
            return details["all"].offsets[group] if group in DETAILS else held[group].offsets

        def column(name: str) -> Array:
            group = of_group[name]
            if group in DETAILS:
                return details["all"].columns[name]
            kept, entries = self._narrow[group], held[group].entries
            return kept.column(entries, name) if kept else entries[name]

        columns: Mapping[str, Array] = Lazily(of_group, column)
        return Features(Lazily(self._layout.entries, offsets_of), columns)

    def _unpacked(
        self, rows: NDArray[np.int64], columns: Mapping[str, Array], held: Mapping[str, Gathered]
    ) -> Features:
        blobs = [packing.unpack_features(self._details[row]) for row in rows.tolist()]
        offsets, found, is_place = planes.read(blobs, self._detailed)
        group_of = self._layout.group_of
        if planes.REFERRING in found and planes.REFERRED in group_of:
            own, other = offsets[group_of[planes.REFERRING]], held[group_of[planes.REFERRED]].offsets
            found[planes.REFERRING] = planes.resolved(
                found[planes.REFERRING], own, is_place, columns[planes.REFERRED], other
            )
        return Features(offsets, found)
