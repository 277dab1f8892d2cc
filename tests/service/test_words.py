"""How values are said on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.service.pages import words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ada Quill", "AQ"),
        ("ada", "A"),
        ("Ana de la Cruz", "AC"),
        ("Élodie O’Brien", "ÉO"),
        (None, "?"),
        ("  ", "?"),
        ("42", "?"),
    ],
)
def test_initials(name: str | None, said: str) -> None:
    assert words.initials(name) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2023-10", None, "Oct 2023 – Present"),
        ("2007", "2009", "2007 – 2009"),
        (None, "2009-01", "Jan 2009"),
        (None, None, ""),
        ("soon", "2009", "soon – 2009"),
    ],
)
def test_span(start: str | None, end: str | None, said: str) -> None:
    assert words.span(start, end) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2023-10", "2026-03", "2 yrs 6 mos"),
        ("2023-02", "2023-11", "10 mos"),
        ("2016-09", "2020-08", "4 yrs"),
        ("2020-01", "2021-01", "1 yr 1 mo"),
        ("2020-01", "2020-01", "1 mo"),
        ("2016", "2020", "4 yrs"),
        ("2016", "2016", ""),
        ("2021-02", "2020-01", ""),
        ("2020", None, ""),
        ("soon", "2020", ""),
    ],
)
def test_duration(start: str | None, end: str | None, said: str) -> None:
    """The first month and the last are both worked: Oct 2023 to Mar 2026 is 2 × 12 + 6."""
    assert words.duration(start, end) == said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("roles[2].bullets[0]", "roles-2"),
        ("education[0].school", "education-0"),
        ("core_skills[1]", "skills"),
        ("skills", "skills"),
        ("about", "about"),
        ("title", "person"),
        ("years_of_experience", "person"),
    ],
)
def test_anchor(field: str, said: str) -> None:
    assert words.anchor(field) == said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("roles[1].title", "role 2"),
        ("education[0]", "study 1"),
        ("years_of_experience", "years"),
        ("core_skills[3]", "skills"),
        ("about", "about"),
        ("", ""),
    ],
)
def test_evidence(field: str, said: str) -> None:
    assert words.evidence(field) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [("san jose", "San Jose"), ("ca", "CA"), ("isle of man", "Isle of Man"), ("são paulo", "São Paulo")],
)
def test_place(value: str, said: str) -> None:
    assert words.place(value) == said


def test_signal() -> None:
    assert words.signal("words") == "Own words"
    assert words.signal("late_interaction") == "Late interaction"


@given(st.text(max_size=60))
def test_nothing_a_profile_says_can_break_a_page(text: str) -> None:
    assert 0 <= words.hue(text) < words.HUES
    assert words.initials(text)
    words.span(text, text)
    words.duration(text, text)
    words.place(text)
    assert " " not in words.anchor(text)
