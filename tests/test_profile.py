"""Profiles as JSON, and dates as month numbers."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.profile import Contact, Education, Profile, Role, month_number, profile_from_json, profile_to_json

TEXT = st.none() | st.text(max_size=20)
TEXTS = st.lists(st.text(max_size=20), max_size=3).map(tuple)
PROFILES = st.builds(
    Profile,
    id=TEXT,
    name=TEXT,
    title=TEXT,
    years_of_experience=st.none() | st.integers(0, 60),
    core_skills=TEXTS,
    roles=st.lists(
        st.builds(Role, company=TEXT, workplace=st.sampled_from([None, "remote", "hybrid", "on-site"]), bullets=TEXTS),
        max_size=3,
    ).map(tuple),
    education=st.lists(st.builds(Education, school=TEXT, field=TEXT), max_size=2).map(tuple),
    contact=st.none() | st.builds(Contact, emails=TEXTS),
    extras=st.dictionaries(st.text(max_size=5), st.integers() | st.lists(st.booleans(), max_size=2), max_size=2),
)


@given(PROFILES)
def test_json_round_trip(profile: Profile) -> None:
    assert profile_from_json(profile_to_json(profile)) == profile


def test_every_key_stands_in_the_json_in_the_order_of_the_design() -> None:
    order = [
        "id", "name", "title", "location", "years_of_experience", "badges", "highlights", "persona", "core_skills",
        "other_skills", "about", "roles", "education", "languages", "certifications", "contact", "as_of", "extras",
    ]  # fmt: skip
    written = json.loads(profile_to_json(Profile(roles=(Role(),), education=(Education(),))))
    assert list(written) == order
    assert list(written["roles"][0]) == [
        "company", "title", "start", "end", "location", "workplace", "bullets", "skills",
    ]  # fmt: skip
    assert list(written["education"][0]) == ["school", "degree", "field", "start", "end"]
    assert written["badges"] == []
    assert written["contact"] is None


def test_a_wrong_type_names_the_path() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"Expected `str \| null`, got `int` - at `\$.roles\[1\].title`"):
        profile_from_json('{"roles": [{}, {"title": 7}]}')


@pytest.mark.parametrize(
    ("date", "month"), [(None, None), ("2020", 24240), ("2020-01", 24240), ("2020-12", 24251), ("0001", 12)]
)
def test_month_number(date: str | None, month: int | None) -> None:
    """2020-01 is 2020 * 12 + 0 = 24,240."""
    assert month_number(date) == month


@pytest.mark.parametrize("date", ["", "2020-13", "2020-00", "20", "2020-1", "May 2020", "2020-05-01", "2020 "])
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        month_number(date)
