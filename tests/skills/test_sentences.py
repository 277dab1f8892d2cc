"""Short sentences of many kinds, with the skills that a reader would say they give, and those that they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.skills import Vocabulary

ROWS = [
    (line + "\t\t").split("\t")[:4]
    for line in (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def names(cell: str) -> set[str]:
    return set(filter(None, cell.split("; ")))


@pytest.mark.parametrize(("kind", "text", "given", "not_given"), ROWS, ids=[row[1] for row in ROWS])
def test_a_sentence_gives_what_a_reader_takes_from_it(kind: str, text: str, given: str, not_given: str) -> None:
    found = {mention.name for mention in Vocabulary.shipped().mentions(text)}
    assert (names(given) - found, names(not_given) & found) == (set(), set()), kind


def test_every_name_is_a_skill() -> None:
    known = Vocabulary.shipped().names
    assert {name for row in ROWS for cell in row[2:] for name in names(cell)} <= set(known)
