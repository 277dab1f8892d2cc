"""Filters as people write them, and by canonical names."""

from __future__ import annotations

import contextlib
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.collection import EVERYONE, Filter, YearsRange, canonical_filter, filter_from_json, parse_filter
from recommender.collection.filter import title_words
from recommender.errors import FilterError
from recommender.skills import Vocabulary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYONE),
        ("location=United States", Filter(location=("United States",))),
        ("location=United States,years.min=5", Filter(location=("United States",), years=YearsRange(min=5))),
        ("years.min=5, years.max=12", Filter(years=YearsRange(min=5, max=12))),
        ("skills_all=Python|Go,skills_all=C++", Filter(skills_all=("Python", "Go", "C++"))),
        ('company_now="Smith, Jones & Co"|Acme', Filter(company_now=("Smith, Jones & Co", "Acme"))),
        ('badges="say ""hi"""', Filter(badges=('say "hi"',))),
        ("title_contains=data engineer", Filter(title_contains="data engineer")),
        ('{"skills_any": ["Go"], "years": {"min": 3}}', Filter(skills_any=("Go",), years=YearsRange(min=3))),
        ("profile_ids=a=b", Filter(profile_ids=("a=b",))),
        ("exclude_ids=", Filter(exclude_ids=())),
        (
            "location=San Jose, California, United States|Leeds,United Kingdom|Oslo,years.min=5",
            Filter(
                location=("San Jose, California, United States", "Leeds, United Kingdom", "Oslo"),
                years=YearsRange(min=5),
            ),
        ),
        (
            "location=Berlin,Germany|Bern,skills_all=Go",
            Filter(location=("Berlin, Germany", "Bern"), skills_all=("Go",)),
        ),
    ],
)
def test_what_people_type(text: str, expected: Filter) -> None:
    assert parse_filter(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour=red", "colour"),
        ("location", "location"),
        ("years.min=five", "years.min"),
        ("years.min=5|6", "years.min"),
        ("years=5", "years"),
        ('{"colour": "red"}', "colour"),
        ('{"years": {"from": 5}}', "from"),
        ('{"location": "Berlin"}', "location"),
        ('{"location": ["Berlin"', "not a filter"),
        (b"\xff{", "not a filter"),
    ],
)
def test_what_is_no_filter_is_refused_by_name(text: str | bytes, named: str) -> None:
    with pytest.raises(FilterError, match=named) as caught:
        filter_from_json(text) if isinstance(text, bytes) else parse_filter(text)
    assert "\n" not in str(caught.value)


@given(st.text())
def test_any_text_is_a_filter_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(FilterError):
        parse_filter(text)


@given(st.lists(st.text(min_size=1).filter(lambda t: t == t.strip() and '"' not in t), min_size=1, max_size=4))
def test_quoted_values_come_back_as_they_were(values: list[str]) -> None:
    typed = "skills_any=" + "|".join(f'"{value}"' for value in values)
    assert parse_filter(typed) == Filter(skills_any=tuple(values))


def test_a_filter_survives_its_json() -> None:
    where = Filter(location=("Berlin",), years=YearsRange(max=3), skills_none=())
    assert filter_from_json(msgspec.json.encode(where)) == where
    assert msgspec.json.encode(EVERYONE) == b"{}"


def test_skills_are_renamed_and_nothing_else() -> None:
    vocabulary = Vocabulary.shipped()
    where = Filter(skills_all=("k8s", "kubernetes"), skills_any=("Go",), skills_none=("k8s",), company_now=("k8s",))
    assert canonical_filter(where, vocabulary) == Filter(
        skills_all=("Kubernetes",), skills_any=("Go",), skills_none=("Kubernetes",), company_now=("k8s",)
    )
    assert canonical_filter(EVERYONE, vocabulary) == EVERYONE


def test_every_value_goes_by_the_name_that_stored_ones_have() -> None:
    where = Filter(
        location=("USA", "München, DE", "TX"), seniority=("Sr.", "mid-level"), workplace=("WFH", "On Site"),
        company_now=("Quill Works, Inc.",), company_ever=("Quill and Reed",), company_none=("O’Hara–Sons GmbH",),
        badges=("Open  To Work",), certifications=("RN Licence",), profile_ids=("USA",), title_contains="Sr. %",
    )  # fmt: skip
    named = Filter(
        location=("united states", "munich, germany", "texas, united states"), seniority=("senior", "mid"),
        workplace=("remote", "on-site"), company_now=("quill works",), company_ever=("quill & reed",),
        company_none=("o'hara-sons",), badges=("open to work",), certifications=("rn licence",),
        profile_ids=("USA",), title_contains="Sr. %",
    )  # fmt: skip
    assert canonical_filter(where, Vocabulary.shipped()) == named
    assert canonical_filter(named, Vocabulary.shipped()) == named


@pytest.mark.parametrize(
    ("where", "known"),
    [(Filter(seniority=("wizard",)), "intern, junior, mid"), (Filter(workplace=("moon",)), "remote, hybrid, on-site")],
)
def test_a_level_that_there_is_not_is_refused_with_those_there_are(where: Filter, known: str) -> None:
    with pytest.raises(FilterError, match=known):
        canonical_filter(where, Vocabulary.shipped())


def test_signs_that_stand_for_others_elsewhere_are_letters() -> None:
    assert title_words("50% Nurse") == ["50", "%", "nurse"]
    assert title_words("data_engineer") == ["data_engineer"]
    assert title_words("Infirmière") == ["infirmiere"]


def test_words_of_titles() -> None:
    assert title_words("Sr. C++/C# Engineer – R&D (Node.js)") == ["sr", "c++", "c#", "engineer", "r", "d", "node", "js"]


def test_separators_by_the_thousand_are_split_in_linear_time() -> None:
    begun = time.process_time()
    assert parse_filter("," * 500_000 + "location=Berlin" + "|" * 500_000) == Filter(location=("Berlin",))
    assert parse_filter("company_now=" + '""' * 250_000 + "a|b").company_now is not None
    assert time.process_time() - begun < 20


def test_a_separator_that_an_odd_number_of_quotes_follows_is_none() -> None:
    assert parse_filter('company_now="Vale, Roth"|Acme,title_contains=cook') == Filter(
        company_now=("Vale, Roth", "Acme"), title_contains="cook"
    )
