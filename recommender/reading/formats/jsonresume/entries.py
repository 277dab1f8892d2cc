"""Entries of a JSON Resume's sections → roles, courses, skills, languages."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from recommender.profile import Education, Role
from recommender.reading.formats.dates import Dates, read_dates, read_span
from recommender.reading.formats.jsonresume.members import Members
from recommender.reading.formats.jsonresume.schemas import renamed
from recommender.reading.resume.bullets import bullets_of
from recommender.reading.text.cells import split_cell

#: Words of which names of groups of skills are made, which are no skills themselves ("Frameworks / Libraries").
_LABEL_WORDS = frozenset(
    [
        "and",
        "of",
        "in",
        "the",
        "other",
        "others",
        "misc",
        "miscellaneous",
        "general",
        "key",
        "core",
        "main",
        "additional",
        "technical",
        "technology",
        "technologies",
        "soft",
        "hard",
        "skill",
        "skills",
        "computer",
        "it",
        "language",
        "languages",
        "programming",
        "scripting",
        "markup",
        "spoken",
        "tool",
        "tools",
        "tooling",
        "framework",
        "frameworks",
        "library",
        "libraries",
        "database",
        "databases",
        "platform",
        "platforms",
        "software",
        "hardware",
        "system",
        "systems",
        "operating",
        "method",
        "methods",
        "methodologies",
        "practices",
        "ide",
        "ides",
        "editors",
        "environments",
        "utilities",
        "services",
        "areas",
        "expertise",
        "competencies",
        "knowledge",
        "concepts",
        "backend",
        "frontend",
        "back",
        "front",
        "end",
        "sprachen",
        "programmiersprachen",
        "werkzeuge",
        "kenntnisse",
        "langages",
        "langues",
        "outils",
        "lenguajes",
        "herramientas",
        "idiomas",
        "linguaggi",
        "strumenti",
        "linguagens",
        "ferramentas",
    ]
)


def is_label(name: str) -> bool:
    """Whether the name of a group of skills is none itself."""
    return all(word in _LABEL_WORDS for word in re.split(r"[\W_]+", name.casefold()) if word)


def place_of(place: Any, path: str, reading: Members) -> str | None:
    """A place: one text, or the parts of an address."""
    if not isinstance(place, dict):
        return reading.text({"place": place}, "place", path.removesuffix(".location"))
    keys = ("city", "region", "country" if place.get("country") else "countryCode")
    return ", ".join(part for key in keys if (part := reading.text(place, key, path))) or None


def skills_of(document: dict[str, Any], reading: Members) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the skill groups that are skills themselves, and their keywords."""
    names: list[str] = []
    words: list[str] = []
    for path, item in reading.objects(document, "skills"):
        name, keywords = reading.text(item, "name", path), reading.texts(item, "keywords", path)
        listed = [skill for keyword in keywords for skill in split_cell(keyword)]
        names += [name] if name and not (listed and is_label(name)) else []
        words += listed
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(words))


def roles_of(work: dict[str, Any], path: str, reading: Members) -> list[Role]:
    """The role of an entry; those of several positions held there, each with what the entry says of all."""
    positions = work.get("positions")
    inner = [item for item in positions if isinstance(item, dict)] if isinstance(positions, list) else []
    if not inner:
        return [_role(work, path, reading)]
    shared: dict[str, Any] = {key: work[key] for key in ("name", "company", "location") if key in work}
    own = {key: held for key, held in work.items() if key not in ("positions", "startDate", "endDate", "date")}
    whole = [_role(own, path, reading)] if any(own.get(key) for key in ("position", "summary", "highlights")) else []
    roles = [
        _role({**shared, **renamed(item, "work")}, f"{path}.positions[{index}]", reading)
        for index, item in enumerate(inner)
    ]
    if whole and not whole[0].title:  # what is said of the time there as a whole
        first = msgspec.structs.replace(roles[0], bullets=(*whole[0].bullets, *roles[0].bullets))
        return [first, *roles[1:]]
    return [*whole, *roles]


def _role(work: dict[str, Any], path: str, reading: Members) -> Role:
    company = reading.text(work, "name", path) or reading.text(work, "company", path)
    summary, location = reading.text(work, "summary", path), work.get("location")
    start, end = _dates(work, path, reading)
    listed = summary is not None and ("<" in str(work["summary"]) or summary.lstrip()[:1] in "•●▪*-–")
    said = bullets_of(summary) if summary and listed else [summary] if summary else []
    return Role(
        company=company,
        title=reading.text(work, "position", path),
        start=start,
        end=end,
        location=place_of(location, f"{path}.location", reading) if location else None,
        bullets=tuple(said + reading.texts(work, "highlights", path)),
        skills=tuple(reading.texts(work, "keywords", path)),
    )


def _dates(holder: dict[str, Any], path: str, reading: Members) -> Dates:
    """The dates of an entry: a field for each, or one text for both."""
    if not holder.get("startDate") and not holder.get("endDate") and (both := holder.get("date")):
        return read_span(both, f"{path}.date", reading.report)
    current, fields = holder.get("current"), (f"{path}.startDate", f"{path}.endDate")
    end = None if current is True else holder.get("endDate")
    return read_dates(holder.get("startDate"), end, fields, reading.report, over=current is False)


def course_of(study: dict[str, Any], path: str, reading: Members) -> Education:
    """The course of an entry."""
    start, end = _dates(study, path, reading)
    return Education(
        school=reading.text(study, "institution", path),
        degree=reading.text(study, "studyType", path),
        field=reading.text(study, "area", path),
        start=start,
        end=end,
    )


def language_of(item: dict[str, Any], path: str, reading: Members) -> str:
    """A language, and how well it is spoken; "" where none is named."""
    name, fluency = reading.text(item, "language", path), reading.text(item, "fluency", path)
    return f"{name or ''} ({fluency})".strip() if fluency else name or ""
