"""Careers as pictures, against places worked out by hand."""

from __future__ import annotations

from fastapi.testclient import TestClient

from recommender.facts import Tenure, derive
from recommender.profile import Profile, Role
from recommender.service.pages.careers.axis import Axis, Label
from recommender.service.pages.careers.career import Career, career
from recommender.service.pages.careers.picture import LANE, LEVEL, STRIP, YEARS, common_axis, picture
from recommender.service.pages.careers.strips import strips
from recommender.skills import Vocabulary
from tests.service.test_pages import seen

VOCABULARY = Vocabulary.shipped()


def role(start: str | None, end: str | None, title: str | None = "Engineer", **more: object) -> Role:
    return Role(title=title, start=start, end=end, company="Acorn Rail", **more)  # type: ignore[arg-type]


def drawn(*roles: Role, as_of: str = "2020-12") -> Career:
    found = career(Profile(roles=roles, as_of=as_of))
    assert found is not None
    return found


def test_a_role_lies_where_its_months_are() -> None:
    """2011 to 2020 are 120 months; two years of them are a fifth, from the second year on a tenth."""
    found = drawn(role("2011-01", "2020-12"), role("2012-01", "2013-12", "Senior Engineer"))
    (senior, lower) = found.steps
    (bar,) = senior.bars
    assert (senior.level, bar.number, bar.when.start, bar.when.width, bar.months) == ("senior", 1, 10.0, 20.0, 24)
    assert (lower.bars[0].when.start, lower.bars[0].when.width) == (0.0, 100.0)


def test_levels_rise_and_what_has_no_title_is_below_them() -> None:
    titles = ["Engineer", "Vice President", "Junior Engineer", None, "Lead Engineer", "Intern"]
    found = drawn(*(role(f"{2010 + at}-01", f"{2010 + at}-12", title) for at, title in enumerate(titles)))
    assert [step.level for step in found.steps] == ["executive", "lead", "mid", "junior", "intern", None]


def test_roles_of_one_level_that_overlap_have_lanes_and_those_that_follow_share_one() -> None:
    """The second ends in the month in which the third begins; the fourth lies within it."""
    found = drawn(
        role("2018-03", None), role("2014-01", "2016-06"), role("2016-06", "2018-03"), role("2017-01", "2017-06")
    )
    (step,) = found.steps
    assert {bar.number: bar.lane for bar in step.bars} == {1: 0, 2: 0, 0: 0, 3: 1}
    assert step.lanes == 2
    by_number = {bar.number: bar for bar in step.bars}
    assert by_number[1].months == 30
    assert by_number[1].when.months == 29, "the month it shares is drawn with the next"
    assert (by_number[0].goes_on, by_number[1].goes_on) == (True, False)


def test_gaps_and_overlaps_are_those_of_the_dated_roles_together() -> None:
    """March to May 2013 is a gap of three months; two without a role are none. Five months lie in two roles."""
    found = drawn(
        role("2012-01", "2013-02"), role("2013-06", "2014-12"), role("2015-03", "2016-12"), role("2016-08", "2020-12")
    )
    assert [(gap.first, gap.months) for gap in found.gaps] == [(2013 * 12 + 2, 3)]
    assert [(both.first, both.months) for both in found.overlaps] == [(2016 * 12 + 7, 5)]
    (gap,) = found.gaps
    assert (gap.start, gap.width) == (12.963, 2.778), "14 and 3 of 108 months"


def test_three_roles_at_once_are_one_overlap() -> None:
    found = drawn(role("2012-01", "2014-12"), role("2013-01", "2015-12"), role("2013-06", "2013-09"))
    assert [(both.first, both.months) for both in found.overlaps] == [(2013 * 12, 24)]
    assert found.gaps == ()


def test_roles_without_dates_that_can_be_are_beside_it() -> None:
    undated, impossible = role(None, None, "Baker"), role("2019-01", "2012-01", "Miller")
    found = drawn(undated, role("2012-01", "2013-12"), impossible)
    assert found.undated == (undated, impossible)
    assert career(Profile(roles=(undated,))) is None
    assert career(Profile()) is None


