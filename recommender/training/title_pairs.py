"""Occupations, their titles, and what of them a title head may learn from."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

#: Sets of alternate titles. Others, such as titles of vacancies, are for testing only.
SETS = ("esco_alt", "onet_alt")

#: Share of titles that are for testing only, and of occupations that are held out of the stricter test.
TEST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Titles:
    """Occupations and their titles.

    Attributes:
        own: occupation → its own title, in both sets.
        sets: occupation → the set it is of.
        descriptions: occupation → what people do in it; may lack some.
        pairs: (alternate title, occupations that it may mean).
    """

    own: dict[str, str]
    sets: dict[str, str]
    descriptions: dict[str, str]
    pairs: list[tuple[str, tuple[str, ...]]]


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path) as stream:
        return [msgspec.json.decode(line) for line in stream]


def read(folder: Path) -> Titles:
    """All titles of the two taxonomies."""
    corpus = lines(folder / "titles_corpus.jsonl.gz")
    found = lines(folder / "titles.jsonl.gz")
    return Titles(
        own={entry["id"]: entry["text"] for entry in corpus},
        sets={entry["id"]: entry["set"] for entry in corpus},
        descriptions={entry["id"]: entry["description"] for entry in corpus if entry.get("description")},
        pairs=[(entry["query"], tuple(entry["relevant"])) for entry in found if entry["set"] in SETS],
    )


def folded(title: str) -> str:
    """Titles that differ in case or space only are one."""
    return " ".join(title.casefold().split())


def in_test(title: str) -> bool:
    """Whether a title, folded, is in the test share: by its hash, whatever set it comes from."""
    return _share(f"title {folded(title)}") < TEST_SHARE


def held_out(occupation: str) -> bool:
    """Whether an occupation, by its id, is held out of the stricter test's training."""
    return _share(f"occupation {occupation}") < TEST_SHARE


def _share(key: str) -> float:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") / 2**64


def without_test(titles: Titles) -> Titles:
    """What the shipped head learns from: no alternate title of the test share."""
    return replace(titles, pairs=[pair for pair in titles.pairs if not in_test(pair[0])])


def without_held_out(titles: Titles) -> Titles:
    """What the stricter test's head learns from: nothing of a held-out occupation, no text that is a title of one."""
    texts = {folded(text) for text, ids in titles.pairs if any(map(held_out, ids))}
    texts |= {folded(text) for i, text in titles.own.items() if held_out(i)}
    own = {i: text for i, text in titles.own.items() if not held_out(i) and folded(text) not in texts}
    pairs = [
        (text, kept)
        for text, ids in titles.pairs
        if folded(text) not in texts and (kept := tuple(i for i in ids if i in own))
    ]
    return replace(titles, own=own, pairs=pairs)
