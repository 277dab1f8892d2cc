"""Derived values of whole profiles, and the one answer to "has this skill"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from recommender.facts import derive, first_places, held_skills
from recommender.field_path import FieldPath
from recommender.profile import Education, Profile, Role
from recommender.skills import Vocabulary

V = Vocabulary.shipped()

ADA = Profile(
    id="ada",
    name="Ada Example",
    title="Senior Software Engineer II",
    location="San Jose, CA",
    badges=("Open to Work",),
    certifications=("AWS Certified Solutions Architect",),
    highlights=("Scaled Kafka to many regions.",),
    core_skills=("Distributed Systems", "k8s"),
    other_skills=("Postgres", "Zorbing", "C/C++"),
    about="I like Rust programming and quiet mornings.",
    roles=(
        Role(
            company="Example  Works", title="Senior Software Engineer", start="2020-01", workplace="remote",
            bullets=("Ran Kafka.", "Wrote services in Go and Python."), skills=("ReactJS",),
        ),
        Role(company="Old Mill", title="Junior Developer", start="2017-01", end="2020-01", workplace="on-site"),
    ),
    education=(Education(school="Northfield", degree="BSc", field="Nursing"),),
    as_of="2026-01",
)  # fmt: skip


def test_facts_of_a_profile() -> None:
    facts = derive(ADA, V)
    assert facts.core_skills == ("Distributed Systems", "Kubernetes")
    assert (facts.seniority, facts.track, facts.occupation) == ("senior", "individual", "software engineer")
    assert facts.places == ("san jose", "california", "united states")
    assert facts.years == 9
    assert facts.companies_now == ("example works",)
    assert facts.companies_ever == ("example works", "old mill")
    assert facts.workplaces == ("remote",)
    assert facts.badges == ("open to work",)
    assert facts.certifications == ("aws certified solutions architect",)
    assert facts.title == "senior software engineer ii"
    assert list(facts.skills) == sorted(set(facts.skills))


def test_evidence_names_every_field() -> None:
    held = {name: tuple(map(str, places)) for name, places in held_skills(ADA, V).items()}
    assert held["Distributed Systems"] == ("core_skills[0]",)
    assert held["Kafka"] == ("highlights[0]", "roles[0].bullets[0]")
    assert held["React"] == ("roles[0].skills[0]",)
    assert held["PostgreSQL"] == ("other_skills[0]",)
    assert held["zorbing"] == ("other_skills[1]",)
    assert held["Rust"] == ("about",)
    assert held["Go"] == held["Python"] == ("roles[0].bullets[1]",)
    assert held["Software Engineering"] == ("title", "roles[0].title")
    assert held["AWS"] == ("certifications[0]",)
    assert "Nursing" not in held, "a course of study is no skill held"


def test_a_compound_entry_names_its_parts() -> None:
    held = held_skills(ADA, V)
    assert held["C"] == held["C++"] == held["c/c++"] == (FieldPath.of("other_skills", 2),)


def test_the_empty_profile() -> None:
    facts = derive(Profile(), V)
    assert facts.skills == facts.core_skills == facts.places == ()
    assert (facts.seniority, facts.track, facts.occupation, facts.years, facts.title) == (None, None, None, None, "")


@pytest.mark.parametrize(
    ("roles", "title"),
    [
        pytest.param([("Cook", "2015-01", "2019-12"), ("Baker", "2018-01", None)], "baker", id="one goes on"),
        pytest.param([("Cook", "2019-01", "2019-12"), ("Baker", "2010-01", "2020-12")], "baker", id="ended last"),
        pytest.param([("Cook", "2015-01", "2020-12"), ("Baker", "2018-01", "2020-12")], "baker", id="begun last"),
        pytest.param([("Cook", "2015-01", None), ("Baker", "2018-01", None)], "baker", id="both go on, begun last"),
        pytest.param([("Cook", None, None), ("Baker", "2010-01", "2011-12")], "baker", id="dates before none"),
        pytest.param([("Cook", None, "2012-12"), ("Baker", None, "2014-12")], "baker", id="ends alone"),
        pytest.param([("Cook", "2012", "2014"), (None, "2018", None)], "cook", id="a role without a title says none"),
        pytest.param([("Cook", None, None), ("Baker", None, None)], "cook", id="no dates: the first listed"),
    ],
)
def test_the_latest_role_goes_on_or_ended_last(
    roles: list[tuple[str | None, str | None, str | None]], title: str
) -> None:
    """Whichever is listed first, where there are dates."""
    made = [Role(title=name, start=start, end=end) for name, start, end in roles]
    listings = [made, made[::-1]] if any(role.start or role.end for role in made) else [made]
    assert [derive(Profile(roles=tuple(listing)), V).title for listing in listings] == [title] * len(listings)


def test_without_a_title_the_latest_role_says_it() -> None:
    assert derive(Profile(roles=(Role(title="Charge Nurse"), Role(title="Student Nurse"))), V).seniority == "lead"


@contextmanager
def _another_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: 0.0)
        yield


def test_the_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = derive(ADA, V)
    with _another_time(monkeypatch):
        assert derive(ADA, V) == before


def welder(*roles: Role, core_skills: tuple[str, ...] = ()) -> Profile:
    return Profile(title="Welder", roles=roles, core_skills=core_skills, as_of="2026-01")


def test_derived_core_prefers_recent_and_long_use() -> None:
    """TIG welding five years until now goes before bartending half a year long ago; teamwork says little."""
    profile = welder(
        Role(title="Welder", start="2021-01", bullets=("TIG welding of pipes.", "Teamwork.")),
        Role(title="Bartender", start="2009-01", end="2009-07", bullets=("Bartending and cash handling.",)),
    )
    core = derive(profile, V).core_skills
    assert core[0] == "Welding"
    assert core.index("TIG Welding") < core.index("Bartending")
    assert core.index("TIG Welding") < core.index("Teamwork")


def test_derived_core_follows_the_evidence_not_its_order() -> None:
    one = Role(title="Cook", start="2022-01", skills=("Baking",), bullets=("Baking bread.", "Baking cakes."))
    two = Role(title="Cook", start="2010-01", end="2011-01", skills=("Plumbing",))
    assert derive(welder(one, two), V).core_skills.index("Baking") < derive(welder(two, one), V).core_skills.index(
        "Plumbing"
    )
    assert set(derive(welder(one, two), V).core_skills) == set(derive(welder(two, one), V).core_skills)


def test_stated_core_skills_are_kept_as_they_are() -> None:
    profile = welder(core_skills=("Juggling Fire", "juggling  fire", "MIG"))
    assert derive(profile, V).core_skills == ("juggling fire", "MIG Welding")


def test_who_has_a_narrower_skill_has_the_one_that_it_says() -> None:
    profile = Profile(core_skills=("Spring Boot",), about="Ran SQL Server.")
    held = held_skills(profile, Vocabulary.shipped())
    assert {name: [str(place) for place in places] for name, places in held.items()} == {
        "Spring Boot": ["core_skills[0]"], "Spring": ["core_skills[0]"], "SQL Server": ["about"], "SQL": ["about"],
    }  # fmt: skip


def test_of_some_skills_the_fields_are_those_of_all() -> None:
    """Among them one by another name, one by a narrower name, and one that only prose shows."""
    held = held_skills(ADA, V)
    for skill in held:
        assert held_skills(ADA, V, [skill]) == {skill: held[skill]}
        assert first_places(ADA, V, [skill]) == {skill: held[skill][0]}
    some = ["Kubernetes", "Python", "Embroidery"]
    assert {skill: str(place) for skill, place in first_places(ADA, V, some).items()} == {
        "Kubernetes": "core_skills[1]", "Python": "roles[0].bullets[1]",
    }  # fmt: skip
    broad = Profile(core_skills=("Spring Boot",), about="Ran SQL Server.")
    assert {skill: str(place) for skill, place in first_places(broad, V, ["Spring", "SQL"]).items()} == {
        "Spring": "core_skills[0]", "SQL": "about",
    }  # fmt: skip


def test_prose_is_not_read_for_what_lists_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vocabulary, "mentions_of", lambda *_: pytest.fail("prose was read"))
    found = first_places(ADA, V, ["Kubernetes", "Distributed Systems"])
    assert {skill: str(place) for skill, place in found.items()} == {
        "Kubernetes": "core_skills[1]", "Distributed Systems": "core_skills[0]",
    }  # fmt: skip


def test_names_that_slashes_join_in_a_list_are_skills_each() -> None:
    assert set(held_skills(Profile(other_skills=("AI/ML",)), Vocabulary.shipped())) == {
        "Artificial Intelligence", "Machine Learning",
    }  # fmt: skip
