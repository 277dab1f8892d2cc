"""A job's name in a search text names people, not a skill."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.matching import Query
from tests.matching.fakes import matcher_of, person

HIRING = person(1, "nurse", id="hr", title="HR Manager", about="Hires welders and plumbers for sites.")


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("welder", None),
        ("plumbers wanted", None),
        ("welding", "1 more professional with Welding"),
        ("welder with blueprint reading", "1 more professional with Blueprint Reading"),
    ],
)
def test_a_job_asks_for_no_skill(text: str, headline: str | None, tmp_path: Path) -> None:
    found = matcher_of([HIRING, person(1, "welder")], tmp_path).similar(Query(text=text)).headline
    assert (found.text if found else None) == headline
