"""Skill lists of a free-form résumé: what is under "Skills" and its like."""

from __future__ import annotations

import re

#: An item of more words is prose.
_LONGEST_ITEM = 6
_LABEL = re.compile(r"(?P<label>[A-Z][\w &/,()-]{1,48}?)\s*(?::|[–—]|\s-)\s+(?=\S)")
_YEARS = re.compile(
    r"\s*[(–-]?\s*(?:exp\w*\s*[-–:]?\s*)?(?P<years>\d+\+?|less than 1) years?(?: months?)?\)?\s*\Z", re.IGNORECASE
)
#: Characters at the end of an item that its years of practice can take.
_YEARS_REACH = 60
_BULLET = re.compile(r"^\s*(?:[•*·▪►?✓➢-]|o(?=\s))\s*")


def read_skills(text: str) -> tuple[list[str], list[str]]:
    """(skills, lines that are prose) of the text under a skills heading. Category labels ("Databases:") are left out of
    the skills; a line that is part list and part prose counts as prose."""
    skills: list[str] = []
    prose: list[str] = []
    for raw in text.split("\n"):
        line = _BULLET.sub("", raw).strip()
        if not line:
            continue
        label = _LABEL.match(line)
        items = split_items(line[label.end() :] if label else line)
        if items and all(len(item.split()) <= _LONGEST_ITEM and not item.endswith(".") for item in items):
            skills.extend(items)
            if label:
                prose.append(line)
        else:
            prose.append(line)
    return list(dict.fromkeys(skills)), prose


def split_items(text: str) -> list[str]:
    """The items of a list separated by commas, semicolons, bars or bullets; not inside brackets."""
    items: list[str] = []
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if depth <= 0 and letter in ",;|•·\t":
            items.append(text[begin:at])
            begin = at + 1
    items.append(text[begin:])
    stripped = (_without_years(item) for item in items)
    return [re.sub(r"^and (?=\S)", "", item).removesuffix(".") for item in stripped if item]


def _without_years(item: str) -> str:
    """An item without the years of practice at its end ("Java (5 years)")."""
    years = _YEARS.search(item, max(0, len(item) - _YEARS_REACH))
    return item[: years.start()].strip(" .*-–") if years else item.strip(" *-–")
