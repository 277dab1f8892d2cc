"""`LocalCollection` keeps the contract of every collection."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.collection import LocalCollection
from recommender.collection.local.follower import Tuning
from tests.collection.contract import CollectionContract, Opened


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
