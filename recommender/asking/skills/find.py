"""The skills that a text asks for, beside those that its titles say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from recommender.asking.reading import EITHER, Reading
from recommender.asking.request import Part
from recommender.asking.skills.in_titles import in_title, learned
from recommender.asking.skills.typed import typed_skills
from recommender.asking.spans import ValueSpan

#: One of the fields of study of a list.
_FIELD = re.compile(r"(?:\bin|\bor|\band|,) ([A-Za-z]+(?: [A-Za-z]+){0,2}?)(?=,| or )")


def find_skills(
    reading: Reading, titles: Sequence[Part], named: Iterable[ValueSpan], tools: Iterable[ValueSpan]
) -> tuple[Part, ...]:
    """Skills with their stance; those that the title names, first.

    Args:
        titles: the parts that ask for some; `named`: the same, each where the text names it.
        tools: the skills that stand in lists, plain words among them.
    """
    asked = tuple(in_title(titles, reading.vocabulary))
    own = (*asked, *learned(reading, named))
    own = tuple({part.values: part for part in own}.values())
    held = {value for part in own for value in part.values}
    own, others = _with_either(reading, own, _others(reading, titles, tools))
    return (*own, *(part for part in others if part.stance == "not" or not held & set(part.values)))


def _with_either(
    reading: Reading, own: tuple[Part, ...], others: tuple[Part, ...]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both, with a tool before the title's own as one part with it: "react / angular developer"."""
    joined = list[Part]()
    for part in own:
        before = next((one for one in others if _is_either(reading, one, part)), None)
        if before is not None:
            others = tuple(one for one in others if one is not before)
            part = reading.joined(before, part.values, part.end or 0)
        joined.append(part)
    return tuple(joined), others


def _is_either(reading: Reading, one: Part, other: Part) -> bool:
    assert one.end is not None, "it was found in a text"
    assert other.start is not None, "it was found in a text"
    return one.stance == other.stance and EITHER.fullmatch(reading.text, one.end, other.start) is not None


def _others(reading: Reading, titles: Sequence[Part], tools: Iterable[ValueSpan]) -> tuple[Part, ...]:
    vocabulary = reading.vocabulary
    found = {
        m.start: ValueSpan(m.start, m.end, m.name)
        for m in vocabulary.asked(reading.text)
        if vocabulary.field(m.name) != "languages"  # one that is spoken was found, another tells a kitchen's country
    }
    found |= {one.start: one for one in tools}
    found |= {one.start: one for one in _studies(reading) if one.start not in found}
    if not reading.advert:
        found |= {one.start: one for one in typed_skills(reading, titles, found.values())}
    parts = reading.parts(found.values())
    asked = {value for part in parts if part.stance == "must" for value in part.values}
    # what must be and is named again among the duties is asked once
    return tuple(part for part in parts if part.stance != "nice" or not set(part.values) <= asked)


def _studies(reading: Reading) -> Iterator[ValueSpan]:
    """The fields of study that are listed, by any of their names."""
    for start, end in reading.studies:
        for match in _FIELD.finditer(reading.text, start, end):
            known = reading.vocabulary.lookup(match[1])
            if known and known[1] == "as written":
                yield ValueSpan(*match.span(1), known[0])
