"""The skill lists of a profile page: which lines they are, and their joint segmentation.

What the page teaches: the tag line of a role is its last line, at most three opening tags and two closing ones; the
core skills are the closing tags in order of first appearance. So a tag line ends with a core skill.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recommender.reading.outcome import Context
from recommender.reading.page.experience import PageRole
from recommender.reading.page.sections import FOOTER, PageSection
from recommender.reading.text.lines import Line
from recommender.skills import LONGEST_RUN

_SEPARATED = re.compile(r"[·•|\t]")
_COMMAS = re.compile(r"[,;]\s+")
_GLUE = re.compile(r"(?<=[a-z0-9)+#])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])")
_SENTENCE_END = re.compile(r"[.!?:;,…]\Z")
_STOP_WORDS = re.compile(
    r"(?<![A-Za-z])(?:the|a|an|to|for|with|by|was|were|is|are|that|this|i|we|my|our|from|as)(?![A-Za-z])"
)


class PageSkills(msgspec.Struct, frozen=True):
    """The skills of a page: core, other, and for each role its tags and the lines that are no tags."""

    core: tuple[str, ...]
    other: tuple[str, ...]
    tags: list[tuple[str, ...]]
    bodies: list[tuple[Line, ...]]


class _Piece(msgspec.Struct, frozen=True):
    """A part of a skill list. `whole`: the page parts it from the others, so it is one skill."""

    text: str
    whole: bool


def segment_page(sections: list[PageSection], roles: Sequence[PageRole], context: Context, place: str) -> PageSkills:
    """Find the skill lists of a page and take all of them apart together."""
    core_lines = _lines(sections, "core")
    other_lines = _lines(sections, "other") or _lines(sections, "skills")
    core_text = "".join(line.text for line in core_lines)
    other_text = "".join(line.text for line in other_lines)
    bodies: list[tuple[Line, ...]] = []
    tag_lines: list[list[Line]] = []
    for role in roles:
        body, tags = _split_body(role.body, core_text, other_text)
        bodies.append(body)
        tag_lines.append(tags)
    groups = [_pieces(core_lines, context, place), _pieces(other_lines, context, place)]
    groups += [_pieces(lines, context, place) for lines in tag_lines]
    groups[0] = _cut_pair(groups[0], sections)
    flat = [piece.text for pieces in groups for piece in pieces]
    segmented = iter(context.vocabulary.segment(flat))
    lists = [_named(pieces, [next(segmented) for _ in pieces]) for pieces in groups]
    return PageSkills(lists[0], lists[1], lists[2:], bodies)


def _named(pieces: list[_Piece], segmented: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The skills of a list, each once; a piece that the page itself parts from the others is one skill."""
    skills = [
        skill
        for piece, parts in zip(pieces, segmented, strict=True)
        for skill in ((piece.text,) if piece.whole else parts)
    ]
    return tuple(dict.fromkeys(skills))


def _lines(sections: list[PageSection], name: str) -> list[Line]:
    return [line for section in sections if section.name == name for line in section.lines]


def _pieces(lines: Sequence[Line], context: Context, place: str) -> list[_Piece]:
    """The runs of some lines, cut where the page itself parts the skills."""
    pieces: list[_Piece] = []
    for line in lines:
        text = line.text
        if len(text) > LONGEST_RUN:
            context.notice(
                place or f"line {line.number}", "skills",
                f"only the first {LONGEST_RUN:,} of {len(text):,} characters of this skill list were taken apart",
            )  # fmt: skip
            text = text[:LONGEST_RUN]
        parts = split_items(text)
        whole = len(parts) > 1 or (len(lines) > 2 and not _GLUE.search(text))
        pieces.extend(_Piece(part, whole) for part in parts)
    return pieces


def split_items(text: str) -> list[str]:
    """The skills of a line that parts them by dots, bars, bullets or commas; the line itself where it does not."""
    parts = [part.strip() for part in _SEPARATED.split(text) if part.strip()]
    if len(parts) == 1 and not _GLUE.search(text):
        parts = [part.strip() for part in _COMMAS.split(text) if part.strip()]
    return parts


def _cut_pair(pieces: list[_Piece], sections: list[PageSection]) -> list[_Piece]:
    """The core skills' run, cut after the pair that the footer names: these are its first two."""
    footers = [
        FOOTER.match(section.heading.text) for section in sections if section.name == "footer" and section.heading
    ]
    pair = next((match["pair"] for match in footers if match and match["pair"]), None)
    if not pieces or pair is None or len(pair) > len(pieces[0].text) + len(" & "):
        return pieces
    for cut in (match.span() for match in re.finditer(" & ", pair)):
        first, second = pair[: cut[0]], pair[cut[1] :]
        if pieces[0].text.startswith(first + second):
            rest = pieces[0].text[len(first) + len(second) :]
            return [_Piece(first, True), _Piece(second, True), *([_Piece(rest, False)] if rest else []), *pieces[1:]]
    return pieces


def _split_body(body: tuple[Line, ...], core: str, other: str) -> tuple[tuple[Line, ...], list[Line]]:
    """The prose of a role and its tag lines."""
    if body and not body[-1].bullet and is_tag_line(body[-1].text, core, other):
        return body[:-1], [body[-1]]
    return body, []


def is_tag_line(text: str, core: str, other: str) -> bool:
    """Whether a role's last line is its tags rather than prose, given the runs of the page's skill sections."""
    if len(text) > 250 or _SENTENCE_END.search(text) or len(text.split()) > 24:
        return False
    if not core and not other:
        return _GLUE.search(text) is not None and not _STOP_WORDS.search(text)
    parts = split_items(text)
    if len(parts) > 1:
        return parts[-1] in core and all(len(part.split()) <= 5 for part in parts)
    if text in core or (text in other and len(text.split()) <= 4):
        return True
    closing = _closing(text, core)
    if closing is None:
        return False
    opening = text[: len(text) - len(closing)]
    return opening == "" or not opening.endswith(" ")


def _closing(text: str, core: str) -> str | None:
    """The longest end of `text` that is in the core skills' run and is glued to what is before it."""
    for at in range(len(text) - 1):
        glued = at == 0 or (not text[at].islower() and text[at - 1] != " " and not text[at - 1].isupper())
        if glued and text[at] != " " and text[at:] in core:
            return text[at:]
    return None
