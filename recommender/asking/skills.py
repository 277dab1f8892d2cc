"""The skills that a text asks for, beside those that its titles say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from recommender.asking.reading import EITHER, Reading
from recommender.asking.request import Part, Stance
from recommender.asking.spans import ValueSpan, blanked, listed
from recommender.asking.titles import LEARNERS, LINES_OF_WORK
from recommender.asking.tools import PRODUCTS, TOOLS, is_tool, product_named
from recommender.skills import Vocabulary

#: One entry of what is typed with commas, "and" and "or" between.
_ENTRY = re.compile(
    r"(?:(?<=[,;/|])|\A|(?<=\band)|(?<=\bor)|(?<=(?-i:\bNOT)))\s*"
    r"(?:(?:(?:any|every)(?:thing|one|body) (?:but|except)|(?:but )?(?:not|no|without|except|excluding"
    r"|other than|ideally|preferably|with))\s+)?"
    r"\b([^,;/|]+?)(?=\s*(?:[,;/|]|\Z|\band\b|\bor\b|(?-i:\bNOT\b)))",
    re.IGNORECASE,
)
#: One of the fields of study of a list.
_FIELD = re.compile(r"(?:\bin|\bor|\band|,) ([A-Za-z]+(?: [A-Za-z]+){0,2}?)(?=,| or )")
#: Last words of names of work, which a title says by itself ("backend developer").
_KINDS_OF_WORK = listed("kinds of work")
#: Who is known by what they code in: "go developer", "swift devs".
_CODES = re.compile(r"(?:dev|developer|programmer|coder|engineer)s?\Z", re.IGNORECASE)
_TEAM = re.compile(
    r"(?<!join )(?<!in )(?<!join a )(?<!in a )\b(?:teams?|orgs?|organi[sz]ations?|departments?) of (?:(?:at least|over"
    r"|more than|up to) )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty)\b"
    r"(?:\s*\+|\s+or more| people)*",
    re.IGNORECASE,
)
#: The skill of who has a team, where the vocabulary has it.
_OF_TEAM = "Team Leadership"


def find_skills(
    reading: Reading, titles: Sequence[Part], named: Iterable[ValueSpan], tools: Iterable[ValueSpan]
) -> tuple[Part, ...]:
    """Skills with their stance; those that the title names, first.

    Args:
        titles: the parts that ask for some; `named`: the same, each where the text names it.
        tools: the skills that stand in lists, plain words among them.
    """
    asked = tuple(_in_title(titles, reading.vocabulary))
    own = (*asked, *_learned(reading, named))
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


def _in_title(titles: Sequence[Part], vocabulary: Vocabulary) -> Iterator[Part]:
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
        if vocabulary.field(mention.name) in TOOLS and mention.name.split()[-1].casefold() not in _KINDS_OF_WORK
    ]
    before, _, head = title.rpartition(" ")
    if not found and _CODES.match(head) and before.casefold() not in LINES_OF_WORK and is_tool(before, vocabulary):
        found.append(ValueSpan(0, len(before), vocabulary.canonical(before)))
    return [one for one in found if one.end < len(title)]


def _learned(reading: Reading, titles: Iterable[ValueSpan]) -> Iterator[Part]:
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
        found |= {one.start: one for one in _typed(reading, titles, found.values())}
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


def _typed(reading: Reading, titles: Sequence[Part], found: Collection[ValueSpan]) -> list[ValueSpan]:
    """What is typed between commas by a skill's own name, where prose would not show it for one ("react")."""
    vocabulary = reading.vocabulary
    left = blanked(blanked(reading.text, reading.taken), ((one.start, one.end) for one in found))
    modules = [word for part in titles for word in (part.words or "").split() if vocabulary.known(word)]
    entries = [(*match.span(1), match[1]) for match in _ENTRY.finditer(left)]
    named = [ValueSpan(start, end, _entry(entry, vocabulary, modules) or "") for start, end, entry in entries]
    if any(vocabulary.field(one.value) in PRODUCTS for one in (*found, *named)):
        named = [
            one if one.value else one._replace(value=product_named(left[one.start : one.end], vocabulary) or "")
            for one in named
        ]
    if vocabulary.known(_OF_TEAM):
        named += [ValueSpan(*match.span(), _OF_TEAM) for match in _TEAM.finditer(left)]
    return [one for one in named if one.value and vocabulary.field(one.value) != "languages"]


def _entry(written: str, vocabulary: Vocabulary, products: Sequence[str]) -> str | None:
    """The skill that an entry names: by its own name, by several words, or as a module of the title's product."""
    for product in products:  # "SAP consultant, FICO"
        found = vocabulary.lookup(f"{product} {written}")
        if found is not None and found[0].casefold() == f"{product} {written}".casefold():
            return found[0]
    found = vocabulary.lookup(written)
    if found is None:
        return None
    telling = written.isupper() or len(re.split(r"[\s-]", written)) > 1
    telling = telling and found[1] == "as written"
    return found[0] if telling or found[0].casefold() == written.casefold() else None
