"""The skills that a title says: a Python developer knows Python, a marketing intern learns marketing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from recommender.asking.reading import Reading
from recommender.asking.request import Part, Stance
from recommender.asking.spans import ValueSpan, listed, words_of
from recommender.asking.titles import LEARNERS, LINES_OF_WORK
from recommender.asking.tools import TOOLS, is_tool
from recommender.skills import Vocabulary

#: Last words of names of work, which a title says by itself ("backend developer").
_KINDS_OF_WORK = listed("kinds of work")
#: Who is known by what they code in: "go developer", "swift devs".
_CODES = re.compile(r"(?:dev|developer|programmer|coder|engineer)s?\Z", re.IGNORECASE)


def in_title(titles: Sequence[Part], vocabulary: Vocabulary) -> Iterator[Part]:
    """The tools in the one title that is asked for: a Python developer knows Python."""
    asked = [part for part in titles if part.stance != "not"]
    if len(asked) != 1 or len(asked[0].values) != 1 or asked[0].words is None or asked[0].start is None:
        return
    (title,) = asked
    assert title.words is not None, "it was found in a text"
    for one in _tools_of(title.words, vocabulary):
        yield _within(title.words, title.start or 0, one, title.stance)


def _tools_of(title: str, vocabulary: Vocabulary) -> list[ValueSpan]:
    found = [
        ValueSpan(mention.start, mention.end, mention.name)
        for mention in vocabulary.asked(title)
        if vocabulary.field(mention.name) in TOOLS
        and _is_named(title[mention.start : mention.end], mention.name)
        and mention.name.split()[-1].casefold() not in _KINDS_OF_WORK
    ]
    held = {one.start for one in found}
    for word in words_of(title):  # "GIS analyst"
        known = vocabulary.lookup(word.text) if word.text.isupper() and word.start not in held else None
        if known and known[0] == word.text and vocabulary.field(known[0]) in TOOLS:
            found.append(ValueSpan(word.start, word.end, known[0]))
    before, _, head = title.rpartition(" ")
    if not found and _CODES.match(head) and before.casefold() not in LINES_OF_WORK and is_tool(before, vocabulary):
        found.append(ValueSpan(0, len(before), vocabulary.canonical(before)))
    return [one for one in found if one.end < len(title)]


def _is_named(written: str, skill: str) -> bool:
    """Whether words of a title name a tool, and not what is worked on: "wind turbine technician" names none."""
    words, named = written.casefold().split(), skill.casefold().split()
    return len(words) == 1 or words == named or not set(words) & set(named) or words[-1] in named


def learned(reading: Reading, titles: Iterable[ValueSpan]) -> Iterator[Part]:
    """What somebody learns: a marketing intern marketing."""
    for title in titles:
        written = reading.written[title.start : title.end]
        before = written.rpartition(" ")[0]
        stance = reading.stance(title.start, sought=True)
        if title.value.split()[-1].casefold() not in LEARNERS or stance in (None, "not"):
            continue
        found = [ValueSpan(m.start, m.end, m.name) for m in reading.vocabulary.asked(before)]
        known = reading.vocabulary.lookup(before)
        if not found and known and known[1] == "as written":
            found = [ValueSpan(0, len(before), known[0])]
        yield from (_within(written, title.start, one, stance) for one in found)


def _within(title: str, start: int, one: ValueSpan, stance: Stance) -> Part:
    return Part((one.value,), stance, False, title[one.start : one.end], start + one.start, start + one.end)
