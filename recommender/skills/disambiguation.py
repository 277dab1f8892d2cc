"""Which of the names found in a person's texts are meant as skills, and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from recommender.skills.entries import Prose
from recommender.skills.found import Decision, FoundName, Read
from recommender.skills.senses.clauses import LONGEST, Clause, foreign_clauses
from recommender.skills.senses.names import names_doer, other_name
from recommender.skills.senses.others import of_others
from recommender.skills.senses.products import is_of_product
from recommender.skills.senses.support import Person, denied, is_entry, is_introduced, is_named, supported

_LISTING = re.compile(r"\s*(?:(?:[,;/|&+•·*()\[\]:–-]|\b(?:and|or)\b|\\)\s*)+\Z|\s*\n\s*\Z", re.IGNORECASE)
#: What most often is between the entries of a list; a look-up is cheaper than the pattern.
_USUAL = frozenset([", ", ",", " ", "; ", " and ", ", and ", "/", " / ", " | ", " & ", " or ", " - ", ": ", " (", ") "])
_LISTS = frozenset(sign for sign in _USUAL if _LISTING.match(sign))
_STARTS = re.compile(r"(?:\A|[.!?:•·*▪●>\n-])\s*\Z")
_AMP = frozenset("&'’.-@")
_AFTER_LETTER = frozenset("&'’-@")
#: Of those one worked with: "Java developers", "the QA team".
_PEOPLE = re.compile(
    r"(?:[ /-]\w+){0,2}[ /-](?:(?:\w+(?:opers|eers|gers|ators|ysts|igners|itects|sters|ists|ants|icians|oyees))"
    r"|teams?|staff|departments?|groups?|personnel|members?|people|nurses|representatives?|leads|colleagues|dbas|counterparts)\b",
    re.IGNORECASE,
)


def decided(read: Read, person: Person, names: Sequence[str] = (), asked: bool = False) -> list[Decision]:
    """Of each name found in a text whether it counts.

    `names`: of employers, schools and places known of the person; `asked`: the text is a request.
    """
    text, found = read.text, read.found
    if not found:
        return []
    clauses = sorted([*foreign_clauses(text, read.openings), *_occurrences(text, names)])
    starts = [clause.start for clause in clauses]
    listings = _listings(text, found)
    made = []
    for at, one in enumerate(found):
        against = _against(text, one, listings[at], _around(clauses, starts, one.mention.start) if clauses else ())
        if against:
            made.append(Decision(one, False, against))
        else:
            made.append(_supported(text, at, found, listings[at], person, asked and one.need.passing))
    return made


def _around(clauses: Sequence[Clause], starts: Sequence[int], at: int) -> Iterator[Clause]:
    """The clauses that may hold a place: those that begin before it, and not long before."""
    i = bisect_right(starts, at) - 1
    while i >= 0 and at - starts[i] <= LONGEST:
        yield clauses[i]
        i -= 1


def _against(text: str, one: FoundName, listing: Listing, clauses: Iterable[Clause]) -> str | None:
    """Why a name is none here, whatever is around it; None where nothing says so."""
    start, end, _ = one.mention
    other = other_name(text, start, end)
    if other is not None:
        return f"it is in the name of {other}"
    somebody = of_others(text, start, end)
    if somebody is not None:
        return somebody
    if is_of_product(text, one.mention, one.family):
        return "it says what a product is for"
    if one.surface.prose is not Prose.ANY and not _meant(text, one, listing.sure or listing.meant):
        return "nothing around it says that the word is a name here"
    for clause in clauses:
        if end <= clause.end and (not clause.doers or _is_of_people(text, start, end, clause)):
            return clause.reason
    return None


def _supported(
    text: str, at: int, found: Sequence[FoundName], listing: Listing, person: Person, is_meant: bool
) -> Decision:
    """What is around a name that nothing speaks against; `is_meant`: it needs no support."""
    one = found[at]
    if not one.need.points and not one.need.never:
        return Decision(one, True, "")
    denial = denied(text, one, listing.sure, person)
    if denial is not None:
        return Decision(one, False, denial)
    if is_meant or not one.need.points:
        return Decision(one, True, "")
    support = supported(text, at, found, (listing.sure, listing.company), person)
    reason = f"needs {one.need.points}, has {support.points}" + "".join(f"; {sign}" for sign in support.signs)
    return Decision(one, support.points >= one.need.points, reason)


def _is_of_people(text: str, start: int, end: int, clause: Clause) -> bool:
    """Whether a name in the company one worked in names people, or what they are called by."""
    if names_doer(text, start, end):
        return True
    return _PEOPLE.match(text, end, clause.end) is not None


def _occurrences(text: str, names: Sequence[str]) -> Iterator[Clause]:
    """Where a text writes a name that is known to be of an employer, a school or a place."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield Clause(at, at + len(name), "it is in the name of an employer, a school or a place of this person")
            at = text.find(name, at + len(name))


def _meant(text: str, one: FoundName, listed: bool) -> bool:
    """Whether a risky name is a skill where it is; `listed`: it is in a list beside one that is."""
    start, end, _ = one.mention
    lone = end - start == 1
    if lone and (text[start - 1 : start] in _AMP or text[end : end + 1] in _AFTER_LETTER):
        return False
    if listed or is_named(text, end):
        return True
    if one.surface.prose is Prose.EXACT:
        starts = start == 0 or _STARTS.search(text, max(0, start - 4), start)
        return not (starts and text[end : end + 1] == " " and text[end + 1 : end + 2].islower())
    introduced = is_introduced(text, start, end)
    if lone:
        return introduced and text[end : end + 1] != "."  # "with R. Jones"
    return introduced or (start > 0 and is_entry(text, start, end))


class Listing(NamedTuple):
    """What stands in one list with a name, signs between the entries.

    Attributes:
        sure: whether a name is among the others that is by itself.
        company: how many other names of its kind of work there are, each once.
        meant: whether that, or how the list begins, makes a skill of a name that may be an ordinary word.
    """

    sure: bool
    company: int
    meant: bool


_ALONE = Listing(False, 0, False)


def _listings(text: str, found: Sequence[FoundName]) -> list[Listing]:
    """Of each name what it is listed with."""
    made: list[Listing] = []
    for first, after in pairwise([*_list_starts(text, found), len(found)]):
        if after - first == 1:
            made.append(_ALONE)
            continue
        names = found[first:after]
        sure = [one.surface.prose is Prose.ANY and one.need.points < 2 for one in names]
        total = sum(sure)
        kinds = _counted({(one.family, one.mention.name) for one in names})
        words = {(one.family, one.mention.name) for one in names if one.surface.prose is Prose.ANY}
        spelled = _counted(words)
        introduced = is_introduced(text, *names[0].mention[:2])
        for one, own in zip(names, sure, strict=True):
            company = kinds[one.family] - 1
            others = spelled.get(one.family, 0) - ((one.family, one.mention.name) in words)
            made.append(Listing(total > own, company, company > 0 and (company > 1 or introduced or others > 0)))
    return made


def _counted(names: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Of each family how many names."""
    counts: dict[str, int] = {}
    for family, _ in names:
        counts[family] = counts.get(family, 0) + 1
    return counts


def _list_starts(text: str, found: Sequence[FoundName]) -> Iterator[int]:
    """Where each list of names begins; a name by itself is a list of one."""
    for i, one in enumerate(found):
        end = found[i - 1].mention.end if i else -9
        if one.mention.start - end <= 8:
            between = text[end : one.mention.start]
            if between in _LISTS or (between not in _USUAL and _LISTING.match(between)):
                continue
        yield i
