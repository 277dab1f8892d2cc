"""Mentions in prose: boundaries, longest first, risky names, names of others; and properties against a slow search."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.skills import Vocabulary
from recommender.skills.entries import Prose, Skill, Surface
from recommender.skills.mentions import MentionFinder


def found(text: str) -> list[str]:
    return [mention.name for mention in Vocabulary.shipped().mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I worked at Google.", []),
        ("The HR team grew.", []),
        ("JavaScript on every page", ["JavaScript"]),
        ("Wrote C++ and Python", ["C++", "Python"]),
        ("Built in C#, C and C++.", ["C#", "C", "C++"]),
        ("services in Go, Python and Java", ["Go", "Python", "Java"]),
        ("Ready to Go home", []),
        ("go to market quickly", ["Sales Strategy"]),
        ("using R and SAS", ["R", "SAS"]),
        ("Dr. R. Jones, plan C", []),
        ("R programming", ["R"]),
        ("Plan B and vitamin C", []),
        ("Excel in a fast team", []),
        ("Skilled in Excel at work", ["Microsoft Excel"]),
        ("Word, Excel, PowerPoint", ["Microsoft Word", "Microsoft Excel", "Microsoft PowerPoint"]),
        ("In other words, word spread", []),
        ("Access to buildings", []),
        ("MS Access", ["Microsoft Access"]),
        ("React to emergencies", []),
        ("React, Redux and Node.js", ["React", "Redux", "Node.js"]),
        ("Spring Boot and Spring Batch", ["Spring Boot", "Spring Batch"]),
        ("in the spring of 2015", []),
        ("ASP.NET and .NET Core", ["ASP.NET", ".NET Core"]),
        ("deployed web.xml files", []),
        ("K8s clusters on AWS", ["Kubernetes", "AWS"]),
        ("machine-learning models", ["Machine Learning"]),
        ("helped the machine-learning teams", []),
        ("machine\nlearning", ["Machine Learning"]),
        ("Troubleshooting\nNetwork cabling", ["Troubleshooting", "Network Cabling"]),
        ("CI/CD with Jenkins", ["CI/CD", "Jenkins"]),
        ("distributed systems at scale", ["Distributed Systems"]),
        ("a distributed system", ["Distributed Systems"]),
        ("Registered Nurse (RN) in the ICU", ["Registered Nurse", "Registered Nurse", "Critical Care"]),
        ("in a timely fashion", []),
        ("General Dynamics Inc", []),
        ("moved to Palo Alto, CA", []),
        ("wound care and IV therapy", ["Wound Care", "IV Therapy"]),
        ("P&L of two plants", ["P&L Management"]),
        ("Managed the R&D budget", ["Research and Development", "Budgeting"]),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_offsets_are_those_of_the_text() -> None:
    text = "İstanbul’da naïve çalışma: PostgreSQL\u00a0ve Kubernetes"
    spans = [(text[m.start : m.end], m.name) for m in Vocabulary.shipped().mentions(text)]
    assert spans == [("PostgreSQL", "PostgreSQL"), ("Kubernetes", "Kubernetes")]


@pytest.mark.parametrize("text", ["Oracle Inc", "Hanover Insurance Group", "Oracle - Austin, TX"])
def test_an_employer_is_no_skill(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Phi Beta Lambda, 2010", "ALPHA KAPPA LAMBDA", "Lambda Chi Alpha", "Pi Lambda Theta, Kappa Delta Pi"]
)
def test_a_society_of_greek_letters_is_no_skill(text: str) -> None:
    assert Vocabulary.shipped().mentions(text) == []


def test_lambda_beside_a_service_is_one() -> None:
    assert [mention.name for mention in Vocabulary.shipped().mentions("built with Lambda, S3")] == [
        "AWS Lambda",
        "Amazon S3",
    ]


def test_a_doer_before_a_place_is_one() -> None:
    assert found("Systems Administrator - Austin, TX") == ["System Administration"]


def test_mentions_do_not_overlap_and_are_ordered() -> None:
    text = "SQL Server 2016, SQL, PL/SQL; Java EE, Java; Spring Boot (Spring). " * 20
    mentions = Vocabulary.shipped().mentions(text)
    assert len(mentions) > 100
    for first, second in pairwise(mentions):
        assert first.end <= second.start


NAMES = ["alpha", "alpha beta", "beta gamma", "gamma", "delta epsilon zeta"]
SMALL = MentionFinder(Skill(name, (Surface(name, Prose.ANY),), "x", "x") for name in NAMES)
WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "alphabet"]), max_size=25
)


@given(WORDS)
def test_longest_first_as_a_slow_search_finds_it(words: list[str]) -> None:
    """Left to right, the longest name that begins at a word; names with a plural aside."""
    expected, i = [], 0
    while i < len(words):
        best = max((n for n in NAMES if words[i : i + len(n.split())] == n.split()), key=len, default=None)
        if best is None:
            i += 1
        else:
            expected.append(best)
            i += len(best.split())
    assert [mention.name for mention in SMALL(" ".join(words))] == expected


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for mention in Vocabulary.shipped().mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.start == 0 or not (text[mention.start - 1].isalnum() and text[mention.start].isalnum())


def test_risky_names_in_a_list_count_where_one_of_the_list_stands_by_itself_however_long() -> None:
    """A thousand names that need company have it from the last alone, and none without it; in linear time."""
    listed = "R, " * 30_000
    assert found("Kept " + listed + "Python") == ["R"] * 30_000 + ["Python"]
    assert len(found("x " + "Go / " * 30_000)) <= 30_000
