"""Fictional requests with the right parts of each: F1 by kind of part over all of a file.

`requests.jsonl` was written with the rules; `held_back.jsonl` before any rule was tried on it;
`colloquial.jsonl` asks in short forms, slashes and small letters, `adverts.jsonl` over two pages; `fictional.jsonl`
asks the sample pool.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from recommender.asking import Request, understand
from recommender.skills import Vocabulary

KEYS = {
    name: [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]
    for name in ("requests.jsonl", "held_back.jsonl", "colloquial.jsonl", "adverts.jsonl", "fictional.jsonl")
}
BY_SKILL = ("skills", "nice", "not")
KINDS = (
    *("titles", *BY_SKILL, "years", "seniority", "places", "workplaces", "languages", "certifications"),
    "companies",
)
VOCABULARY = Vocabulary.shipped()
#: A place that the gazetteer does not know, and where somebody lives.
POOL = {"Manchester"}


def found(request: Request) -> dict[str, set[str]]:
    """Kind → parts; values of which any will do are one, and skills are told apart by their stance."""
    parts: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for name, part in request.parts():
        kind = name if name != "skills" or part.stance == "must" else part.stance
        parts[kind].add("|".join(part.values).casefold())
    if request.years is not None:
        parts["years"].add(f"{request.years.min}..{request.years.max}")
    return parts


def wanted(key: dict[str, Any]) -> dict[str, set[str]]:
    parts = {kind: {named(kind, value) for value in key.get(kind, ())} for kind in KINDS if kind != "years"}
    years = key.get("years")
    return {**parts, "years": {f"{years[0]}..{years[1]}"} if years else set()}


def named(kind: str, value: str) -> str:
    """A value of the key as a request has it: skills by their canonical names."""
    return "|".join(VOCABULARY.canonical(one) if kind in BY_SKILL else one for one in value.split("|")).casefold()


def test_there_are_enough_requests() -> None:
    assert [len(keys) for keys in KEYS.values()] == [42, 90, 86, 6, 48]


@pytest.mark.parametrize("file", KEYS)
@pytest.mark.parametrize("kind", KINDS)
def test_parts_are_those_of_the_key(file: str, kind: str) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for key in KEYS[file]:
        right, said = wanted(key)[kind], found(understand(key["text"], VOCABULARY, POOL.__contains__))[kind]
        counts.update(right=len(right & said), said=len(said), wanted=len(right))
        if right != said:
            wrong.append((key["text"][:60], sorted(right), sorted(said)))
    assert 2 * counts["right"] >= 0.95 * (counts["said"] + counts["wanted"]), wrong
