"""Canonical names: pairs as people write them, and pairs that must stay apart."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.skills import Vocabulary


def _pairs(name: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(first, second) for first, second in rows]


ALIASES = _pairs("alias_pairs.tsv")
APART = _pairs("near_misses.tsv")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.shipped()


def test_there_are_enough_pairs() -> None:
    assert len(set(ALIASES)) >= 300
    assert len(set(APART)) >= 200


def test_alias_pairs_are_right(vocabulary: Vocabulary) -> None:
    wrong = [
        (written, vocabulary.canonical(written), name)
        for written, name in ALIASES
        if vocabulary.canonical(written) != name
    ]
    assert len(wrong) / len(ALIASES) <= 0.02, wrong


def test_alias_targets_are_canonical_names(vocabulary: Vocabulary) -> None:
    assert [name for _, name in ALIASES if vocabulary.skill(name) is None] == []


@pytest.mark.parametrize(("first", "second"), APART)
def test_near_misses_stay_apart(vocabulary: Vocabulary, first: str, second: str) -> None:
    assert vocabulary.canonical(first) != vocabulary.canonical(second)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Underwater  Basket Weaving", "underwater basket weaving"),
        ("underwater basket weaving", "underwater basket weaving"),
        (" Quux-Lang ", "quux-lang"),
        ("• Zeppelin Mooring;", "zeppelin mooring"),
        ("ÜBERSETZEN VON GEDICHTEN", "übersetzen von gedichten"),
    ],
)
def test_unknown_skills_keep_their_own_name(vocabulary: Vocabulary, written: str, name: str) -> None:
    assert not vocabulary.known(written)
    assert vocabulary.canonical(written) == name


@pytest.mark.parametrize("written", ["", " ", "\t\n", "·", "()"])
def test_no_skill_is_known_by_nothing(vocabulary: Vocabulary, written: str) -> None:
    assert not vocabulary.known(written)


def test_a_very_long_text_is_no_skill(vocabulary: Vocabulary) -> None:
    assert not vocabulary.known("Java " * 100_000)


def test_every_name_is_its_own_canonical_name(vocabulary: Vocabulary) -> None:
    assert [name for name in vocabulary.names if vocabulary.canonical(name) != name] == []


def test_spellings_share_a_name(vocabulary: Vocabulary) -> None:
    """Case, white space, hyphens and dots never make two skills of one."""
    for name in vocabulary.names:
        assert {
            vocabulary.canonical(x) for x in (name.upper(), name.lower(), f"  {name} ", name.replace(" ", "  "))
        } == {name}
        assert vocabulary.canonical(name.replace(" ", "-")) == name
        assert vocabulary.canonical(name.replace(" ", "")) == name


@given(st.text(max_size=60))
def test_naming_is_stable(written: str) -> None:
    """A canonical name, known or not, is its own canonical name."""
    vocabulary = Vocabulary.shipped()
    name = vocabulary.canonical(written)
    assert vocabulary.canonical(name) == name
