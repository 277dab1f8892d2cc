"""The text grammar: what each construct gives, by hand."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_data.generator.content import items, weighted
from index_data.generator.grammar import Expansion, Money, split_top


def expand(text: str, seed: int = 1, money: Money | None = None, **slots: list[str]) -> str:
    expansion = Expansion(random.Random(seed), slots, money or Money("$", 1.0))
    return expansion.expand(text)


def test_alternatives_nest_and_may_be_empty() -> None:
    seen = {expand("Ran [[daily|weekly] |]drills", seed) for seed in range(60)}
    assert seen == {"Ran daily drills", "Ran weekly drills", "Ran drills"}


def test_a_slot_is_not_filled_twice_with_the_same() -> None:
    for seed in range(30):
        assert expand("from {DB} to {DB}", seed, DB=["Cassandra", "MySQL"]) in (
            "from Cassandra to MySQL",
            "from MySQL to Cassandra",
        )


def test_slots_in_capitals_are_kept_as_skills() -> None:
    expansion = Expansion(random.Random(3), {"DB": ["MySQL"], "pain": ["retries"]})
    assert expansion.expand("Fixed {pain} in {DB}") == "Fixed retries in MySQL"
    assert expansion.skills == ["MySQL"]


def test_unknown_slot_is_named() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        expand("a {nonsense}")


def test_unclosed_bracket_is_an_error() -> None:
    with pytest.raises(ValueError, match="unclosed"):
        expand("a [b|c")


@given(st.integers(0, 10_000))
def test_numbers_stay_in_their_range(seed: int) -> None:
    assert 10 <= int(expand("{10-40}", seed)) <= 40
    assert 1.5 <= float(expand("{1.5-4}", seed)) <= 4.0
    assert expand("{#3-5}", seed) in ("three", "four", "five")
    large = int(expand("{1200-9000}", seed).replace(",", ""))
    assert 1150 <= large <= 9050
    assert large % 100 == 0


@pytest.mark.parametrize(
    ("money", "millions", "written"),
    [
        (Money("$", 1.0), 2.44, "$2.4M"),
        (Money("$", 1.0), 0.4, "$400k"),
        (Money("£", 0.8), 30.0, "£24M"),
        # 2 million dollars × 85 = 170 million rupees = 17 crore
        (Money("₹", 85.0, crore=True), 2.0, "₹17 crore"),
        # 0.05 × 85 = 4.25 million rupees = 42.5 lakh
        (Money("₹", 85.0, crore=True), 0.05, "₹42 lakh"),
        (Money("₦", 1500.0), 2.0, "₦3B"),
    ],
)
def test_money_as_the_country_writes_it(money: Money, millions: float, written: str) -> None:
    assert money.write(millions) == written


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Wrote a outbox", "Wrote an outbox"),
        ("a Erlang library", "an Erlang library"),
        ("an service", "a service"),
        ("a unit of use", "a unit of use"),
        ("a user", "a user"),
        ("a European one", "a European one"),
        ("a one-off", "a one-off"),
        ("an hour", "an hour"),
        ("a ETL job", "an ETL job"),
    ],
)
def test_articles(text: str, out: str) -> None:
    assert expand(text) == out


def test_split_keeps_what_stands_in_brackets() -> None:
    assert split_top("a [b|c] | {d}|e") == ["a [b|c] ", " {d}", "e"]
    assert items(" a | [b|c] | ") == ["a", "[b|c]"]
    assert weighted("US 5, GB 0.5") == {"US": 5.0, "GB": 0.5}


def test_spaces_are_tidied() -> None:
    assert not re.search(r" [,.;]|  ", expand("one  two , three [|] ."))


def test_a_letter_of_a_name_is_no_article() -> None:
    assert expand("M&A Analyst, a analyst, R/A Internal") == "M&A Analyst, an analyst, R/A Internal"
