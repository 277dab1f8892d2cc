"""Careers side by side, by their months in common."""

from __future__ import annotations

import pytest

from recommender.facts import overlaps
from recommender.profile import Role


def held(company: str | None, start: str, end: str | None, title: str = "Engineer") -> Role:
    return Role(title=title, company=company, start=start, end=end)


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ([held("Acme", "2015-01", "2020-01"), held("Brook", "2016-01", "2018-01")], [(0, 1, 25)]),
        ([held("Brook", "2016-01", "2018-01"), held("Acme", "2015-01", "2020-01")], [(1, 0, 25)]),
        ([held("Acme", "2015-01", None), held("Brook", "2024-01", None)], [(0, 1, 27)]),
        ([held("Acme", "2015-01", "2020-01"), held("Brook", "2018-12", "2022-01")], [(0, 1, 14)]),
        ([held("Acme", "2015-01", "2020-01"), held("Brook", "2019-01", "2022-01")], []),
        ([held("Acme", "2015", "2020"), held("Brook", "2018", "2022")], [(0, 1, 24)]),
        ([held("Acme", "2015", "2020"), held("Brook", "2019", "2022")], []),
        ([held("Acme", "2015-01", "2020-01"), held(" ACME", "2016-01", "2018-01")], []),
        ([held("Acme", "2015-01", "2020-01"), held(None, "2016-01", "2018-01")], []),
        ([held("Acme", "2015-01", "2020-01"), held("Brook", "2016-01", "2018-01", "Board Member")], []),
        ([held("Acme", "2020-01", "2015-01"), held("Brook", "2016-01", "2018-01")], []),
        (
            [
                held("Acme", "2010-01", "2020-01"),
                held("Acme", "2011-01", "2021-01"),
                held("Brook", "2012-01", "2014-01"),
                held("Cedar", "2012-06", "2014-06"),
            ],
            [(1, 2, 25), (1, 3, 25)],
        ),
    ],
)
def test_full_time_careers_side_by_side_are_reported(roles: list[Role], found: list[tuple[int, int, int]]) -> None:
    assert list(overlaps(roles, "2026-03")) == found
