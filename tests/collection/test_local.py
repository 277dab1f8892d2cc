"""`LocalCollection` keeps the contract of every collection."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.collection import LocalCollection
from tests.collection.contract import CollectionContract, Opened


class TestLocalCollection(CollectionContract):
    @pytest.fixture
    def opened(self, tmp_path: Path) -> Opened:
        return lambda: LocalCollection(tmp_path / "pool")
