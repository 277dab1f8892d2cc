"""What would be nice, certificates by the names that they go by, levels beside each other, and where people were."""

from __future__ import annotations

import pytest

from recommender.asking import understand
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("text", "nice"),
    [
        ("video editor - Premiere Pro; After Effects helpful", ["Adobe After Effects"]),
        ("nurse, wound care, triage (phlebotomy desirable), Leeds", ["Phlebotomy"]),
        ("data analyst, SQL, Tableau valued", ["Tableau"]),
    ],
)
def test_what_is_said_after_something_is_said_of_that_alone(text: str, nice: list[str]) -> None:
    asked = understand(text, VOCABULARY).skills
    assert [value for part in asked if part.stance == "nice" for value in part.values] == nice


def test_a_language_that_opens_a_sentence_is_one_and_is_nice_to_have() -> None:
    asked = understand("Crane operator wanted in Bergen. You hold a licence. Norwegian is an advantage.", VOCABULARY)
    assert [(part.values, part.stance) for part in asked.languages] == [(("Norwegian",), "nice")]


@pytest.mark.parametrize(
    ("text", "certificate"),
    [
        ("roofer, slating, TRADA certified, Leeds", "TRADA"),
        ("ELECTRICIAN. REWIRING. NAPIT REGISTERED. DERBY.", "NAPIT"),
        ("We seek a pool attendant who has a water rescue certificate.", "water rescue certificate"),
        ("We seek a planner who holds a CRP.", "CRP"),
        ("pilot with a Part 135 license", "Part 135 license"),
        ("process engineer, Lean Six Sigma Green Belt", "Lean Six Sigma Green Belt"),
    ],
)
def test_a_certificate_goes_by_its_name(text: str, certificate: str) -> None:
    assert [part.values for part in understand(text, VOCABULARY).certifications] == [(certificate,)]


@pytest.mark.parametrize("text", ["analyst who holds an MBA", "registered nurse, Leeds", "REGISTERED NURSE, ICU"])
def test_a_degree_and_a_title_are_no_certificates(text: str) -> None:
    assert understand(text, VOCABULARY).certifications == ()


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("tax analyst, mid/senior", ("mid", "senior")),
        ("data engineer, junior to mid, Leeds", ("junior", "mid")),
    ],
)
def test_of_two_levels_either_will_do(text: str, levels: tuple[str, ...]) -> None:
    assert [part.values for part in understand(text, VOCABULARY).seniority] == [levels]


@pytest.mark.parametrize(
    "text", ["anyone who used to work at Globex", "ex-Globex welder", "someone who used to be at Globex"]
)
def test_where_people_were_is_a_company(text: str) -> None:
    assert [part.values for part in understand(text, VOCABULARY).companies] == [("Globex",)]


def test_a_year_is_one_year() -> None:
    years = understand("You have taught chess for at least a year. We are a school.", VOCABULARY).years
    assert years is not None
    assert (years.min, years.max) == (1, None)


@pytest.mark.parametrize("place", ["Memphis, TN", "Reno, NV", "Columbus, OH"])
def test_a_town_with_its_state_is_one_place(place: str) -> None:
    assert [part.values for part in understand(f"forklift driver, {place}", VOCABULARY).places] == [(place,)]
