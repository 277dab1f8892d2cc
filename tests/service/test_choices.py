"""The counts beside the choices against counts by hand: choosing a value leaves exactly so many people."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from recommender.collection import EVERYONE, Filter, YearsRange
from recommender.facts import company_form
from recommender.insights import Derived, derive
from recommender.service.pages.filters.chips import chips, missed, said_years
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.controls import Counting
from recommender.service.pages.filters.facets import BY_NAME, FACETS
from recommender.service.pages.filters.values import matching, titles
from recommender.skills import Vocabulary
from tests.service.people import POOL
from tests.service.test_similar import rooms

VOCABULARY = Vocabulary.shipped()
FACTS = {str(person.id): derive(person, VOCABULARY) for person in POOL}
KAFKA = VOCABULARY.canonical("Kafka")


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


skills = some(*map(VOCABULARY.canonical, ("Kafka", "Distributed Systems", "Triage", "GraphQL")))
companies = some("northwind streams", "borealis mail", "st aldate hospital", "company 7")
choices_made = st.builds(
    Choices,
    location=some("germany", "texas", "leeds", "atlantis"),
    country=some("germany", "united states"),
    region=some("texas", "california"),
    city=some("berlin", "san jose", "leeds"),
    seniority=some("senior", "lead", "intern"),
    skill=skills,
    skill_any=skills,
    skill_none=skills,
    company=companies,
    company_ever=companies,
    company_none=companies,
    workplace=some("hybrid", "remote"),
    badge=some("open to work"),
    persona=some("platform engineer", "nurse", "backend-heavy platform engineer"),
    years_from=st.sampled_from([None, 3, 10]),
    years_to=st.sampled_from([None, 12]),
    title=st.sampled_from(["", "platform engineer", "nurse"]),
    name=st.sampled_from(["", "ada", "robin"]),
    hide=some("ada", "eng-003"),
)


choices_with_moves = st.builds(
    lambda choices, moves: msgspec.structs.replace(choices, moves=moves), choices_made, some("yes", "no")
)


def any_of(chosen: tuple[str, ...], held: Any) -> bool:
    return not chosen or bool(set(chosen) & set(held))


def meets(profile_id: str, facts: Derived, choices: Choices) -> bool:
    name = next(str(person.name) for person in POOL if person.id == profile_id)
    low, high = choices.years_from, choices.years_to
    ever = set(map(company_form, facts.companies_ever))
    return (
        all(any_of(held, facts.places) for held in (choices.location, choices.country, choices.region, choices.city))
        and any_of(choices.seniority, [facts.seniority])
        and set(choices.skill) <= set(facts.skills)
        and any_of(choices.skill_any, facts.skills)
        and not set(choices.skill_none) & set(facts.skills)
        and any_of(choices.company, map(company_form, facts.companies_now))
        and any_of(choices.company_ever, ever)
        and not set(choices.company_none) & ever
        and any_of(choices.workplace, facts.workplaces)
        and any_of(choices.badge, [badge.casefold() for badge in facts.badges])
        and any_of(choices.persona, facts.insights.kinds)
        and (low is None or (facts.years is not None and facts.years >= low))
        and (high is None or (facts.years is not None and facts.years <= high))
        and choices.title in facts.title.casefold()
        and choices.name in name.casefold()
        and profile_id not in choices.hide
    )


def brute(choices: Choices, without: str = "") -> int:
    return sum(meets(one, facts, choices) for one, facts in FACTS.items() if one != without)


def if_chosen(choices: Choices, name: str, value: str) -> Choices:
    """The choices once an option is chosen, as its count has it."""
    narrows = name in ("skill", "skill_none", "company_none")
    values = tuple(dict.fromkeys((*getattr(choices, name), value))) if narrows else (value,)
    return msgspec.structs.replace(choices, **{name: values})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=choices_made, left_out=st.sampled_from(["", "ada", "nurse-1"]), offered=st.booleans())
def test_every_count_is_of_those_who_are_left_if_it_is_chosen(
    filled: TestClient, choices: Choices, left_out: str, offered: bool
) -> None:
    base = Filter(exclude_ids=(left_out,)) if left_out else EVERYONE
    core = FACTS[left_out or "ada"].core_skills
    with rooms(filled).collection.view() as view:
        counting = Counting(view, choices, base)
        made = counting.groups({facet.name for facet in FACETS}, core if offered else ())
        assert counting.count == brute(choices, left_out)
    for group in made:
        for option in group.options:
            expected = brute(if_chosen(choices, group.name, option.value), left_out)
            assert option.count == expected, (group.name, option)
        chosen = {option.value for option in group.options if option.chosen}
        assert chosen == set(getattr(choices, group.name)), "what is chosen can be taken back"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=choices_made, name=st.sampled_from(sorted(BY_NAME)), text=st.sampled_from(["", "k", "ber", "s", "open"]))
def test_every_value_that_is_typed_has_the_count_that_choosing_it_leaves(
    filled: TestClient, choices: Choices, name: str, text: str
) -> None:
    with rooms(filled).collection.view() as view:
        found = matching(Counting(view, choices), BY_NAME[name], text, VOCABULARY)
    assert [one.count for one in found] == [brute(if_chosen(choices, name, one.value)) for one in found]


def test_only_what_is_open_is_counted(filled: TestClient) -> None:
    with rooms(filled).collection.view() as view:
        counted = {one.name: len(one.options) for one in Counting(view, Choices()).groups()}
        opened = {one.name: len(one.options) for one in Counting(view, Choices()).groups({"workplace"})}
    assert counted == dict.fromkeys(counted, 0) | {"country": 3, "seniority": 3, "skill": 8}
    assert opened == dict.fromkeys(counted, 0) | {"workplace": 1}


@pytest.mark.parametrize(
    ("facet", "text", "expected"),
    [
        ("country", "uni", [("United Kingdom", 4), ("United States", 53)]),
        ("region", "tex", [("Texas", 52)]),
        ("city", "tex", []),
        ("city", "berlni", [("Berlin", 52)]),
        ("skill", "apache kafka", [(KAFKA, 105)]),
        ("company", "St Aldate", [("St Aldate Hospital", 4)]),
        ("company", "borealis", [("Borealis Mail", 0)]),
        ("company_ever", "borealis", [("Borealis Mail", 1)]),
        ("company_none", "borealis", [("Borealis Mail", 108)]),
        ("badge", "work", [("Open to Work", 1)]),
        ("certification", "x", []),
    ],
)
def test_values_are_found_by_a_few_letters(
    filled: TestClient, facet: str, text: str, expected: list[tuple[str, int]]
) -> None:
    with rooms(filled).collection.view() as view:
        found = matching(Counting(view, Choices()), BY_NAME[facet], text, VOCABULARY)
    assert sorted((one.label, one.count) for one in found) == expected


def test_titles_are_found_with_those_they_leave(filled: TestClient) -> None:
    with rooms(filled).collection.view() as view:
        found = titles(Counting(view, Choices(country=("united kingdom",))), "r")
        assert [(one.value, one.count) for one in found] == [("registered nurse", 4)]


def test_what_nobody_has_is_said_with_what_may_be_meant(filled: TestClient) -> None:
    choices = Choices(country=("germny",), badge=("open to wrok",), years_from=90, title="pilot", seniority=("lead",))
    with rooms(filled).collection.view() as view:
        found = missed(Counting(view, choices))
    nobody = "Nobody in this pool has the"
    assert [(one.said, [chip.label for chip in one.near]) for one in found] == [
        (f"{nobody} country “Germny”", ["Germany"]),
        (f"{nobody} badge “open to wrok”", ["Open to Work"]),
        (f"{nobody} years of experience “90+ years”", []),
        (f"{nobody} title “pilot”", []),
    ]
    instead = Choices.of(QueryParams(found[0].near[0].query), VOCABULARY)
    assert instead == msgspec.structs.replace(choices, country=("germany",))


@given(choices=choices_with_moves)
def test_a_url_holds_the_choices(choices: Choices) -> None:
    assert Choices.of(QueryParams(choices.query()), VOCABULARY, sees_moves=True) == choices
    unseen = msgspec.structs.replace(choices, moves=None)
    assert Choices.of(QueryParams(choices.query()), VOCABULARY) == unseen, (
        "for who may not know there is no such choice"
    )
    again = Choices.of(QueryParams(choices.query(page=3)), VOCABULARY, ("page",), sees_moves=True)
    assert again.kept == (("page", "3"),)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=choices_with_moves)
def test_taking_back_leaves_the_rest(filled: TestClient, choices: Choices) -> None:
    with rooms(filled).collection.view() as view:
        whole = chips(view, choices)
        for chip in whole:
            rest = chips(view, Choices.of(QueryParams(chip.query), VOCABULARY, sees_moves=True))
            assert len(rest) == len(whole) - 1
            assert [one.label for one in rest] == [one.label for one in whole if one is not chip]


def test_chips_say_what_is_chosen(filled: TestClient) -> None:
    choices = Choices(
        city=("san jose",), skill=(KAFKA,), skill_any=(KAFKA,), skill_none=("Triage",), company=("northwind streams",),
        company_ever=("borealis mail",), company_none=("st aldate hospital",), badge=("open to work",), years_to=9,
        title="lead", name="ada", hide=("ada", "nobody"),
    )  # fmt: skip
    with rooms(filled).collection.view() as view:
        assert [chip.label for chip in chips(view, choices)] == [
            *("San Jose", "Kafka", "any: Kafka", "without Triage", "now at Northwind Streams", "ever at Borealis Mail"),
            *("never at St Aldate Hospital", "Open to Work", "up to 9 years", "title “lead”", "name “ada”"),
            *("without Ada Quill", "without nobody"),
        ]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(None, None, ""), (10, None, "10+ years"), (5, 9, "5–9 years"), (0, 4, "up to 4 years")]
)
def test_years_are_said(low: int | None, high: int | None, said: str) -> None:
    assert said_years(low, high) == said


def test_nobody_is_both_liked_and_not() -> None:
    liked = Choices(unlike=("ada", "eng-001")).with_one("like", "ada")
    assert (liked.like, liked.unlike) == (("ada",), ("eng-001",))
    assert liked.with_one("unlike", "ada").like == ()
    assert liked.cleared() == liked, "whom the matches are to be like is no filter"
    assert not liked


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERYONE),
        ("location=San+Jose&location=Texas", Filter(location=("san jose", "texas"))),
        ("country=UK", Filter(location=("united kingdom",))),
        (
            "country=UK&city=London",
            Filter(all_of=(Filter(location=("united kingdom",)), Filter(location=("london",)))),
        ),
        ("years=5-9", Filter(years=YearsRange(5, 9))),
        ("years=20-", Filter(years=YearsRange(20, None))),
        ("years_from=10", Filter(years=YearsRange(10, None))),
        ("years_from=&years_to=4", Filter(years=YearsRange(None, 4))),
        ("years_from=9&years_to=5", Filter(years=YearsRange(5, 9))),
        ("years_from=-3&years_to=ten", EVERYONE),
        ("years=7", EVERYONE),
        ("skill=apache+kafka&skill=Kafka", Filter(skills_all=(KAFKA,))),
        ("skill_any=Kafka&skill_none=Triage", Filter(skills_any=(KAFKA,), skills_none=("Triage",))),
        ("company=Northwind+Streams,+Inc.", Filter(company_now=("northwind streams",))),
        ("workplace=WFH&workplace=space", Filter(workplace=("remote",))),
        ("seniority=Lead&title=++data++", Filter(seniority=("lead",), title_contains="data")),
        ("hide=ada&name=quill", Filter(exclude_ids=("ada",), name="quill")),
        ("location=&seniority=+&title=&country=", EVERYONE),
    ],
)
def test_a_url_is_a_filter(query: str, expected: Filter) -> None:
    assert Choices.of(QueryParams(query), VOCABULARY).where() == expected
