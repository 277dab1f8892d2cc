"""The line at the foot of a page: how many more there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from recommender.collection.filter import Filter
from recommender.collection.protocol import View
from recommender.matching.answer import Headline
from recommender.privacy import masked_again

SHOWN_UP_TO = 100


class More(NamedTuple):
    """Of whom a headline says how many more there are.

    Attributes:
        skills: canonical core skills of the question, most central first.
        own_ids: profiles that the question is about; they are not "more".
        spelling: canonical name → as the question writes it, where it does.
    """

    skills: tuple[str, ...]
    own_ids: tuple[str, ...]
    spelling: Mapping[str, str]

    def headline(self, view: View) -> Headline | None:
        """How many other profiles have the first two skills; with nobody left, the first alone; else None."""
        for named in (self.skills[:2], self.skills[:1]):
            if not named:
                continue
            count = view.count(Filter(skills_all=named, exclude_ids=self.own_ids))
            if count:
                shown = tuple(masked_again(self.spelling.get(skill, skill)) for skill in named)
                return Headline(headline_text(count, shown), shown, count)
        return None


def recounted(headline: Headline, count: int) -> Headline:
    """The headline where so many have its skills."""
    return Headline(headline_text(count, headline.skills), headline.skills, count)


def headline_text(count: int, skills: tuple[str, ...]) -> str:
    """ "100+ more professionals with A & B"; below 100 the exact number."""
    number = f"{SHOWN_UP_TO}+" if count >= SHOWN_UP_TO else str(count)
    noun = "professional" if count == 1 else "professionals"
    return f"{number} more {noun} with {' & '.join(skills)}"
