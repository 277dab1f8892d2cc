"""Skills mentioned in prose: word boundaries, longest first, in one pass over the words.

All ways of writing stand in one trie of words. Walking it costs a dictionary look-up a word; a text of n
words is done in O(n x longest name).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from recommender.skills.entries import Prose, Skill, Surface
from recommender.skills.surface import WORD, lowered, plural, singular, squash, words


class Mention(NamedTuple):
    """`text[start:end]` speaks of the skill `name`."""

    start: int
    end: int
    name: str


class Ending(NamedTuple):
    """Where a way of writing ends in the trie."""

    name: str
    surface: Surface


#: What may stand between two words of one name.
_WITHIN = frozenset(
    [
        " ",
        "  ",
        "\n",
        " \n",
        "\r\n",
        "\t",
        "\u00a0",
        "-",
        "\u2010",
        "\u2011",
        "\u2013",
        "/",
        " / ",
        " - ",
        ".",
        "_",
        "'",
        "’",
        "",
        "- ",
        "/ ",
        " -",
    ]
)
_LISTING = re.compile(r"\s*(?:(?:[,;/|&+•·*()\[\]:–-]|\b(?:and|or)\b|\\)\s*)+\Z|\s*\n\s*\Z", re.IGNORECASE)
_BEFORE_SKILL = re.compile(
    r"\b(?:in|using|with|of|language|languages|ms|microsoft|programming|via|like|including|e\.g\.)[\s:]+\Z",
    re.IGNORECASE,
)
_AFTER_SKILL = re.compile(
    r"[\s-]+(?:programming|programmer|developer|development|language|code|coding|script|scripts|scripting|studio|framework|macros?"
    r"|spreadsheets?|documents?|database|databases|cookbooks?|recipes?|playbooks?|modules?)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(r"(?:\A|[.!?:•·*▪●>\n-])\s*\Z")
_END = ""  # the key under which a trie node keeps its `Ending`; no word is empty


class MentionFinder:
    """Finds the known skills in a text. Immutable once built; safe to share between threads."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self._root: dict[str, Any] = {}
        for skill in skills:
            for surface in skill.surfaces:
                if surface.prose is not Prose.NEVER:
                    for form in forms(surface):
                        self._insert(form, Ending(skill.name, surface))

    def _insert(self, form: tuple[str, ...], ending: Ending) -> None:
        node = self._root
        for word in form:
            node = node.setdefault(word, {})
        node.setdefault(_END, ending)

    def __call__(self, text: str) -> list[Mention]:
        """Every mention, by position; none overlap."""
        found = self._candidates(text)
        return [m for i, (m, surface) in enumerate(found) if _stands(text, found, i, surface)]

    def _candidates(self, text: str) -> list[tuple[Mention, Surface]]:
        low = lowered(text)
        spans = [m.span() for m in WORD.finditer(low)]
        root, found, i, n = self._root, [], 0, len(spans)
        while i < n:
            start, end = spans[i]
            node = root.get(low[start:end])
            if node is None:
                i += 1
                continue
            best, after = self._longest(low, spans, i, node)
            if best is not None and _cased(text[start : spans[after - 1][1]], best.surface):
                found.append((Mention(start, spans[after - 1][1], best.name), best.surface))
                i = after
            else:
                i += 1
        return found

    @staticmethod
    def _longest(low: str, spans: list[tuple[int, int]], i: int, node: dict[str, Any]) -> tuple[Ending | None, int]:
        best: Ending | None = node.get(_END)
        after, j, n = i + 1, i + 1, len(spans)
        while j < n and low[spans[j - 1][1] : spans[j][0]] in _WITHIN:
            word = low[spans[j][0] : spans[j][1]]
            node = node.get("and" if word == "&" else word)
            if node is None:
                break
            j += 1
            if _END in node:
                best, after = node[_END], j
        return best, after


def forms(surface: Surface) -> set[tuple[str, ...]]:
    """The word sequences that write a surface: as it stands, joined at its punctuation, and in the other number."""
    base = words(surface.text)
    if not base:
        return set()
    made = {base}
    if len(base) > 1 and " " not in surface.text and "&" not in surface.text:
        made.add((squash(surface.text),))
    if surface.prose is Prose.ANY:
        for form in tuple(made):
            changed = plural(form[-1]) or (singular(form[-1]) if len(form) > 1 else None)
            if changed is not None:
                made.add((*form[:-1], changed))
    return made


def _cased(written: str, surface: Surface) -> bool:
    if surface.prose is Prose.ANY:
        return True
    return squash_spaces(written) == squash_spaces(surface.text) or (written.isupper() and len(written) > 3)


def squash_spaces(text: str) -> str:
    """The text's letters, digits, "+" and "#" in their case."""
    return "".join(c for c in text if c.isalnum() or c in "+#")


def _stands(text: str, found: list[tuple[Mention, Surface]], i: int, surface: Surface) -> bool:
    if surface.prose is Prose.ANY:
        return True
    mention = found[i][0]
    lone = mention.end - mention.start == 1
    if lone and (
        text[mention.start - 1 : mention.start] in tuple("&'’.-@")
        or text[mention.end : mention.end + 1] in tuple("&'’-@")
    ):
        return False
    if _beside_skill(text, found, i) or _AFTER_SKILL.match(text, mention.end):
        return True
    if surface.prose is Prose.EXACT:
        starts = _STARTS.search(text, max(0, mention.start - 4), mention.start) or mention.start == 0
        return not (
            starts and text[mention.end : mention.end + 1] == " " and text[mention.end + 1 : mention.end + 2].islower()
        )
    if lone:
        return bool(_BEFORE_SKILL.search(text, max(0, mention.start - 14), mention.start)) and not text[
            mention.end :
        ].startswith(".")
    before, after = text[: mention.start].rstrip(" ")[-1:], text[mention.end :].lstrip(" ")[:1]
    return before in tuple(",;/|•(:\n") and after in ("", *",;/|)\n.") and before != ""


def _beside_skill(text: str, found: list[tuple[Mention, Surface]], i: int) -> bool:
    """Whether a neighbour, listing signs apart, is a mention that stands by itself or is itself so beside one."""
    for step in (-1, 1):
        j = i
        while 0 <= j + step < len(found):
            left, right = sorted((j, j + step))
            gap = text[found[left][0].end : found[right][0].start]
            if len(gap) > 8 or not _LISTING.match(gap):
                break
            j += step
            if found[j][1].prose is Prose.ANY:
                return True
    return False
