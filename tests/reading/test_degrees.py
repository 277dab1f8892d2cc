"""Degrees and schools, by what they are called."""

from __future__ import annotations

import pytest

from recommender.reading.text.degrees import DEGREE, DEGREE_WITHIN, SCHOOL, STUDYING

LETTERS = ["BSc", "B.Sc.", "B. S.", "MS", "M.A.", "PhD", "Ph. D.", "B.E.", "B. Tech", "MTech", "BCom", "BCA", "M.C.A",
           "MBA", "M.B.A.", "GED"]  # fmt: skip


@pytest.mark.parametrize("degree", [*LETTERS, "Bachelor's degree", "Associate", "Diploma", "High School Diploma"])
@pytest.mark.parametrize("rest", ["", ", Physics", " in Physics"])
def test_a_degree_is_known_to_its_end_and_wherever_one_is_looked_for(degree: str, rest: str) -> None:
    found = DEGREE.match(degree + rest)
    assert found is not None
    assert found[0].removesuffix(" in") == degree
    assert DEGREE_WITHIN.search(f"With honours: {degree}{rest}")


@pytest.mark.parametrize("degree", LETTERS)
def test_letters_before_dates_are_a_study(degree: str) -> None:
    assert STUDYING.match(f"{degree} Physics")


@pytest.mark.parametrize("words", ["Bartender", "Base operator", "Basecamp", "Messenger", "Beech carpenter", "Mastery"])
def test_words_that_begin_like_letters_are_none(words: str) -> None:
    assert DEGREE.match(words) is None
    assert STUDYING.match(words) is None


@pytest.mark.parametrize(
    ("words", "school"), [("Harbour University", True), ("Schooling", False), ("City Academy", True)]
)
def test_schools(words: str, school: bool) -> None:
    assert (SCHOOL.search(words) is not None) == school
