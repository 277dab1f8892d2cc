"""What every test of a reader needs: the shipped vocabulary, and one call that keeps notices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.limits import Limits
from recommender.profile import Profile
from recommender.reading import Notice, Rejected, read_bytes
from recommender.skills import Vocabulary
from tests.reading.warm import WARM


class Reader:
    """Reads bytes or text, and keeps the notices of the last reading."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def __call__(
        self,
        content: bytes | str,
        kind: str | None = None,
        mapping: dict[str, str] | None = None,
        limits: Limits | None = None,
    ) -> list[Profile | Rejected]:
        self.notices = []
        raw = content.encode() if isinstance(content, str) else content
        outcomes = read_bytes(
            raw,
            source="given",
            vocabulary=Vocabulary.shipped(),
            on_notice=self.notices.append,
            format=kind,
            mapping=mapping,
            limits=limits or Limits(),
            decoder=WARM,
        )
        return list(outcomes)

    def one(self, content: bytes | str, kind: str | None = None, mapping: dict[str, str] | None = None) -> Profile:
        [outcome] = self(content, kind, mapping)
        assert isinstance(outcome, Profile), outcome
        return outcome

    def rejected(self, content: bytes | str, kind: str | None = None, limits: Limits | None = None) -> Rejected:
        [outcome] = self(content, kind, limits=limits)
        assert isinstance(outcome, Rejected), outcome
        return outcome


@pytest.fixture(scope="session", autouse=True)
def _ended() -> Iterator[None]:
    """The processes end with the tests."""
    with WARM:
        yield


@pytest.fixture
def read() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def seed_page() -> bytes:
    """The one real page, where the checkout has it beside itself."""
    path = Path(__file__).parents[2].parent / "shared" / "seed" / "profile-page.txt"
    if not path.exists():
        pytest.skip("../shared/seed/profile-page.txt is not here")
    return path.read_bytes()
