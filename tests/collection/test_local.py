"""`LocalCollection` keeps the contract of every collection."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from recommender.collection import LocalCollection, Sight
from recommender.collection.local.follower import Tuning
from tests.collection.contract import CollectionContract, Opened
from tests.collection.people import person


class TestLocalCollection(CollectionContract):
    @pytest.fixture
    def opened(self, tmp_path: Path) -> Opened:
        return lambda: LocalCollection(tmp_path / "pool")


class TestSealedCollection(CollectionContract):
    """The same pool with segments, their index and their renewal at sizes that tests reach."""

    @pytest.fixture
    def opened(self, tmp_path: Path) -> Opened:
        small = Tuning(index_from=12, tail_rows=4, tail_share=0.1, loaded_rows=8, retry_seconds=0.0)
        return lambda: LocalCollection(tmp_path / "pool", small)


def test_the_newest_generation_is_one_view_until_it_is_another(tmp_path: Path) -> None:
    """What several questions select of it is worked out once, for whoever sees alike."""
    collection, rng = LocalCollection(tmp_path / "pool"), random.Random(1)
    collection.upsert([person(str(number), rng) for number in range(5)])
    with collection.view() as view:
        assert len(view) == 5
    latest, blind = collection.latest(), Sight(outlooks=False)
    assert latest is not None
    assert collection.latest() is latest
    assert latest.seen_by(blind) is latest.seen_by(Sight(outlooks=False)) is not latest
    assert latest.seen_by(Sight(outlooks=False, companies=("acme",))) is not latest.seen_by(blind)
    collection.upsert([person("9", rng)])
    with collection.view() as view:
        assert len(view) == 6
    after = collection.latest()
    assert after is not None
    assert (after.seen_by(blind).count(), latest.seen_by(blind).count()) == (6, 5)
    collection.close()
