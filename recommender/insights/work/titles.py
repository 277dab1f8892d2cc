"""The occupation in a title as one would say it of the person: plain words, at the level that the title gives.

A title counts where one of its parts ends in a word for who works ("developer", "nurse"); what is around it, such as
employers, places and terms of work, is left out, and a title that says no more than a rank ("Manager") says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from recommender.insights.prose.words import words
from recommender.insights.work.occupation import REMEMBERED, Occupation, occupation_of
from recommender.insights.work.title_parts import title_parts
from recommender.insights.work.title_words import cased, is_of_work, is_praise, is_who, shouts, spelled
from recommender.insights.work.who import occupations_of

_MOST, _LONGEST_JOINT = 2, 8  # occupations and ranks that are said as one, and their words
_LONGEST_FIELD = 3  # words of one
#: Who works in any field.
_OF_A_FIELD = frozenset(("administrator", "analyst", "engineer"))
_LEAD_OF = frozenset(("Team Lead", "Team Leader", "Tech Lead", "Technical Lead", "Shift Lead", "General Manager"))
#: What a part of a title may say by itself, and an occupation beside it does not.
_RANKS, _BELOW = words("ranks"), words("below")


@lru_cache(REMEMBERED)
def occupation_in(title: str) -> Occupation | None:
    """The occupation of a title; None where no part of it says who works, and at what.

    Two of them are said as one ("Receptionist and Gardener"); where that is long, or there are more, none is: half of
    a title would say of somebody what they are not.
    """
    shouting = shouts(title)
    parts = list(title_parts(title))
    found = _distinct([one for part in parts for one in occupations_of(part, shouting=shouting)])
    if not found:
        return None
    ranks = {rank: at for at, part in enumerate(parts) if (rank := _rank(part))}
    new = [rank for rank in ranks if all(rank not in one.plain.split() for one in found)]
    if len(found) + len(new) > _MOST:
        return None
    one = found[0] if len(found) == 1 else _joint(*found)
    if one and one.plain in _OF_A_FIELD and (field := _field(parts)):
        one = occupation_of(
            " ".join(
                (*one.text.split()[:-1], *(cased(word, shouting=shouting) for word in field), one.text.split()[-1])
            )
        )
    if one and len(parts) > 1 and one.text in _LEAD_OF:
        return None  # "Team Lead, Rehabilitation": the other part says of what
    return one if one is None or not new else _with_rank(one, new[0], first=ranks[new[0]] == 0)


def _field(parts: Sequence[list[str]]) -> list[str]:
    """The words of the second of two parts, where they say a field of work: "Analyst, Information Security".

    One word may be a place.
    """
    said = parts[1] if len(parts) == _MOST else []
    is_field = 1 < len(said) <= _LONGEST_FIELD and all(map(is_of_work, said)) and not any(map(is_who, said))
    return said if is_field else []


def _distinct(found: Sequence[Occupation]) -> list[Occupation]:
    """Those of which no other says more."""
    plain = {one.plain: one for one in reversed(found)}
    return [
        one
        for one in reversed(plain.values())
        if not any(other != one.plain and f" {other}".endswith(f" {one.plain}") for other in plain)
    ]


def _with_rank(one: Occupation, rank: str, *, first: bool) -> Occupation | None:
    """An occupation and a rank ("Manager and Cashier"), or at the level that the rank is ("Baker Intern")."""
    said = rank.capitalize()
    if rank in _BELOW:
        return occupation_of(f"{one.text} {said}")
    other = Occupation(said, said, rank, leads=False)
    return _joint(other, one) if first else _joint(one, other)


def _joint(one: Occupation, other: Occupation) -> Occupation | None:
    """Two occupations as one, where that is short."""
    said = f"{one.text} and {other.text}"
    if len(said.split()) > _LONGEST_JOINT:
        return None
    craft, plain = f"{one.craft} and {other.craft}", f"{one.plain} and {other.plain}"
    return Occupation(said, craft, plain, one.leads or other.leads, joint=True)


def _rank(part: list[str]) -> str | None:
    """What a part of a title says that says a rank and nothing else ("Manager"), folded."""
    said = [spelled(word, last=True, after=[]).casefold() for word in part if not is_praise(word)]
    return said[0] if len(said) == 1 and said[0] in _RANKS else None
