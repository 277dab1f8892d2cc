"""Who may be somebody's employer, and which names are of one company: where in doubt, it is the employer."""

from __future__ import annotations

import pytest

from recommender.insights.moving import employers, is_same_company
from recommender.profile import Profile
from tests.insights.moving.people import role


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME", "Acme, Inc."),
        ("Acme GmbH", "acme ltd"),
        ("Société Générale", "Societe Generale S.A."),
        ("Müller GmbH & Co. KG", "Müller"),
        ("Acme", "Acme Robotics Ltd"),
        ("Acme Germany GmbH", "Acme"),
        ("The Borealis Company", "Borealis"),
        ("Acme", "Globex (through Acme)"),
        ("Acme", "Globex / ACME Corp."),
        ("Acme.com", "Acme"),
        ("Blue Harbour", "BlueHarbour Inc"),
        ("Smith & Wesson", "Smith and Wesson"),
        ("O'Brien", "OBrien Ltd"),
    ],
)
def test_names_of_one_company(one: str, other: str) -> None:
    assert is_same_company(one, other)
    assert is_same_company(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Acme", "Acmeda"), ("Acme", "Globex"), ("Acme North", "Acme South"), ("", "Acme"), ("", "")]
)
def test_names_of_two(one: str, other: str) -> None:
    assert not is_same_company(one, other)
    assert not is_same_company(other, one)


def test_every_role_without_an_end_may_be_the_employers_dated_or_not() -> None:
    roles = (
        role("Acme, Inc.", "Engineer", "2024-01"),
        role("Globex", "Advisor", None),
        role("Initech", "Engineer", "2020-01", "2023-12"),
    )
    assert employers(Profile(roles=roles)) == ("acme", "globex")


def test_where_nothing_goes_on_it_is_the_one_that_ended_last() -> None:
    roles = (role("Initech", "Engineer", "2020-01", "2023-12"), role("Acme", "Engineer", "2024-01", "2025-01"))
    assert employers(Profile(roles=roles)) == ("acme",)


def test_of_nobody_there_is_none() -> None:
    assert employers(Profile(title="Engineer")) == ()
