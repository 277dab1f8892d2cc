"""What was unpacked of a segment's rows is kept, and given back as it would be read anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from recommender.collection.local.sealed.columns.kept_rows import KeptRows, Unpacked
from tests.matching.fakes import matcher_of, people


def test_rows_are_read_once_and_the_older_half_is_forgotten_where_the_newer_is_full() -> None:
    read: list[Sequence[int]] = []

    def unpack(rows: Sequence[int]) -> list[Unpacked]:
        read.append(list(rows))
        return [Unpacked((bytes([row]) * 850,)) for row in rows]  # a thousand bytes with what a row costs

    kept = KeptRows(unpack, most=6_000)
    assert [one.parts[0][0] for one in kept.of([3, 1, 3, 2])] == [3, 1, 3, 2]
    assert [one.parts[0][0] for one in kept.of([2, 4, 1])] == [2, 4, 1]
    assert read == [[3, 1, 2], [4]]
    kept.of([5, 1, 6, 7])  # the newer half is full for the second time; 1 was asked for again
    kept.of([1, 5])
    assert read == [[3, 1, 2], [4], [5, 6, 7]]
    kept.of([3])
    assert read[-1] == [3]


def test_columns_that_are_kept_are_those_that_were_stored(tmp_path: Path) -> None:
    matcher = matcher_of(people(6), tmp_path)
    with matcher.collection.view() as view:
        rows = view.rows()
        before = {row: view.features([row]) for row in rows.tolist()}
        names = [view.ids([row])[0] for row in rows.tolist()]
    matcher.collection.seal()  # type: ignore[attr-defined]
    with matcher.collection.view() as view:
        for _ in range(2):
            for name, own in zip(names, before.values(), strict=True):
                anew = view.features([view.row(name)])
                for column in own.columns:
                    np.testing.assert_array_equal(anew.columns[column], own.columns[column], strict=True)
        order = [view.row(name) for name in reversed(names)]
        together, alone = view.features(order), [view.features([row]) for row in order]
        for column in together.columns:
            joined = np.concatenate([one.columns[column] for one in alone])
            np.testing.assert_array_equal(together.columns[column], joined, strict=True)
