"""The sections of a free-form résumé, by their headings in the spellings people use."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Literal

import msgspec

Kind = Literal["intro", "summary", "experience", "education", "skills", "certifications", "languages", "other"]

_LISTS = files("recommender.reading.resume").joinpath("headings.txt").read_text(encoding="utf-8")


def _names(kind: str) -> list[str]:
    return _LISTS.split(f"[{kind}]\n", 1)[1].split("\n\n", 1)[0].splitlines()


_FILED: tuple[Kind, ...] = ("summary", "experience", "education", "skills", "certifications", "languages", "other")
_KINDS: dict[str, Kind] = {name: kind for kind in _FILED for name in _names(kind)}
#: In sections of these headings a span of dates is no role.
CLOSED = frozenset(_names("closed"))
_DECORATION = re.compile(r"^[\s•*#=_~>|–—-]+|[\s:*#=_~<|–—-]+$")
#: Headings that job boards put on one line with what follows.
_INLINE = re.compile(
    r"(?:(?<=\n)|(?<=\s)(?=Cert|Mil|Addi))(?P<name>Certifications/Licenses|Military Service|Additional Information"
    r"|Groups|Awards|Publications|Patents|Links|Assessments)\s+(?=[A-Z0-9•\[(])"
)
_LABELLED = re.compile(
    r"(?P<name>(?:technical |key |core |computer |professional )?skills|languages|certifications?"
    r"|(?:career )?objective|(?:professional )?summary"
    r"|education|technologies|areas of expertise|core competencies)\s*[:–—]\s+(?=\S)",
    re.IGNORECASE,
)
_CAPS = re.compile(r"(?P<name>[A-Z][A-Z&/ ]{5,34})[:\s-]+(?=[A-Z•0-9(][a-z0-9 ]|$)")


class Section(msgspec.Struct, frozen=True):
    """A section: `at` is where its heading begins, `begin` to `end` its content; `heading` is as written, "" at top."""

    kind: Kind
    heading: str
    at: int
    begin: int
    end: int

    @property
    def closed(self) -> bool:
        """Whether dates in this section belong to no role."""
        return self.kind in ("certifications", "languages") or self.heading.strip(" :").casefold() in CLOSED


def kind_of(words: str) -> Kind | None:
    """The kind of section that a heading of these words opens, None where they are no heading."""
    name = re.sub(r"\s+", " ", _DECORATION.sub("", words)).casefold()
    return _KINDS.get(name) or _KINDS.get(name.replace(" and ", " & ")) or _KINDS.get(name.rstrip("."))


def split_resume(text: str) -> list[Section]:
    """The sections of a clean text, in order; they cover it without gaps, headings aside."""
    heads = sorted({head[1]: head for head in (*_whole_lines(text), *_inline(text))}.values(), key=lambda head: head[1])
    sections: list[Section] = []
    begin, at = 0, 0
    current: tuple[Kind, str] = ("intro", "")
    for found, start, stop in heads:
        if start < begin:
            continue
        sections.append(Section(current[0], current[1], at, begin, start))
        current, at, begin = (found, text[start:stop].strip()), start, stop
    sections.append(Section(current[0], current[1], at, begin, len(text)))
    return sections


def _whole_lines(text: str) -> list[tuple[Kind, int, int]]:
    heads: list[tuple[Kind, int, int]] = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        if (
            len(line) <= 60
            and (line.strip()[:1].isupper() or line.strip()[:1] in "•*#=-–—_")
            and (kind := kind_of(line))
        ):
            heads.append((kind, match.start(), match.end()))
            continue
        found = _LABELLED.match(line) or _CAPS.match(line)
        if found and (kind := kind_of(found["name"])):
            heads.append((kind, match.start(), match.start() + found.end()))
    return heads


def _inline(text: str) -> list[tuple[Kind, int, int]]:
    heads: list[tuple[Kind, int, int]] = []
    for match in _INLINE.finditer(text):
        kind = kind_of(match["name"])
        assert kind is not None
        heads.append((kind, match.start("name"), match.end("name")))
    return heads
