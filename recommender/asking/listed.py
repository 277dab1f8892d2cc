"""The lists of words in `words.txt`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _text() -> str:
    return files("recommender.asking").joinpath("words.txt").read_text(encoding="utf-8")


def listed(name: str) -> frozenset[str]:
    """The words under a heading."""
    return frozenset(_text().split(f"\n[{name}]\n", 1)[1].split("\n\n[", 1)[0].split())
