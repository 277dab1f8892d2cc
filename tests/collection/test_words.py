"""`Words`: values by their words; and the forms in which names and languages are compared."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.collection.common.typos import is_one_typo
from recommender.collection.local.generation import recent_words
from recommender.collection.local.generation.recent_words import RecentWords
from recommender.collection.local.sealed.words import Words
from recommender.facts import language_form, plain_words
from tests.collection.model import edits

_FEW = st.text("abc", max_size=6)


@given(_FEW, _FEW)
def test_one_typo_is_one_edit(one: str, other: str) -> None:
    assert is_one_typo(one, other) == (edits(one, other) == 1)


@given(st.lists(st.text("ab ", max_size=8), max_size=12), st.text("ab", min_size=1, max_size=4))
def test_words_are_found_by_their_beginning_and_past_a_typo(values: list[str], asked: str) -> None:
    words = Words.of(values)
    every = sorted({word for value in values for word in value.split()})
    low, high = words.beginning(asked)
    assert every[low:high] == [word for word in every if word.startswith(asked)]
    assert [words.words[at] for at in words.near(asked)] == [word for word in every if edits(asked, word) == 1]
    for at, word in enumerate(every):
        assert sorted(words.values_of(at, at + 1)) == [n for n, value in enumerate(values) if word in value.split()]


def test_recent_words_follow_what_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_words, "_BLOCK", 4)
    rng, postings = random.Random(0), dict[str, object]()
    recent = RecentWords(postings)
    assert recent.blocks() == ()
    for _ in range(30):
        postings[str(rng.randrange(20))] = None
        blocks = recent.blocks()
        assert [value for block in blocks for value in block.values] == list(postings)
        assert all(len(block.values) == 4 for block in blocks[:-1])
        assert recent.blocks() is blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë  O’Brien-Smith", ["zoe", "obrien", "smith"]),
        ("Łukasz ØRSTED", ["lukasz", "orsted"]),
        ("李 小龙", ["李", "小龙"]),
        ("--", []),
    ],
)
def test_words_of_names(text: str, expected: list[str]) -> None:
    assert plain_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spanish", "spanish"),
        ("Spanish (fluent)", "spanish"),
        ("Fluent in Spanish", "spanish"),
        ("German: C1", "german"),
        ("Deutsch – Muttersprache", "german"),
        ("French, native speaker", "french"),
        ("Native English", "english"),
        ("Swiss German", "swiss german"),
        ("Serbo-Croatian", "serbo croatian"),
        ("Fluent", "fluent"),
    ],
)
def test_languages_are_compared_by_their_names(text: str, expected: str) -> None:
    assert language_form(text) == expected
