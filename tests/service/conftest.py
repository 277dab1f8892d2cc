"""Applications over a small fictional pool: the real rooms, but for the model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from recommender.service import create_app
from recommender.settings import Settings
from tests.service.browser import Tab, driven, served
from tests.service.guarded import Guarded
from tests.service.people import POOL, Client, Rooms

SMALL = {"max_body_bytes": 100_000, "max_question_bytes": 100_000}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An application over the whole pool; tests that write use `client` instead."""
    settings = Settings.load(data=tmp_path_factory.mktemp("filled") / "pool", **SMALL)
    with Rooms(settings) as recommender:
        list(recommender.ingest(POOL))
    with Client(create_app(settings, Rooms)) as client:
        yield client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """An application over an empty pool of its own."""
    settings = Settings.load(data=tmp_path / "pool", **SMALL)
    with Client(create_app(settings, Rooms)) as client:
        yield client


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    """An application that needs keys from the first that is made on."""
    made = Guarded(tmp_path)
    with made.client:
        yield made


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a real server over the pool, for a browser; each module has its own, which its tests may write to."""
    with served(tmp_path_factory.mktemp("browser") / "pool") as there:
        yield there


@pytest.fixture(scope="module")
def open_tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A tab of a browser that stays open for a module."""
    with driven(tmp_path_factory.mktemp("chromium")) as there:
        yield there


@pytest.fixture
def tab(open_tab: Tab) -> Tab:
    """The same, as a test gets it."""
    return open_tab
