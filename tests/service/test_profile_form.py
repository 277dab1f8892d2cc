"""A profile as a form, and what a form changes of it."""

from __future__ import annotations

import msgspec
import pytest

from recommender.errors import ReadingError
from recommender.privacy import masked_profile
from recommender.profile import Profile, Role
from recommender.service.pages.adding.form import changed, controls
from tests.service.people import ADA


def test_a_form_that_comes_as_it_was_shown_changes_nothing() -> None:
    sent = {name: value.replace("\n", "\r\n") for name, value in controls(ADA).items()}
    assert changed(ADA, ADA, sent) == ADA


def test_what_is_changed_is_changed_and_nothing_else() -> None:
    sent = controls(ADA) | {
        "title": " Head of  Search ",
        "years_of_experience": "",
        "core_skills": "Kafka\n\nSearch Systems",
        "roles[1].end": "2020",
        "roles[2].out": "1",
    }
    assert changed(ADA, ADA, sent) == msgspec.structs.replace(
        ADA,
        title="Head of Search",
        years_of_experience=None,
        core_skills=("Kafka", "Search Systems"),
        roles=(ADA.roles[0], msgspec.structs.replace(ADA.roles[1], end="2020")),
    )


def test_a_new_role_goes_where_it_belongs() -> None:
    new = {"roles[3].title": "Adviser", "roles[3].start": "2012", "roles[3].end": "2013"}
    assert [role.title for role in changed(ADA, ADA, new).roles] == [
        "Engineering Manager, Content Platform",
        "Senior Software Engineer",
        "Adviser",
        "Software Engineer",
    ]
    still = {"roles[3].title": "Adviser", "roles[3].start": "2012"}
    assert changed(ADA, ADA, still).roles[0] == Role(title="Adviser", start="2012"), "what goes on comes first"


def test_what_a_page_masks_stays_as_it_is_stored() -> None:
    stored = Profile(
        title="Pilot",
        about="Call +44 20 7946 0018.\nI pilot.",
        roles=(Role(bullets=("Mail me: a@b.example", "Rowed")),),
    )
    seen = masked_profile(stored)
    assert seen != stored
    sent = controls(seen) | {"title": "Tug Master", "roles[0].bullets": f"{seen.roles[0].bullets[0]}\nSailed"}
    after = changed(stored, seen, sent)
    assert after.title == "Tug Master"
    assert after.about == stored.about
    assert after.roles[0].bullets == ("Mail me: a@b.example", "Sailed")


@pytest.mark.parametrize(
    ("written", "date"),
    [("Oct 2020", "2020-10"), ("10/2020", "2020-10"), ("2020", "2020"), ("present", None), ("", None)],
)
def test_a_date_is_taken_as_people_write_it(written: str, date: str | None) -> None:
    assert changed(ADA, ADA, {"roles[1].end": written}).roles[1].end == date


@pytest.mark.parametrize(
    ("control", "value"), [("years_of_experience", "many"), ("roles[0].start", "spring"), ("education[0].end", "1066")]
)
def test_what_is_no_number_or_date_names_its_control(control: str, value: str) -> None:
    with pytest.raises(ReadingError, match=value) as refused:
        changed(ADA, ADA, {control: value})
    assert str(refused.value).startswith(f"{control}: ")
