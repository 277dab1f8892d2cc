"""Every reason names a field that is there and holds all that it is cited for, on whatever profile."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from recommender.facts import names_in
from recommender.field_path import FieldPath
from recommender.matching import Match, Matcher, Query, Reason
from recommender.profile import Profile, Role
from recommender.settings import Settings
from recommender.wiring import Recommender
from tests.matching.fakes import VOCABULARY, matcher_of, person

_SKILLS = re.compile(r"(?:“.*” — )?(\d+)(?: more)? of (\d+) core skills: (.*?)(?:; missing: (.*))?\Z", re.DOTALL)


def skills_in(path: str, value: Any) -> set[str]:
    """The skills that a field shows by the vocabulary."""
    texts = value if isinstance(value, tuple) else (value,)
    if path.endswith("skills"):
        named = {name for entry in value for name in names_in(entry, VOCABULARY)}
    else:
        named = {mention.name for text in texts for mention in VOCABULARY.mentions(text)}
    return named | {broader for name in named for broader in VOCABULARY.broader(name)}


def untrue(reason: Reason, profile: Profile) -> str | None:
    """What is wrong with a reason for this match; None where all that it claims is in its field."""
    path = FieldPath.parse(reason.field)
    assert path is not None, "no path"
    value = path.resolve(profile)
    if value in (None, "", ()):
        return "the field is empty"
    if found := _SKILLS.fullmatch(reason.text):
        named, missing = re.sub(r" \(as .*? here\)", "", found[3]).split(", "), (found[4] or "").split(", ")
        shown = skills_in(reason.field, value)
        if not {VOCABULARY.canonical(name) for name in named} <= shown:
            return f"{named} of {shown}"
        if len(named) != min(int(found[1]), 5) or int(found[1]) > int(found[2]):
            return "miscounted"
        return "says missing what is there" if set(missing) & shown else None
    if reason.text.startswith("comparable occupation"):
        return None if reason.text.endswith(f"“{value}”") else "another title"
    if reason.text.startswith("similar work"):
        quoted = reason.text.rpartition("“")[2].removesuffix("”").removesuffix(" …")
        return None if value.startswith(quoted.rpartition(": ")[2]) or quoted.endswith(value) else "another bullet"
    assert reason.text.startswith("comparable experience")
    return None


def message(match: Match, words: str) -> list[tuple[str, str]]:
    return [(reason.text, reason.field) for reason in match.reasons if words in reason.text]


def only(matcher: Matcher, query: Query, profile_id: str = "match") -> Match:
    return next(match for match in matcher.similar(query).matches if match.profile_id == profile_id)


ASKED = Profile(
    id="asked", title="Platform Engineer", core_skills=("Kubernetes", "Python", "PostgreSQL"), as_of="2026-01"
)


@pytest.mark.parametrize(
    ("match", "reasons"),
    [
        pytest.param(
            Profile(other_skills=("K8s", "Helm", "postgres")),
            [
                (
                    "2 of 3 core skills: Kubernetes (as K8s here), PostgreSQL (as postgres here); missing: Python",
                    "other_skills",
                )
            ],
            id="aliases in a list",
        ),
        pytest.param(
            Profile(
                core_skills=("Docker", "Helm"),
                other_skills=("MySQL",),
                roles=(Role(bullets=("ran K8s on bare metal",)),),
            ),
            [("1 of 3 core skills: Kubernetes (as K8s here); missing: Python, PostgreSQL", "roles[0].bullets[0]")],
            id="related ones in the lists, the skill itself in prose",
        ),
        pytest.param(
            Profile(core_skills=("Python",), roles=(Role(skills=("PostgreSQL",), title="Engineer"),)),
            [
                ("1 of 3 core skills: PostgreSQL", "roles[0].skills"),
                ("1 more of 3 core skills: Python; missing: Kubernetes", "core_skills"),
            ],
            id="no field holds both",
        ),
        pytest.param(
            Profile(title="Python Developer", about="Gardens."),
            [("1 of 3 core skills: Python; missing: Kubernetes, PostgreSQL", "title")],
            id="a title alone",
        ),
        pytest.param(
            Profile(title="Gardener", roles=(Role(title="Python Developer"),)),
            [("1 of 3 core skills: Python; missing: Kubernetes, PostgreSQL", "roles[0].title")],
            id="the title of a role that tells nothing else",
        ),
        pytest.param(
            Profile(title="Gardener", certifications=("First Aid", "PostgreSQL Associate")),
            [("1 of 3 core skills: PostgreSQL; missing: Kubernetes, Python", "certifications")],
            id="a certificate alone",
        ),
        pytest.param(
            Profile(core_skills=("PYTHON", "kubernetes"), other_skills=("kubernetes", "PYTHON")),
            [("2 of 3 core skills: Kubernetes, Python; missing: PostgreSQL", "core_skills")],
            id="the same in both lists",
        ),
        pytest.param(
            Profile(highlights=("Moved forty services to Kubernetes",)),
            [("1 of 3 core skills: Kubernetes; missing: Python, PostgreSQL", "highlights[0]")],
            id="a highlight",
        ),
        pytest.param(Profile(core_skills=("Docker", "Helm", "MySQL")), [], id="related alone"),
    ],
)
def test_core_skills_cite_the_fields_that_hold_them(
    match: Profile, reasons: list[tuple[str, str]], tmp_path: Path
) -> None:
    stored = msgspec.structs.replace(match, id="match", as_of="2026-01")
    matcher = matcher_of([stored, person(1, "nurse")], tmp_path)
    assert message(only(matcher, Query(profile=ASKED)), "core skills") == reasons


def test_nothing_is_said_of_what_gave_no_points(tmp_path: Path) -> None:
    matcher = matcher_of([person(1, "nurse", id="match", years_of_experience=5)], tmp_path)
    asked = person(2, "nurse", years_of_experience=5)
    assert message(only(matcher, Query(profile=asked)), "experience") == [
        ("comparable experience: 5 and 5 years", "years_of_experience")
    ]
    assert not message(only(matcher, Query(profile=asked, weights={"years": 0})), "experience")
    assert message(only(matcher, Query(profile=asked)), "core skills")
    assert not message(only(matcher, Query(profile=asked, weights={"skills": 0})), "core skills")


def test_years_that_nobody_stated_cite_the_roles_they_are_counted_from(tmp_path: Path) -> None:
    matcher = matcher_of([person(1, "nurse", id="match", years_of_experience=None)], tmp_path)
    found = message(only(matcher, Query(profile=person(2, "nurse", years_of_experience=11))), "experience")
    assert found == [("comparable experience: 11 and 11 years", "roles")]


@pytest.mark.parametrize(
    ("own", "alike", "apart"),
    [(0, (0, 2), (3,)), (5, (3, 7), (2, 8)), (11, (9, 13), (8, 14)), (12, (9, 15), (8, 16)), (20, (15, 25), (14, 26))],
)
def test_years_are_comparable_within_two_or_a_quarter_of_the_subject_s(
    own: int, alike: tuple[int, ...], apart: tuple[int, ...], tmp_path: Path
) -> None:
    """A quarter in whole years: of 11 it is 2, of 12 it is 3. All of them score points for their years."""
    held = [person(years, "nurse", years_of_experience=years) for years in alike + apart]
    asked = person(99, "nurse", years_of_experience=own)
    matches = matcher_of(held, tmp_path).similar(Query(profile=asked)).matches
    assert all(points.points > 0 for match in matches for points in match.contributions if points.signal == "years")
    cited = {match.profile_id: message(match, "comparable experience") for match in matches}
    assert cited == {f"nurse-{years}": [] for years in apart} | {
        f"nurse-{years}": [(f"comparable experience: {own} and {years} years", "years_of_experience")]
        for years in alike
    }


def test_every_liked_profile_explains_those_that_are_like_it(tmp_path: Path) -> None:
    people = [person(n, trade) for trade in ("nurse", "welder") for n in range(4)]
    matcher = matcher_of(people, tmp_path)
    answer = matcher.similar(Query(like=("nurse-0", "welder-0"), k=6))
    assert len(answer.matches) == 6
    for match in answer.matches:
        trade = match.profile_id.partition("-")[0]
        (skills,) = message(match, "core skills")
        if trade == "nurse":
            assert skills == (
                "“Registered Nurse” — 3 of 3 core skills: Patient Care, Triage, Wound Care",
                "core_skills",
            )
            assert match.shared_skills[:3] == ("Patient Care", "Triage", "Wound Care")
        else:
            assert skills[0].startswith("“Welder” — 3 of 3 core skills: Welding, Blueprint Reading, Fabrication")
            assert match.shared_skills[:3] == ("Welding", "Blueprint Reading", "Metal Fabrication")


def test_someone_like_two_of_the_liked_is_explained_by_both(tmp_path: Path) -> None:
    both = person(9, "nurse", id="match", other_skills=("Welding", "Fabrication"))
    matcher = matcher_of([both, person(0, "nurse"), person(0, "welder")], tmp_path)
    match = only(matcher, Query(like=("welder-0", "nurse-0")))
    assert [text.partition(": ")[0] for text, _ in message(match, "core skills")] == [
        "“Registered Nurse” — 3 of 3 core skills",
        "“Welder” — 2 of 3 core skills",
    ]
    assert set(match.shared_skills) >= {"Patient Care", "Triage", "Wound Care", "Welding", "Metal Fabrication"}


WORDS = (
    "Python", "python", "K8s", "Kubernetes", "postgres", "PostgreSQL", "React.js", "Patient Care", "wound care",
    "triage", "TIG", "Welding", "welder", "Excel", "machine learning", "ML", "Registered Nurse", "gardening",
    "Docker", "MySQL",
)  # fmt: skip


def made_up(rng: random.Random, number: int) -> Profile:
    """Somebody whose skills stand anywhere: lists, tags, titles, certificates, prose; or nowhere."""

    def some(most: int) -> tuple[str, ...]:
        return tuple(rng.sample(WORDS, rng.randint(0, most)))

    def text() -> str | None:
        return rng.choice([None, "", f"worked with {' and '.join(some(3)) or 'people'} every day"])

    roles = tuple(
        Role(
            title=rng.choice([None, "Engineer", *WORDS]),
            company=rng.choice([None, "Elm Works"]),
            start=rng.choice([None, "2019-03"]),
            bullets=tuple(filter(None, (text() for _ in range(rng.randint(0, 3))))),
            skills=some(3),
        )
        for _ in range(rng.randint(0, 3))
    )
    return Profile(
        id=f"p{number}", title=rng.choice([None, "Welder", *WORDS]), core_skills=some(4), other_skills=some(4),
        highlights=some(2), about=text(), roles=roles, certifications=some(2), as_of="2026-01",
        years_of_experience=rng.choice([None, 0, 5]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_reasons_are_true_of_anybody(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    people = {f"p{number}": made_up(rng, number) for number in range(60)}
    matcher = matcher_of(list(people.values()), tmp_path)
    queries = [Query(like=(profile_id,), k=60) for profile_id in list(people)[:12]]
    queries += [Query(like=("p1", "p2", "p3", "p4"), k=60), Query(text="python, kubernetes, triage", k=60)]
    found = 0
    for query in queries:
        for match in matcher.similar(query).matches:
            for reason in match.reasons:
                found += 1
                wrong = untrue(reason, people[match.profile_id])
                assert wrong is None, (reason, wrong, people[match.profile_id])
    assert found > 500


def test_reasons_are_true_of_the_sample(sample_pool: Path) -> None:
    with Recommender(Settings.load(data=sample_pool)) as recommender, recommender.collection.view() as view:
        ids = [f"sample-{number:04}" for number in range(7, 3600, 120)]
        queries = [Query(like=(profile_id,)) for profile_id in ids]
        queries += [Query(like=(one, other)) for one, other in zip(ids[:5], ids[5:10], strict=True)]
        for query in queries:
            answer = recommender.similar(query)
            profiles = view.profiles([view.row(match.profile_id) for match in answer.matches])
            for match, profile in zip(answer.matches, profiles, strict=True):
                assert [(r, untrue(r, profile)) for r in match.reasons if untrue(r, profile)] == []


def test_a_broader_skill_is_shown_as_the_field_writes_what_says_it(tmp_path: Path) -> None:
    asked = person(0, "welder", core_skills=("Welding",))
    match = only(
        matcher_of([person(9, "welder", id="match", core_skills=("TIG Welding",))], tmp_path), Query(profile=asked)
    )
    assert [text for text, _ in message(match, "core skills")] == ["1 of 1 core skills: Welding"]
