"""Run-together lists: the real page, made pages, what must survive, and the cap."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.skills import LONGEST_RUN, Vocabulary

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "profile-page.txt"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.shipped()


def lists(*runs: str) -> list[list[str]]:
    """Lists written with " · " between skills."""
    return [run.split(" · ") for run in runs]


PAGES = {
    "search": lists(
        "Distributed Systems · Platform Infrastructure · Search Systems · Technical Leadership",
        "content catalogs · data interoperability · ML workflows · team health · collaboration · low latency search",
        "content catalogs · data interoperability · ML workflows · Distributed Systems · Platform Infrastructure",
        "team health · collaboration · low latency search · Search Systems · Technical Leadership",
    ),
    "web": lists(
        "Frontend Development · Design Systems · Web Accessibility",
        "GraphQL · Next.js · TypeScript · component libraries · CI/CD · checkout latency · iOS",
        "GraphQL · Next.js · TypeScript · Frontend Development · Design Systems",
        "component libraries · CI/CD · checkout latency · Frontend Development · Web Accessibility",
    ),
    "names in capitals": lists(
        "Backend Development · Data Engineering",
        "PostgreSQL · C++ · .NET · AWS · ETL · macOS · DevOps · gRPC",
        "PostgreSQL · C++ · .NET · Backend Development",
        "AWS · ETL · macOS · Data Engineering",
    ),
    "nursing": lists(
        "Critical Care · Patient Education · Nursing Leadership",
        "ventilator management · sepsis protocols · family meetings · wound care · rapid response · CPR",
        "ventilator management · sepsis protocols · family meetings · Critical Care · Patient Education",
        "wound care · rapid response · CPR · Critical Care · Nursing Leadership",
    ),
    "kitchen": lists(
        "Kitchen Management · Menu Planning · Food Safety",
        "seasonal menus · allergen labelling · HACCP · supplier negotiation · pastry",
        "seasonal menus · allergen labelling · HACCP · Kitchen Management · Menu Planning",
        "supplier negotiation · pastry · Kitchen Management · Food Safety",
    ),
    "same words in two cases": lists(
        "Firmware Development · Embedded Systems",
        "firmware development · embedded Linux · board bring-up",
        "firmware development · embedded Linux · board bring-up · Firmware Development · Embedded Systems",
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_made_pages(vocabulary: Vocabulary, page: list[list[str]]) -> None:
    runs = ["".join(skills) for skills in page]
    assert vocabulary.segment(runs) == [tuple(skills) for skills in page]


@pytest.mark.skipif(not SEED.exists(), reason="needs the profile page of ../shared")
def test_the_real_page(vocabulary: Vocabulary) -> None:
    """Worked out by eye from what its role lines repeat; told by counts, ends and joins, not by its text."""
    lines = SEED.read_text(encoding="utf-8").splitlines()
    core, other = (lines[lines.index(heading) + 2] for heading in ("Core Skills", "Other Skills"))
    last_words = ("Development", "Engineering", "Leadership", "Infrastructure", "Systems")
    roles = [
        line
        for line in lines
        if line not in (core, other)
        and line.endswith(last_words)
        and line[0] != " "
        and "&" not in line
        and len(line) > 40
    ]
    core_skills, other_skills, *tagged = vocabulary.segment([core, other, *roles])
    assert (len(core_skills), len(other_skills), len(roles)) == (11, 15, 7)
    assert [len(tags) for tags in tagged] == [5, 5, 5, 5, 5, 5, 3]
    assert "".join(core_skills) == core
    assert "".join(other_skills) == other
    closing = [tag for tags in tagged[:-1] for tag in tags[3:]] + [tagged[-1][-1]]
    assert list(dict.fromkeys(closing)) == list(core_skills)
    on_no_role = [skill for skill in other_skills if skill not in {tag for tags in tagged for tag in tags}]
    assert on_no_role == ["search functionalities", "low latency search"]


@pytest.mark.parametrize(
    "name",
    ["GraphQL", "Next.js", "PostgreSQL", "CI/CD", "C++", ".NET", "iOS", "macOS", "DevOps", "JavaScript", "GitHub",
     "VMware", "LinkedIn", "A/B Testing", "R&D", "Node.js", "SolidWorks", "QuickBooks", "PowerPoint", "NumPy",
     "MongoDB", "HubSpot"],
)  # fmt: skip
def test_names_survive_between_others(vocabulary: Vocabulary, name: str) -> None:
    assert vocabulary.segment([f"Project Management{name}Team Leadership"]) == [
        ("Project Management", name, "Team Leadership")
    ]


def test_a_line_break_is_a_certain_cut(vocabulary: Vocabulary) -> None:
    assert vocabulary.segment(["Machine\nLearning"]) == [("Machine", "Learning")]


@pytest.mark.parametrize("run", ["", " ", "\n \n"])
def test_nothing_is_no_skill(vocabulary: Vocabulary, run: str) -> None:
    assert vocabulary.segment([run, "Kafka"]) == [(), ("Kafka",)]


def test_what_is_too_long_is_left_out(vocabulary: Vocabulary) -> None:
    first, second = vocabulary.segment(["Kafka" * 10_000, "Java"])
    assert first == ("Kafka",) * (LONGEST_RUN // len("Kafka"))
    assert second == ("Java",)


SKILLS = st.lists(st.sampled_from(Vocabulary.shipped().names), min_size=1, max_size=8)
ANY_RUNS = st.lists(st.text(alphabet="abcXYZ AI.+/#-é9\u00a0", max_size=60), min_size=1, max_size=4)


@given(ANY_RUNS)
def test_no_letter_is_lost(runs: list[str]) -> None:
    """Whatever the run, its skills say it over again, white space aside."""
    for run, pieces in zip(runs, Vocabulary.shipped().segment(runs), strict=True):
        assert "".join("".join(pieces).split()) == "".join(run.split())
        assert all(piece == piece.strip() and piece for piece in pieces)


@settings(deadline=None)  # the first call loads the vocabulary
@given(SKILLS)
def test_segmenting_is_deterministic(skills: list[str]) -> None:
    run = "".join(skills)
    assert Vocabulary.shipped().segment([run]) == Vocabulary.shipped().segment([run])


@pytest.mark.parametrize(
    ("run", "skills"),
    [
        ("Gestão de RiscoAnálise Fiscal", ("Gestão de Risco", "Análise Fiscal")),
        ("Comptabilité GénéraleContrôle de Gestion", ("Comptabilité Générale", "Contrôle de Gestion")),
        ("Bilanzierung nach HGBÜbersetzung", ("Bilanzierung nach HGB", "Übersetzung")),
        ("LaTeXCopy Editing", ("LaTeX", "Copy Editing")),
        ("AutoCADPiping Design", ("AutoCAD", "Piping Design")),
        ("CloudLanenightly triage", ("CloudLane", "nightly triage")),
        ("PRINCE2Claims platforms", ("PRINCE2", "Claims platforms")),
    ],
)
def test_words_with_accents_and_capitals_within_are_words(run: str, skills: tuple[str, ...]) -> None:
    assert Vocabulary.shipped().segment([run]) == [skills]
