"""Everybody in the pool comes occupation by occupation, and whoever stays keeps their place among the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recommender.batch import everyone
from recommender.batch.order import _likeliest
from recommender.encoding.features import Features
from recommender.settings import Settings
from tests.service.people import POOL, Rooms, engineer, nurse


def test_the_likeliest_occupations_come_first() -> None:
    """Of the second the heaviest of four by weight, equal ones by their order; words before them do not count."""
    features = Features(
        {"sparse": np.array([0, 1, 6])},
        {
            "sparse_count": np.array([[1, 0, 0], [1, 0, 4]], np.uint16),
            "sparse_id": np.array([9, 8, 20, 21, 22, 23], np.uint32),
            "sparse_weight": np.array([1, 1, 0.1, 0.5, 0.4, 0.5], np.float32),
        },
    )
    assert _likeliest(features).tolist() == [[-1, -1, -1], [21, 23, 22]]


def test_who_stays_keeps_the_order(tmp_path: Path) -> None:
    with Rooms(Settings.load(data=tmp_path / "pool")) as rooms:
        list(rooms.ingest(POOL))
        before = everyone(rooms.collection)
        assert sorted(before) == sorted(str(person.id) for person in POOL)
        rooms.collection.delete(["ada", "nurse-1"])
        list(rooms.ingest([engineer(500), nurse(500)]))
        after = [one for one in everyone(rooms.collection) if one in before]
        assert after == [one for one in before if one not in ("ada", "nurse-1")]
