"""The top of a free-form résumé: name, title, location, before the first heading or role."""

from __future__ import annotations

import re

import msgspec

from recommender.reading.resume.jobs.places import place_score
from recommender.reading.resume.jobs.running_text.headline import CITY_STATE, split_headline
from recommender.reading.resume.names import is_of_mail, name_in
from recommender.reading.text.contact import without_contact
from recommender.reading.text.titles import is_title

#: Lines at the top that can be title or place, and that can be the name.
_REACH, _NAME_REACH = 5, 4
_LONGEST_TITLE, _LONGEST_LINE = 80, 160
_DOCUMENT = re.compile(
    r"(?:(?:my )?(?:curriculum vit(?:ae|æ|e)|resum[eé]|résum[eé]|c\.?v\.?|lebenslauf|curr[ií]culo"
    r"|hoja de vida|bio-?data)(?:\s+(?:of|for|von|de))?|confidential)\s*[:–—|-]*\s*(?=[^\W\d_]|$)(?-i:(?![a-z]))",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile(
    r"(?:full |candidate )?(?:name|nom(?: et prénom)?|nombre(?: y apellidos?)?|nome|naam)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:e-?mail|mail|mobile|phone|tel|telephone|telefon|téléphone|teléfono|telefone|cell"
    r"|contact(?: no| number)?|linkedin|github|website|web|portfolio|address|adresse|dirección"
    r"|location|lives in|based in|city|wohnort)(?: id| no\.?| number)?\.?\s*[:：]\s*",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[|•·∙│¦●▪◆]\s*|\t+|\s{3,}|\s[-–—]\s")
_EDGES = " \t,;|•·–—-*"


class Top(msgspec.Struct, frozen=True, kw_only=True):
    """What the top of a résumé says; `rest` is what remains as prose."""

    name: str | None = None
    title: str | None = None
    location: str | None = None
    rest: str = ""


def read_top(text: str, mails: tuple[str, ...] = (), *, headed: bool = False) -> Top:
    """The top of a résumé, whose e-mail addresses are `mails`; `headed`: headings follow. A headline may run on into
    prose."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    lines = [line for line in [*map(_without_document_name, lines[:_REACH]), *lines[_REACH:]] if line]
    if not lines:
        return Top()
    name, lines = _take_name(lines, mails, headed)
    title = location = None
    rest: list[str] = []
    for index, line in enumerate(lines):
        if index < _REACH and len(line) <= _LONGEST_LINE and (title is None or location is None):
            title, location, line = _take_parts(line, title, location)
        if line and not (index < 2 * _REACH and _is_contact(line)):
            rest.append(line)
    if title is None and location is None and rest:
        title, location, first = split_headline(rest[0])
        rest = [first, *rest[1:]]
    return Top(name=name, title=title, location=location, rest="\n".join(line for line in rest if line))


def _without_document_name(line: str) -> str:
    """A line without "Curriculum Vitae of" and its like before what it says."""
    named = _DOCUMENT.match(line)
    return line[named.end() :].strip() if named else line


def _take_name(lines: list[str], mails: tuple[str, ...], headed: bool) -> tuple[str | None, list[str]]:
    """The name at the top, and the lines without it."""
    for index, line in enumerate(lines[: 2 * _REACH]):
        if label := _NAME_LABEL.match(line):
            return _PARTED.split(line[label.end() :])[0].strip(_EDGES), [*lines[:index], *lines[index + 1 :]]
    for index, line in enumerate(lines[:_NAME_REACH]):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if index and not _has_contact(lines[0]):
            break
        if is_of_mail(line, mails) and (name := name_in(" ".join(line.split(", ")[::-1]), line)):
            return name, [*lines[:index], *lines[index + 1 :]]
        if (headed or len(lines) > 1) and (name := name_in(line, below)) and not _is_place(line):
            return name, [*lines[:index], *lines[index + 1 :]]
        parts = [part for piece in _parts(line) for part in piece.split(", ")] if _has_contact(line) else _parts(line)
        if parts and parts[0] != line and (name := name_in(parts[0], " ".join(parts[1:2]) or "address")):
            return name, [*lines[:index], line.split(parts[0], 1)[1].strip(_EDGES), *lines[index + 1 :]]
    return None, lines


def late_name(text: str, mails: tuple[str, ...]) -> str | None:
    """A name anywhere in a text: behind a label, or on a line that one of the e-mail addresses is made of."""
    for line in map(str.strip, text.split("\n")):
        if label := _NAME_LABEL.match(line):
            if name := name_in(_PARTED.split(line[label.end() :])[0], line):
                return name
        elif mails and len(line) <= 50 and is_of_mail(line, mails) and (name := name_in(line, line)):
            return name
    return None


def _take_parts(line: str, title: str | None, location: str | None) -> tuple[str | None, str | None, str]:
    """Title and location with what a line adds to them, and what else is on the line."""
    parts = _parts(line)
    if title is None and _is_headline(line) and not _has_contact(line) and not any(map(_is_place, parts)):
        return line, location, ""
    kept: list[str] = []
    for part in parts:
        if location is None and _is_place(part):
            location = part
        elif title is None and len(parts) > 1 and _is_headline(part):
            title = part
        else:
            kept.append(part)
    return title, location, line if kept == parts else " | ".join(kept)


def _is_headline(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and is_title(text) and not text.endswith(".") and not _is_place(text)


def _parts(line: str) -> list[str]:
    """The pieces of a line without contact details and their labels."""
    plain = without_contact(line, "|")
    pieces = (_LABEL.sub("", piece).strip(_EDGES) for piece in _PARTED.split(plain))
    return [piece for piece in pieces if piece]


def _has_contact(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and "\0" in without_contact(line, "\0")


def _is_contact(line: str) -> bool:
    """Whether contact details are all that a line says."""
    return _has_contact(line) and not _parts(line)


def _is_place(text: str) -> bool:
    if CITY_STATE.fullmatch(text):
        return True
    parts = [part.strip() for part in text.split(",")]
    return (1 < len(parts) <= 4 and place_score(parts) > 0) or (len(parts) == 1 and place_score(parts) >= 2.0)
