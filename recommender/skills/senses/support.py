"""How much around a name supports that it is meant as a skill, in points that add up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from recommender.skills.found import FoundName
from recommender.skills.senses.names import names_doer
from recommender.skills.senses.needs import ENTRY, is_near

#: Characters on either side in which another name of the same work supports one, and a word does.
_NEAR, _WORDS = 250, 70
#: Names of trades from which on a person's work is known; of fewer than this nobody is a stranger to anything.
_KNOWN = 6
#: Points of a word that supports: more than all else together.
WORD = 20
_AT_HOME, _VISITOR = 0.25, 0.05
#: Words after the name of a trade by which it is a customer's or a product's: "insurance client", "retail software".
_CUSTOMER = re.compile(
    r"[\s-]+(?:\w+ )?"
    r"(?:industr|sectors?\b|clients?\b|compan|firms?\b|customers?\b|domain|verticals?\b|websites?\b|portals?\b"
    r"|software|applications?\b|apps?\b|systems?\b|platforms?\b|products?\b|providers?\b|stores?\b|agenc|departments?\b"
    r"|start-?ups?\b|teams?\b|project\b|data\b|organi[sz]ations?\b|business(?:es)?\b|groups?\b|institutions?\b|websites?\b|users?\b)",
    re.IGNORECASE,
)
_ENTRY_BEFORE = frozenset("\n•·*|;,/(▪●>:")
_ENTRY_AFTER = frozenset("\n•·*|;,/).▪●")


_BEFORE_NAME = re.compile(r"\b(?:in|using|with|language|languages|programming|via|like|including|e\.g\.)[\s:]+\Z", re.I)
_AFTER_NAME = re.compile(
    r"[\s-]+(?:programming|programmer|developer|development|language|code|coding|script|scripts|scripting|studio|framework"
    r"|macros?|spreadsheets?|documents?|databases?|cookbooks?|recipes?|playbooks?|modules?)\b",
    re.IGNORECASE,
)


class Person(NamedTuple):
    """What all texts of one person say of the work they do.

    Attributes:
        families: of each family how many skills of it are named, each once.
        trades: how many of any family.
        titles: the families that titles name.
    """

    families: Counter[str]
    trades: int
    titles: frozenset[str]

    def works_in(self, family: str) -> bool:
        """Whether most that is known of the person is of this kind of work, and it is enough to tell."""
        return self.trades >= _KNOWN and 2 * self.families[family] > self.trades


def person_of(found: Iterable[FoundName], titles: Iterable[str], listed: Mapping[str, str]) -> Person:
    """Of the names in all texts of one person, the families of its titles, and its listed skills with theirs."""
    names = {one.mention.name: one.family for one in found if one.family and one.need.points < 2} | dict(listed)
    families = Counter(names.values())
    return Person(families, sum(families.values()), frozenset(titles))


class Support(NamedTuple):
    """Points, and what each was for."""

    points: int
    signs: tuple[str, ...]


def supported(text: str, at: int, found: Sequence[FoundName], listed: tuple[bool, int], person: Person) -> Support:
    """What supports `found[at]`; `listed`: whether a name that is sure is in its list, and how many of its kind."""
    one = found[at]
    start, end, _ = one.mention
    signs: list[tuple[int, str]] = []
    around = text[max(0, start - _WORDS) : start], text[end : end + _WORDS]
    if one.need.near:
        word = is_near(one.need.near, *around)
        if word:
            signs.append((WORD, f"{word!r} is near"))
    if one.family:
        signs += _of_the_work(text, at, found, person)
    if is_introduced(text, start, end):
        signs.append((2, "a word beside it makes it a name"))
    points = WORD if ENTRY in one.need.near else 2
    sure, company = listed
    if company and not sure:
        signs.append((min(2, company), "it is listed beside names of its kind"))
    if sure:
        signs.append((points, "it is listed beside skills"))
    elif is_entry(text, start, end):
        signs.append((points, "it is an entry by itself"))
    return Support(sum(points for points, _ in signs), tuple(sign for _, sign in signs))


def denied(text: str, one: FoundName, listed: bool, person: Person) -> str | None:
    """Why a name means something else: a word around it, in a list one right beside it, or what the person works in."""
    if not one.need.never:
        return None
    start, end, _ = one.mention
    signs = one.need.beside if listed and one.need.passing else one.need.never
    family = next((sign[1:] for sign in signs if sign[0] == "@" and person.works_in(sign[1:])), None)
    if family is not None:
        return f"who works in {family} names it in passing"
    word = is_near(signs, text[max(0, start - _WORDS) : start], text[end : end + _WORDS])
    return f"beside {word!r} it means something else" if word else None


def _of_the_work(text: str, at: int, found: Sequence[FoundName], person: Person) -> list[tuple[int, str]]:
    one = found[at]
    start, end, _ = one.mention
    signs = []
    near = _beside(at, found)
    if near:
        signs.append((min(2, len(near)), "near " + " and ".join(near)))
    own, others = person.families[one.family] - 1, person.trades - 1
    share = own / others if others > 0 else 0.0
    if one.family in person.titles:
        signs.append((2, "a title names this kind of work"))
    if one.family != "technology" and 2 * person.families["technology"] < person.trades:
        signs.append((2, "the person works in trades, which overlap"))
    elif others < _KNOWN or share >= _AT_HOME:
        signs.append((2, "this kind of work is the person's"))
    elif share < _VISITOR:
        signs.append((-1, "the rest is about other work"))
    if names_doer(text, start, end) and text[start].isupper():
        signs.append((2, "it is a job's name"))
    elif one.family != "technology" and _CUSTOMER.match(text, end):
        signs.append((-1, "it says for whom or what the work was"))
    return signs


def _beside(at: int, found: Sequence[FoundName]) -> list[str]:
    """At most two other names of the same family nearby that need little themselves."""
    one, near = found[at], list[str]()
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(found) and len(near) < 2:
            other = found[i]
            gap = one.mention.start - other.mention.end if step < 0 else other.mention.start - one.mention.end
            if gap > _NEAR:
                break
            if (
                other.family == one.family
                and other.mention.name != one.mention.name
                and other.need.points < 2
                and other.mention.name not in near
            ):
                near.append(other.mention.name)
            i += step
    return near


def is_entry(text: str, start: int, end: int) -> bool:
    """Whether signs of a list, or ends of lines, are on both sides."""
    while start and text[start - 1] == " ":
        start -= 1
    before, after = text[max(0, start - 1) : start] or "\n", text[end : end + 8].lstrip(" ")[:1] or "\n"
    return before in _ENTRY_BEFORE and after in _ENTRY_AFTER


def is_introduced(text: str, start: int, end: int) -> bool:
    """Whether a word before it or after it makes a name of it: "using R", "R programming"."""
    return is_named(text, end) or _BEFORE_NAME.search(text, max(0, start - 14), start) is not None


def is_named(text: str, end: int) -> bool:
    """Whether the words after it make a name of it: "Excel macros"."""
    return _AFTER_NAME.match(text, end) is not None