def test_years_are_said_as_far_apart_as_they_have_room() -> None:
    assert Axis(2010 * 12, 2013 * 12).labels() == (
        Label(2010, 0.0, "start"),
        Label(2011, 33.333, "middle"),
        Label(2012, 66.667, "middle"),
        Label(2013, 100.0, "end"),
    )
    assert [label.year for label in Axis(2001 * 12 + 5, 2026 * 12).labels()] == [2005, 2010, 2015, 2020, 2025]
    assert Axis(2020 * 12 + 2, 2020 * 12 + 9).labels() == (Label(2020, 0.0, "start"),)


def test_a_skill_is_in_use_in_the_roles_that_show_it() -> None:
    """By a tag in the first, by words in the third, which follows it; in none of the others."""
    roles = (
        role("2018-01", "2020-12", bullets=("Moved the fleet to Kubernetes.",)),
        role("2015-01", "2016-12"),
        role("2011-01", "2012-12", skills=("Kubernetes", "Python")),
        role("2013-01", "2013-12", skills=("k8s",)),
        role(None, None, skills=("Terraform",)),
    )
    found = strips(
        Profile(roles=roles, as_of="2020-12"), ("Kubernetes", "Terraform"), VOCABULARY, Axis(2011 * 12, 2021 * 12)
    )
    (strip,) = found.drawn
    assert [(piece.start, piece.width) for piece in strip.pieces] == [(0.0, 30.0), (70.0, 30.0)]
    assert strip.months == 72
    assert found.nowhere == ("Terraform",)


def test_the_parts_lie_below_each_other() -> None:
    profile = Profile(
        core_skills=("Kubernetes", "Python"),
        roles=(
            role("2018-01", "2020-12", "Lead Engineer", skills=("Kubernetes",)),
            role("2011-01", "2017-12", skills=("Python",)),
            role("2012-01", "2013-12"),
        ),
        as_of="2020-12",
    )
    found = picture(profile, derive(profile, VOCABULARY), VOCABULARY)
    assert found is not None
    assert [y for y, _ in found.steps] == [YEARS, YEARS + LEVEL + LANE]
    below = YEARS + 2 * LEVEL + LANE
    assert [(bar.number, y) for y, bar in found.bars] == [(0, YEARS + LEVEL), (1, below), (2, below + LANE)]
    assert found.floor == below + 2 * LANE
    assert [(strip.skill, y) for y, strip in found.strips] == [
        ("Kubernetes", found.floor),
        ("Python", found.floor + STRIP),
    ]
    assert found.height == found.floor + 2 * STRIP


def test_several_careers_share_an_axis() -> None:
    one, other = Profile(roles=(role("2012-01", "2013-12"),)), Profile(roles=(role("2010-05", "2011-12"),))
    axis = common_axis([one, other, Profile()])
    assert axis == Axis(2010 * 12 + 4, 2014 * 12)
    assert common_axis([Profile()]) is None
    assert Axis.over([Tenure(5, 9, 0)]) == Axis(5, 9)


def test_the_page_draws_it_and_says_the_same_in_a_table(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada")
    jobs = [a["href"] for a in page.all("a") if str(a.get("class")).startswith("job")]
    assert sorted(map(str, jobs)) == ["#roles-0", "#roles-1", "#roles-2"]
    assert "Engineering Manager, Content Platform at Northwind Streams: Mar 2021 – Present, 5 yrs, lead" in page.text
    table = page.text.partition("The picture as a table")[2].partition("Experience")[0]
    for line in (
        "Senior Software Engineer at Borealis Mail Jan 2014 – Mar 2021 7 yrs 3 mos senior",
        "Software Engineer at Borealis Mail Jan 2010 – Jan 2014 4 yrs 1 mo mid",
        "Kafka Jan 2014 – Mar 2021 7 yrs 3 mos",
    ):
        assert line in table, table
