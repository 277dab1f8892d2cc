"""Tools that a request lists by names that are plain words too: "docker go kubernetes", "angular, typescript"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.asking.spans import ValueSpan
from recommender.skills import Vocabulary
from recommender.skills.entries import Prose

#: Fields of work whose skills stand before titles as tools.
TOOLS = frozenset(("software", "data", "platform", "networking", "security", "office", "design_media", "engineering"))
#: Fields whose tools are listed one after the other.
_CODED = frozenset(("software", "data", "platform"))
_BESIDE = r"(?: ?[,/|+&] ?| (?:and|or) | )"
_AFTER = re.compile(rf"{_BESIDE}(?P<name>[A-Za-z][\w.+#-]*\b[+#]*)")
_BEFORE = re.compile(rf"(?<![\w.+#/-])(?P<name>[A-Za-z][\w.+#-]*){_BESIDE}\Z")
#: Fields whose products people name where they say what they know.
PRODUCTS = TOOLS | {"finance", "sales_marketing"}
_CUE = re.compile(
    r"\b(?:(?:strong|good|great|excellent|solid|confident|advanced|proficient in|knowledge of|fluent in|knows?|using"
    r"|experience (?:with|in|of|using))\s+(?P<after>[A-Z][\w.+#]*\w)\b(?! [A-Z])"
    r"|(?P<low>\b[a-z][\w.+#]*\w)\s+(?:would (?:help|be)|is (?:a (?:plus|bonus|must)|required|preferred))\b"
    r"|(?P<before>[A-Z][\w.+#]*\w)\s+(?:experience|knowledge|skills|proficiency|(?:is|would be|will be) ))"
)
#: Characters before a tool in which the one before it is looked for.
_NEAR = 40


def find_tools(text: str, vocabulary: Vocabulary) -> list[ValueSpan]:
    """The tools that a text names, by position; a plain word is one by its own name beside another tool."""
    named = vocabulary.asked(text)
    found = {m.start: ValueSpan(m.start, m.end, m.name) for m in named if vocabulary.field(m.name) in TOOLS}
    covered = bytearray(len(text))
    for mention in named:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for one in _cued(text, vocabulary):
        found.setdefault(one.start, one)
    fresh = [one for one in found.values() if vocabulary.field(one.value) in _CODED]
    while fresh:
        one = fresh.pop()
        for match in (_AFTER.match(text, one.end), _BEFORE.search(text, max(0, one.start - _NEAR), one.start)):
            if match is None or any(covered[slice(*match.span("name"))]) or not is_tool(match["name"], vocabulary):
                continue
            beside = ValueSpan(*match.span("name"), vocabulary.canonical(match["name"]))
            found[beside.start] = beside
            covered[beside.start : beside.end] = b"\1" * (beside.end - beside.start)
            fresh.append(beside)
    return sorted(found.values())


def _cued(text: str, vocabulary: Vocabulary) -> Iterator[ValueSpan]:
    """Products by their names with a capital letter, where a sentence says that they are known: "strong Excel"."""
    for match in _CUE.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        known = vocabulary.lookup(text[start:end])
        if known and known[1] == "as written" and vocabulary.field(known[0]) in PRODUCTS:
            yield ValueSpan(start, end, known[0])


def is_tool(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a tool's own name."""
    canonical = vocabulary.canonical(name)
    return canonical.casefold() == name.casefold() and vocabulary.field(canonical) in _CODED


def product_named(written: str, vocabulary: Vocabulary) -> str | None:
    """The product that has a name which prose writes with a capital letter: "excel", "spark"; None for other words."""
    name = vocabulary.canonical(written)
    skill = vocabulary.skill(name)
    if skill is None or skill.field not in PRODUCTS:
        return None
    named = (one for one in skill.surfaces if one.prose in (Prose.EXACT, Prose.LISTED))
    return name if any(one.text.casefold() == written.casefold() for one in named) else None
