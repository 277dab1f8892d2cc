"""Skills that are typed one after the other, by names that prose would not show for such."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from recommender.asking.reading import Reading
from recommender.asking.request import Part
from recommender.asking.skills.spelling import american
from recommender.asking.spans import ValueSpan, blanked
from recommender.asking.tools import PRODUCTS, product_named
from recommender.skills import Vocabulary

#: One entry of what is typed with commas, "and" and "or" between.
_ENTRY = re.compile(
    r"(?:(?<=[,;/|])|\A|(?<=\band)|(?<=\bor)|(?<=(?-i:\bNOT)))\s*(?:[-–—>:]+\s+)?"
    r"(?:(?:(?:any|every)(?:thing|one|body) (?:but|except)|(?:but )?(?:not|no|without|except|excluding"
    r"|other than|ideally|preferably|with))\s+)?"
    r"\b([^,;/|]+?)(?=\s*(?:[,;/|]|\Z|\band\b|\bor\b|(?-i:\bNOT\b)))",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?<!join )(?<!in )(?<!join a )(?<!in a )\b(?:teams?|orgs?|organi[sz]ations?|departments?) of (?:(?:at least|over"
    r"|more than|up to) )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty)\b"
    r"(?:\s*\+|\s+or more| people)*",
    re.IGNORECASE,
)
#: The skill of who has a team, where the vocabulary has it.
_OF_TEAM = "Team Leadership"
#: Letters of an acronym at most: of longer words capitals say nothing.
_LONGEST_ACRONYM = 5


def typed_skills(reading: Reading, titles: Sequence[Part], found: Collection[ValueSpan]) -> list[ValueSpan]:
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
    found = vocabulary.lookup(written) or vocabulary.lookup(american(written))
    if found is None:
        return None
    telling = (written.isupper() and len(written) <= _LONGEST_ACRONYM) or len(re.split(r"[\s-]", written)) > 1
    telling = telling and found[1] == "as written"
    return found[0] if telling or found[0].casefold() == written.casefold() else None
