"""`PostgresCollection` keeps the contract of every collection."""

from __future__ import annotations

import pytest

from recommender.collection.postgres.collection import PostgresCollection
from tests.collection.contract import CollectionContract, Opened
from tests.collection.postgres.server import Server


class TestPostgresCollection(CollectionContract):
    @pytest.fixture
    def opened(self, server: Server) -> Opened:
        url = server.new_url()
        return lambda: PostgresCollection(url)
