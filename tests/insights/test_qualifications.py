"""Degrees and certificates among highlights: known ones, that are held."""

from __future__ import annotations

import pytest

from recommender.insights import derive
from recommender.profile import Education, Profile
from recommender.skills import Vocabulary

V = Vocabulary.shipped()


def said(*education: Education, certifications: tuple[str, ...] = ()) -> list[str]:
    profile = Profile(title="Baker", education=education, certifications=certifications, as_of="2026-01")
    return [one.text for one in derive(profile, V).insights.highlights]


@pytest.mark.parametrize(
    ("degree", "field", "line"),
    [
        ("Master of Science", "Nursing", "Master of Science in Nursing."),
        ("M.S.", "computer science", "Master of Science in Computer Science."),
        ("Bachelor of Arts degree", "History", "Bachelor of Arts in History."),
        ("MBA", None, "Master of Business Administration."),
        ("Master of Science", "Computer", None),
        ("Master of Science", None, None),
        ("Master Mariner", "History", None),
        ("Associate", "Nursing", None),
    ],
)
def test_a_degree_is_said_where_it_and_its_subject_are_known(degree: str, field: str | None, line: str | None) -> None:
    assert said(Education(degree=degree, field=field, end="2012")) == ([line] if line else [])


@pytest.mark.parametrize("end", [None, "2026-06", "2027"])
def test_a_degree_that_may_not_be_finished_is_not_said(end: str | None) -> None:
    assert said(Education(degree="MBA", end=end)) == []


def test_the_year_of_a_degree_changes_nothing_and_its_fields_are_cited() -> None:
    degrees = [Education(degree="PhD", field="Physics", end=year) for year in ("1971", "2019-05")]
    assert said(degrees[0]) == said(degrees[1]) == ["PhD in Physics."]
    (line,) = derive(Profile(education=(degrees[0],), as_of="2026-01"), V).insights.highlights
    assert line.fields == ("education[0].degree", "education[0].field", "education[0].end")


def test_certificates_come_before_degrees_and_one_higher_degree_before_others() -> None:
    courses = Education(degree="BSc", field="Physics", end="2001"), Education(degree="MBA", end="2009")
    assert said(*courses, certifications=("Certified Harbour Pilot",)) == [
        "Certification: Certified Harbour Pilot.",
        "Master of Business Administration.",
    ]
    assert said(*courses) == ["Master of Business Administration."], "no bachelor's beside it"
    assert said(courses[0]) == ["Bachelor of Science in Physics."]
