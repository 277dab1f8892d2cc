"""The sections of a free-form résumé, by their headings in the spellings people use."""

from __future__ import annotations

import re

import msgspec

from recommender.reading.resume.heading_kinds import CLOSED, Kind, is_spoken, kind_by_words, kind_of, plain_name

#: Headings that job boards put on one line with what follows.
_INLINE_NAMES = (
    "Certifications/Licenses", "Military Service", "Additional Information", "Groups", "Awards", "Publications",
    "Patents", "Links", "Assessments",
)  # fmt: skip
_INLINE = re.compile(rf"(?:(?<=\n)|(?<=\s)(?=Cert|Mil|Addi))(?P<name>{'|'.join(_INLINE_NAMES)})\s+(?=[A-Z0-9•\[(])")
_LABELLED = re.compile(
    r"(?P<name>(?:technical |key |core |computer |professional )?skills|certifications?|(?:spoken |foreign )?languages"
    r"|(?:career )?objective|(?:professional )?summary"
    r"|education|technologies|areas of expertise|core competencies)\s*[:–—]\s+(?=\S)",
    re.IGNORECASE,
)
#: A heading is no longer than this, and begins with none of these.
_LONGEST = 60
_BULLETS = "•●▪■◦‣⁃∙·►➢✓✔❖*-–"
#: The share of empty lines from which on they set nothing apart.
_AIRY = 0.4
_CAPS = re.compile(r"(?P<name>[A-Z][A-Z&/ ]{5,34})[:\s-]+(?=[A-Z•0-9(][a-z0-9 ]|$)")


class ResumeSection(msgspec.Struct, frozen=True):
    """A section: `at` is where its heading begins, `begin` to `end` its content; `heading` is as written, "" at top."""

    kind: Kind
    heading: str
    at: int
    begin: int
    end: int

    @property
    def closed(self) -> bool:
        """Whether dates in this section belong to no role."""
        inline = self.kind == "other" and plain_name(self.heading) == "military service"
        return self.kind in ("certifications", "languages") or inline or plain_name(self.heading) in CLOSED


def split_resume(text: str) -> list[ResumeSection]:
    """The sections of a clean text, in order; they cover it without gaps, headings aside."""
    heads = sorted({head[1]: head for head in (*_inline(text), *_whole_lines(text))}.values(), key=lambda head: head[1])
    sections: list[ResumeSection] = []
    begin, at = 0, 0
    current: tuple[Kind, str] = ("intro", "")
    for found, start, stop in heads:
        if start < begin:
            continue
        sections.append(ResumeSection(current[0], current[1], at, begin, start))
        current, at, begin = (found, text[start:stop].strip()), start, stop
    sections.append(ResumeSection(current[0], current[1], at, begin, len(text)))
    return sections


def _whole_lines(text: str) -> list[tuple[Kind, int, int]]:
    """The headings that have a line of their own, or begin one."""
    found: list[tuple[Kind, int, int]] = []
    inside: Kind | None = None
    lines = text.split("\n")
    airy = sum(not line.strip() for line in lines) > _AIRY * len(lines)
    signs = [line.strip()[:1] for line in lines]
    gap, start = True, 0
    for index, line in enumerate(lines):
        around = (signs[index - 1], *signs[index + 1 : index + 2])
        listed = inside == "skills" and not gap and signs[index] in _BULLETS and signs[index] in around
        if line.strip() and not listed and (heading := _heading(line, start, gap and not airy, inside)):
            found.append(heading)
            inside = heading[0]
        gap = not line.strip()
        start += len(line) + 1
    return found


def _heading(line: str, start: int, gap: bool, inside: Kind | None) -> tuple[Kind, int, int] | None:
    """The heading that a line is; `gap`: an empty line sets it apart; `inside`: what the heading before it opens."""
    plain = line.strip()
    if len(plain) <= _LONGEST and not _is_document_name(plain, start):
        opens = plain[:1].isupper() or not plain[:1].isalpha()
        if opens and (kind := kind_of(plain)):
            return kind, start, start + len(line)
        # among skills "Patient Education" is one of them
        apart = plain.isupper() or gap or inside != "skills"
        if apart and plain[:1] not in _BULLETS and _is_large(plain) and (kind := kind_by_words(plain)):
            return kind, start, start + len(line)
    label = _LABELLED.match(line) or _CAPS.match(line)
    kind = kind_of(label["name"]) if label else None
    if label is None or kind is None:
        return None
    if kind == "languages" and (inside == "skills" or not is_spoken(line[label.end() :])):
        return None  # "Languages: Python, Go" is about programming; others are told apart where lists are read
    return kind, start, start + label.end()


def _is_large(line: str) -> bool:
    """Whether the words of a line begin with capitals, small ones aside."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    return 2 * len([word for word in words if word[0].isupper()]) > len(words)


def _is_document_name(line: str, start: int) -> bool:
    """Whether a line is the name of the document: "Résumé" opens no summary where it is the first."""
    return start < 3 and plain_name(line) in ("résumé", "resume", "cv", "curriculum vitae")


def _inline(text: str) -> list[tuple[Kind, int, int]]:
    heads: list[tuple[Kind, int, int]] = []
    if not any(name in text for name in _INLINE_NAMES):
        return heads
    for match in _INLINE.finditer(text):
        kind = "other" if match["name"] == "Military Service" else kind_of(match["name"])
        assert kind is not None
        heads.append((kind, match.start("name"), match.end("name")))
    return heads
