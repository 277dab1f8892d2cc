"""The counts beside the choices against counts by hand: choosing a value leaves exactly so many people."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from recommender.collection import EVERYONE, Filter, YearsRange
from recommender.facts import derive
from recommender.facts.facts import Facts
from recommender.service.pages.choices import YEARS, Choices
from recommender.service.pages.controls import Option, groups, within
from recommender.skills import Vocabulary
from tests.service.people import POOL
from tests.service.test_similar import rooms

VOCABULARY = Vocabulary.shipped()
FACTS = {str(person.id): derive(person, VOCABULARY) for person in POOL}

choices_made = st.builds(
    Choices,
    location=st.lists(st.sampled_from(["germany", "texas", "leeds", "atlantis"]), max_size=2, unique=True).map(tuple),
    seniority=st.lists(st.sampled_from(["senior", "lead", "intern"]), max_size=2, unique=True).map(tuple),
    skill=st.lists(st.sampled_from(["Kafka", "Distributed Systems", "Triage"]), max_size=2, unique=True).map(
        lambda names: tuple(VOCABULARY.canonical(name) for name in names)
    ),
    years=st.sampled_from(["", *YEARS]),
    title=st.sampled_from(["", "platform engineer", "nurse"]),
)


def meets(facts: Facts, choices: Choices) -> bool:
    least, _, most = choices.years.partition("-")
    return (
        (not choices.location or bool(set(choices.location) & set(facts.places)))
        and (not choices.seniority or facts.seniority in choices.seniority)
        and set(choices.skill) <= set(facts.skills)
        and (not choices.years or (facts.years is not None and int(least) <= facts.years <= int(most or 99)))
        and choices.title in facts.title.casefold()
    )


def brute(choices: Choices, without: str = "") -> int:
    return sum(meets(facts, choices) for profile_id, facts in FACTS.items() if profile_id != without)


#: The choices as they stand once an option is chosen beside them, and what its count is of.
IF_CHOSEN: dict[str, Callable[[Choices, Option], Choices]] = {
    "location": lambda c, o: msgspec.structs.replace(c, location=(o.value,)),
    "seniority": lambda c, o: msgspec.structs.replace(c, seniority=(o.value,)),
    "years": lambda c, o: msgspec.structs.replace(c, years=o.value),
    "skill": lambda c, o: msgspec.structs.replace(c, skill=tuple(dict.fromkeys((*c.skill, o.value)))),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=choices_made, left_out=st.sampled_from(["", "ada", "nurse-1"]), offered=st.booleans())
def test_every_count_is_of_those_who_are_left_if_it_is_chosen(
    filled: TestClient, choices: Choices, left_out: str, offered: bool
) -> None:
    base = Filter(exclude_ids=(left_out,)) if left_out else EVERYONE
    core = FACTS[left_out or "ada"].core_skills
    with rooms(filled).collection.view() as view:
        made = groups(view, choices, base, core if offered else ())
        assert view.count(within(base, choices.where())) == brute(choices, left_out)
    for group in made:
        for option in group.options:
            assert option.count == brute(IF_CHOSEN[group.name](choices, option), left_out), (group.name, option)
    for group in made:
        held = getattr(choices, group.name)
        chosen = {option.value for option in group.options if option.chosen}
        assert chosen == (set(held) if isinstance(held, tuple) else {held} - {""}), "what is chosen can be taken back"


@given(choices=choices_made)
def test_a_url_holds_the_choices(choices: Choices) -> None:
    assert Choices.of(QueryParams(choices.query()), VOCABULARY) == choices


@given(choices=choices_made)
def test_taking_back_leaves_the_rest(choices: Choices) -> None:
    for _, query in choices.chosen():
        rest = Choices.of(QueryParams(query), VOCABULARY)
        assert len(rest.chosen()) == len(choices.chosen()) - 1
        assert {label for label, _ in rest.chosen()} < {label for label, _ in choices.chosen()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERYONE),
        ("location=San+Jose&location=Texas", Filter(location=("san jose", "texas"))),
        ("years=5-9", Filter(years=YearsRange(5, 9))),
        ("years=20-", Filter(years=YearsRange(20, None))),
        ("years=7", EVERYONE),
        ("skill=apache+kafka&skill=Kafka", Filter(skills_all=(VOCABULARY.canonical("Kafka"),))),
        ("seniority=Lead&title=++data++", Filter(seniority=("lead",), title_contains="data")),
        ("location=&seniority=+&title=", EVERYONE),
    ],
)
def test_a_url_is_a_filter(query: str, expected: Filter) -> None:
    assert Choices.of(QueryParams(query), VOCABULARY).where() == expected
