"""Which group of occupations a title belongs to, as far as the model of who moves knows any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final


def _rules() -> Iterator[tuple[str, re.Pattern[str]]]:
    text = (files("recommender.insights.moving") / "occupations.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            group, words = line.split("\t")
            yield group, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_RULES: Final = tuple(_rules())
#: What the table calls no group.
_NONE: Final = "-"


@lru_cache(16_384)
def group_of(occupation: str) -> str | None:
    """The group of an occupation (`Facts.occupation`); None where no rule knows it, as in another language."""
    found = next((group for group, pattern in _RULES if pattern.search(occupation)), _NONE)
    return None if found == _NONE else found
