"""What a request looked at is let go of when it is answered, by itself and not by the collector of cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from recommender.collection.local.generation.state import State
from recommender.profile import profile_to_json
from tests.service.people import nurse


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def generations() -> int:
    """How many are held in memory."""
    return sum(type(one) is State for one in gc.get_objects())


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/profiles/nobody/similar", 404),
        ("DELETE", "/v1/profiles/nobody", 404),
        ("GET", "/profiles/nobody", 404),
        ("GET", "/v1/profiles?cursor=none", 422),
        ("GET", "/v1/profiles/nurse-0/similar?k=5", 200),
    ],
)
def test_no_answer_holds_the_generation_it_came_from(client: TestClient, method: str, path: str, status: int) -> None:
    held = []
    for number in range(5):
        profile = nurse(number)
        stored = client.put(f"/v1/profiles/{profile.id}", content=profile_to_json(profile))
        assert stored.status_code in (200, 201)
        assert client.request(method, path).status_code == status
        held.append(generations())
    assert held[-1] <= held[0] + 1, held
