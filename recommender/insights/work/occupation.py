"""`Occupation`: what somebody is as one would say it of them, in plain words and at their level."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from recommender.facts import title_info
from recommender.insights.prose.words import any_of
from recommender.insights.work.title_words import is_vague, is_who

#: Titles that are remembered: the same few are on many profiles.
REMEMBERED = 16_384


class Occupation(NamedTuple):
    """What a title says somebody is.

    Attributes:
        text: at the person's level, each word with a capital ("Senior Platform Engineer").
        craft: without how senior, where the work is the same ("Platform Engineer"; but "Assistant Store Manager").
        plain: without any level, folded ("platform engineer").
        leads: whether it is a position that leads people.
        joint: whether it is two occupations at once.
    """

    text: str
    craft: str
    plain: str
    leads: bool
    joint: bool = False


#: Where a rank may be that says nothing of the work.
_EVERYWHERE = frozenset(("global", "international", "worldwide"))
#: Levels of those who do the same work.
GRADES = frozenset(("Senior", "Junior", "Lead", "Principal", "Staff"))
_LEADS = re.compile(rf"(?<!business\s)\b{any_of('leads')}\b", re.IGNORECASE)


@lru_cache(REMEMBERED)
def occupation_of(text: str) -> Occupation | None:
    """The occupation that these words say, at their level; None for a rank alone."""
    rank = title_info(text)
    said = rank.occupation.split()
    if not said or (len(said) == 1 and not is_who(said[0])):
        return None
    if is_vague(said[-1]) and _EVERYWHERE.issuperset(said[:-1]):
        return None  # a rank alone: "Global Manager"
    leads = rank.track == "management" and rank.seniority in ("lead", "executive")
    spoken = text.split()
    craft = " ".join([*[word for word in spoken[:-1] if word not in GRADES or word == "Junior"], spoken[-1]])
    return Occupation(text, craft, rank.occupation, leads and _LEADS.search(text) is not None)
