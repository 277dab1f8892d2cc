"""What is documented holds: generated requests of every operation, and what the document says of their answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok

from recommender.settings import Settings
from tests.service.live import serving
from tests.service.people import POOL, Rooms

load_all_checks()
#: No 5xx, no status, media type, header or body that the document does not have.
HELD_TO: list[Any] = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
        "response_schema_conformance",
    )
]  # fmt: skip
#: Ids that are there, until one is deleted, among those that are made up.
KNOWN = st.sampled_from([profile.id for profile in POOL[:20]])

generated = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """That of a server that runs, over a pool of its own."""
    folder = tmp_path_factory.mktemp("documented")
    with Rooms(Settings.load(data=folder / "pool")) as recommender:
        list(recommender.ingest(POOL))
    with serving(folder, rate_per_address=0) as live:
        yield schemathesis.openapi.from_url(f"http://127.0.0.1:{live.port}/openapi.json")


def test_every_answer_is_as_documented(document: schemathesis.BaseSchema) -> None:
    operations = [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == sum(map(len, document.raw_schema["paths"].values()))
    for operation in operations:

        @generated
        @given(case=operation.as_strategy(), known=st.none() | KNOWN)
        def holds(case: schemathesis.Case[Any], known: str | None) -> None:
            if known and "profile_id" in case.path_parameters:
                case.path_parameters["profile_id"] = known
            case.validate_response(case.call(), checks=HELD_TO)

        holds()
