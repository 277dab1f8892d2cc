"""Taxonomies that a user brings: the ESCO skills CSV and O*NET's Technology Skills, added to a vocabulary.

What the vocabulary knows already keeps its name: an imported entry with the same name or alias only adds ways of
writing. Phrases of four words and more, and everyday words, are taken for lists of skills but never looked for in
prose. ESCO: esco.ec.europa.eu, "skills_en.csv"; O*NET: onetcenter.org, "Technology Skills.txt" (CC BY 4.0).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from recommender.errors import VocabularyError
from recommender.skills.entries import Prose, Skill, Surface
from recommender.skills.surface import squash
from recommender.skills.vocabulary import Vocabulary
from recommender.skills.words import frequencies

Taxonomy = Literal["esco", "onet"]

#: A single word more frequent than this in English is too common to be a skill wherever it is in prose.
_COMMON = 2e-6
_LONGEST_MENTION = 3


class TaxonomyEntry(NamedTuple):
    """One skill of a taxonomy: its name, other names, and the group it is in there."""

    name: str
    aliases: tuple[str, ...]
    category: str


class Imported(NamedTuple):
    """A vocabulary extended: how many skills are new, how many known ones gained a way of writing, what was left."""

    vocabulary: Vocabulary
    added: int
    extended: int
    skipped: tuple[str, ...]


def import_taxonomy(vocabulary: Vocabulary, path: Path) -> Imported:
    """The vocabulary with an ESCO or O*NET file added; which of the two it is, its header says.

    Raises `VocabularyError` where the file cannot be read or has neither header.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror}; give a file that exists") from error
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    taxonomy, entries, skipped = read_taxonomy(text, str(path))
    return extend(vocabulary, entries, field=taxonomy, skipped=skipped)


def read_taxonomy(text: str, source: str) -> tuple[Taxonomy, list[TaxonomyEntry], list[str]]:
    """What a taxonomy file holds: which it is, its entries, and one line for each row that has no name."""
    header = text.partition("\n")[0]
    if "preferredLabel" in header:
        rows = csv.DictReader(io.StringIO(text))
        return "esco", *_collected(rows, _esco, source)
    if "Example" in header and "Commodity Title" in header:
        rows = csv.DictReader(io.StringIO(text), delimiter="\t")
        return "onet", *_collected(rows, _onet, source)
    raise VocabularyError(
        f"{source}: neither ESCO's skills CSV (a column 'preferredLabel') nor O*NET's Technology Skills"
        " (tab-separated columns 'Example' and 'Commodity Title'); give one of these files as downloaded"
    )


def extend(
    vocabulary: Vocabulary, entries: Iterable[TaxonomyEntry], field: str, skipped: Iterable[str] = ()
) -> Imported:
    """The vocabulary with entries added, in their order; the first to claim a way of writing has it."""
    skills = {skill.name: skill for skill in vocabulary.skills}
    taken = {squash(s.text): skill.name for skill in vocabulary.skills for s in skill.surfaces}
    added, extended = 0, set[str]()
    for entry in entries:
        known = taken.get(squash(entry.name))
        name = known or entry.name
        fresh = [w for w in dict.fromkeys((entry.name, *entry.aliases)) if squash(w) and squash(w) not in taken]
        surfaces = tuple(Surface(written, _prose(written)) for written in fresh)
        taken |= {squash(written): name for written in fresh}
        if known is None:
            skills[name] = Skill(name, surfaces or (Surface(name, _prose(name)),), field, entry.category)
            added += 1
        elif surfaces:
            old = skills[known]
            skills[known] = Skill(old.name, (*old.surfaces, *surfaces), old.field, old.category)
            extended.add(known)
    extended_vocabulary = Vocabulary(skills.values(), vocabulary.not_skills, vocabulary.groups, vocabulary.needs)
    return Imported(extended_vocabulary, added, len(extended), tuple(skipped))


def _prose(written: str) -> Prose:
    words = written.split()
    if len(words) > _LONGEST_MENTION:
        return Prose.NEVER
    if len(words) == 1 and frequencies().get(written.lower(), 0.0) > _COMMON:
        return Prose.NEVER
    return Prose.LISTED if len(written) < 4 else Prose.ANY


def _collected(
    rows: Iterable[dict[str, str | None]],
    entry_of: Callable[[dict[str, str | None]], TaxonomyEntry | None],
    source: str,
) -> tuple[list[TaxonomyEntry], list[str]]:
    entries: dict[str, TaxonomyEntry] = {}
    skipped: list[str] = []
    for number, row in enumerate(_readable(rows, source), start=2):
        entry = entry_of(row)
        if entry is None:
            skipped.append(f"{source}, row {number}: no name; the row was left out")
        else:
            entries.setdefault(entry.name, entry)
    return list(entries.values()), skipped


def _readable(rows: Iterable[dict[str, str | None]], source: str) -> Iterator[dict[str, str | None]]:
    try:
        yield from rows
    except csv.Error as error:
        raise VocabularyError(f"{source}: not a table: {error}; give the file as downloaded") from error


def _esco(row: dict[str, str | None]) -> TaxonomyEntry | None:
    name = (row.get("preferredLabel") or "").strip()
    aliases = tuple(line.strip() for line in (row.get("altLabels") or "").splitlines() if line.strip())
    return TaxonomyEntry(name, aliases, (row.get("skillType") or "").strip()) if name else None


def _onet(row: dict[str, str | None]) -> TaxonomyEntry | None:
    name = (row.get("Example") or "").strip()
    return TaxonomyEntry(name, (), (row.get("Commodity Title") or "").strip()) if name else None
