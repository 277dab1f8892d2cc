"""Months of experience against a count month by month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.facts import impossible, months_worked, present, tenure_of, years_of
from recommender.profile import Profile, Role, month_number


def role(start: str | None, end: str | None = None) -> Role:
    return Role(start=start, end=end)


@pytest.mark.parametrize(
    ("roles", "as_of", "months"),
    [
        ([role("2023-02", "2023-11")], "2026-03", 10),
        ([role("2020-01", "2020-12")], "2026-03", 12),
        ([role("2023-10")], "2026-03", 30),
        ([role("2020-01", "2021-01"), role("2020-07", "2021-07")], "2026-03", 19),
        ([role("2020-01", "2021-01"), role("2020-03", "2020-06")], "2026-03", 13),
        ([role("2020-01", "2020-06"), role("2020-07", "2020-12")], "2026-03", 12),
        ([role("2020-01", "2020-02"), role("2021-01", "2021-02")], "2026-03", 4),
        ([role("2016", "2018")], "2026-03", 24),
        ([role("2016", "2018-05")], "2026-03", 29),
        ([role("2016-05", "2018")], "2026-03", 20),
        ([role("2016-05", "2016")], "2026-03", 1),
        ([role("2016", "2016")], "2026-03", 6),
        ([role("2016-05", "2016-05")], "2026-03", 1),
        ([role("2021-01", "2020-01")], "2026-03", 0),
        ([role("2027-01")], "2026-03", 0),
        ([role("2025-01", "2030-01")], "2026-01", 13),
        ([role("2025-01", "2026-03")], "2026", 12),
        ([role(None, "2020-01")], "2026-03", 0),
        ([role("last summer", "2020-01")], "2026-03", 0),
        ([role("2020-01", "2021-01"), role("2021-01")], None, 13),
        ([], "2026-03", 0),
    ],
)
def test_months(roles: list[Role], as_of: str | None, months: int) -> None:
    assert months_worked(roles, as_of) == months


@pytest.mark.parametrize(
    ("given_role", "as_of", "ago"),
    [
        (role("2018-01"), "2026-03", 0),
        (role("2018-01", "2026-03"), "2026-03", 0),
        (role("2018-01", "2026-02"), "2026-03", 1),
        (role("2018-01", "2030-02"), "2026-03", 0),
        (role("2018-01", "2025-12"), "2026", 1),
        (role("2018-01", "2021"), "2026-01", 60),
        (role("2018-01", "2021-01"), None, 0),
    ],
)
def test_a_role_ended_so_many_months_ago_and_counts_half_every_sixty(
    given_role: Role, as_of: str | None, ago: int
) -> None:
    span = tenure_of(given_role, as_of)
    assert span is not None
    assert span.ago == ago
    assert span.recency == pytest.approx({0: 1, 1: 0.5 ** (1 / 60), 60: 0.5}[ago])


def test_the_present_is_as_of_else_the_last_date_wherever_it_stands() -> None:
    roles = (role("2020-01", "2021"), role("2019-01", "2021-01"), role("soon"))
    assert present(Profile(roles=roles, as_of="2026")) == "2026"
    assert present(Profile(roles=roles)) == present(Profile(roles=roles[::-1])) == "2021-01"
    assert present(Profile(roles=(role("soon"),))) is None


def test_stated_years_go_first() -> None:
    roles = (role("2020-01", "2021-01"),)
    assert years_of(Profile(years_of_experience=16, roles=roles, as_of="2026-03")) == 16
    assert years_of(Profile(roles=roles, as_of="2026-03")) == 1
    assert years_of(Profile(roles=(role("2020-01", "2020-12"),), as_of="2026-03")) == 1
    assert years_of(Profile(roles=(role("2020-01", "2020-11"),), as_of="2026-03")) == 0
    assert years_of(Profile(roles=(role(None),), as_of="2026-03")) is None
    assert years_of(Profile()) is None


@pytest.mark.parametrize(
    ("given_role", "as_of", "words"),
    [
        (role("2021-05", "2020-01"), "2026-03", "ends (2020-01) before it starts (2021-05)"),
        (role("2027-01"), "2026-03", "starts (2027-01) after the profile was made (2026-03)"),
        (role("2017", "2016"), "2026-03", "ends (2016) before it starts (2017)"),
        (role("May 2020"), "2026-03", "not a date"),
        (role(None, "May 2020"), None, "not a date"),
    ],
)
def test_impossible_dates_are_reported(given_role: Role, as_of: str, words: str) -> None:
    assert words in (impossible(given_role, as_of) or "")


@pytest.mark.parametrize(
    "possible", [role("2020-01", "2020-01"), role("2020-05", "2020"), role("2020"), role(None), role("2026-03")]
)
def test_possible_dates_are_not(possible: Role) -> None:
    assert impossible(possible, "2026-03") is None


@pytest.mark.parametrize(
    ("start", "as_of", "possible"),
    [
        ("2026-01", "2026", True),
        ("2026-12", "2026", True),
        ("2026", "2026", True),
        ("2027-01", "2026", False),
        ("2027", "2026", False),
        ("2026-03", "2026-03", True),
        ("2026-04", "2026-03", False),
        ("2026", "2026-03", True),
        ("2035-01", None, True),
    ],
)
def test_a_role_may_start_as_late_as_the_profile_was_made_in_a_bare_year_as_late_as_its_december(
    start: str, as_of: str | None, possible: bool
) -> None:
    assert (impossible(role(start), as_of) is None) == possible


@pytest.mark.parametrize(
    ("start", "end", "months"), [("2026-09", None, 1), ("2026-09", "2026-12", 1), ("2025-09", None, 4)]
)
def test_a_role_within_the_bare_year_a_profile_was_made_in_lasts_a_month_at_least(
    start: str, end: str | None, months: int
) -> None:
    """As of a bare year is as of its January: what started later lasts the one month that every role does."""
    assert months_worked([role(start, end)], "2026") == months


MONTHS = st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(1990, 2025), st.integers(1, 12))


@given(st.lists(st.tuples(MONTHS, MONTHS | st.none()), max_size=8))
def test_the_union_is_the_set_of_months(spans: list[tuple[str, str | None]]) -> None:
    roles = [role(start, end) for start, end in spans]
    worked: set[int] = set()
    for start, end in spans:
        first, last = month_number(start) or 0, month_number(end or "2026-01") or 0
        if first <= last:
            worked |= set(range(first, last + 1))
    assert months_worked(roles, "2026-01") == len(worked)
    assert months_worked(roles[::-1], "2026-01") == len(worked)
