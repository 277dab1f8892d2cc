"""What a person's page shows, worked out by hand."""

from __future__ import annotations

import pytest

from recommender.matching import Answer, Contribution, Match
from recommender.profile import Profile, Role
from recommender.service.pages.cards import cards
from recommender.service.pages.person import showcase, stations, until
from recommender.service.pages.points import BarSegment, colours
from tests.service.people import ADA, engineer, nurse


def match(rank: int, **points: float) -> Match:
    return Match(
        profile_id=f"p{rank}",
        rank=rank,
        score=sum(points.values()),
        band="close",
        name=None,
        title=None,
        location=None,
        years_of_experience=None,
        shared_skills=(),
        contributions=tuple(Contribution(*pair) for pair in points.items()),
        reasons=(),
    )


def answer(*matches: Match) -> Answer:
    return Answer(headline=None, matches=matches, generation=1)


def test_roles_in_a_row_at_one_company_stand_together_with_their_positions() -> None:
    """Borealis, Borealis, Northwind, Borealis: somebody who came back."""
    companies = ("Borealis", "Borealis", "Northwind", "Borealis", None)
    profile = Profile(roles=tuple(Role(company=company) for company in companies))
    found = [(station.company, [number for number, _ in station.roles]) for station in stations(profile)]
    assert found == [("Borealis", [0, 1]), ("Northwind", [2]), ("Borealis", [3]), ("", [4])]


def test_a_role_that_goes_on_lasts_until_the_profiles_own_month() -> None:
    assert until(ADA, ADA.roles[0]) == "2026-02"
    assert until(ADA, ADA.roles[1]) == "2021-03"


def test_segments_stand_end_to_end_and_what_counts_against_is_left_to_the_table() -> None:
    (card,) = cards(answer(match(1, work=30.0, unlike=-5.0, skills=20.0)))
    assert card.segments == (BarSegment("work", 0, 0.0, 30.0), BarSegment("skills", 2, 30.0, 20.0))


def test_a_signal_has_one_colour_on_every_card() -> None:
    message = answer(match(1, work=30.0, skills=20.0), match(2, years=1.0, skills=3.0, work=2.0))
    assert colours(message) == {"work": 0, "skills": 1, "years": 2}
    assert [[s.colour for s in card.segments] for card in cards(message)] == [[0, 1], [2, 1, 0]]


@pytest.mark.parametrize("people", [(ADA, nurse(1), engineer(2)), (engineer(2), ADA, nurse(1))])
def test_the_fullest_page_is_the_one_to_show(people: tuple[Profile, ...]) -> None:
    assert showcase(people) is ADA


def test_nobody_to_show() -> None:
    assert showcase([]) is None
