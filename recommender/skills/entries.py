"""Vocabulary files: one skill a line, as people of the field would write it down.

A file is tab-separated UTF-8, its name the field of work. A line `## Databases` starts a category; other
lines hold a canonical name and, after a tab, its aliases separated by "; ". A mark before a name or alias says
how it may stand in prose (in a list of skills all are taken, in any case):

    (none)  in any case, also as a plural
    =       only in the case written here, and not as an ordinary word that starts a sentence
    ~       so, and only in a list beside other skills or after a word that makes it one ("using R", "C programming")
    !       never in prose
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from importlib.resources.abc import Traversable

from recommender.errors import VocabularyError
from recommender.skills.senses.needs import Need, needs_of


class Prose(Enum):
    """When a way of writing counts as a mention in prose."""

    ANY = ""
    EXACT = "="
    LISTED = "~"
    NEVER = "!"


@dataclass(frozen=True, slots=True)
class Surface:
    """One way of writing a skill."""

    text: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class Skill:
    """One canonical skill: its ways of writing start with its own name."""

    name: str
    surfaces: tuple[Surface, ...]
    field: str
    category: str


def surface_from(cell: str) -> Surface:
    """The surface that a marked cell writes."""
    if cell[:1] in ("=", "~", "!"):
        return Surface(cell[1:].strip(), Prose(cell[0]))
    return Surface(cell.strip(), Prose.ANY)


def marked(surface: Surface) -> str:
    """The cell that writes a surface; the inverse of `surface_from`."""
    return surface.prose.value + surface.text


def skills_of(text: str, field: str, source: str) -> Iterator[Skill]:
    """The skills of one vocabulary file; raises `VocabularyError` naming the line that is none."""
    category = field
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            category = line[3:].strip()
            continue
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > 2 or not cells[0].strip():
            raise VocabularyError(f"{source}, line {number}: not 'name TAB alias; alias'; fix the line or remove it")
        written = [cells[0], *(cells[1].split(";") if len(cells) == 2 else ())]
        surfaces = tuple(surface_from(cell.strip()) for cell in written if cell.strip())
        yield Skill(surfaces[0].text, surfaces, field, category)


def shipped_files() -> list[Traversable]:
    """The vocabulary files of this package, by name."""
    return sorted(
        (f for f in _folder().iterdir() if f.name.endswith(".tsv") and f.name != "senses.tsv"), key=lambda f: f.name
    )


def shipped_not_skills() -> tuple[str, ...]:
    """Names that hold the words of a skill and are none ("General Dynamics")."""
    lines = (_folder() / "not_skills.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def shipped_needs() -> tuple[tuple[str, Need], ...]:
    """What ways of writing need around them to count."""
    return tuple(needs_of((_folder() / "senses.tsv").read_text(encoding="utf-8"), "senses.tsv"))


def _folder() -> Traversable:
    return files("recommender.skills") / "fields"


def shipped_skills() -> list[Skill]:
    """Every skill of the shipped vocabulary, in file order."""
    return [
        skill
        for file in shipped_files()
        for skill in skills_of(file.read_text(encoding="utf-8"), file.name.removesuffix(".tsv"), file.name)
    ]
