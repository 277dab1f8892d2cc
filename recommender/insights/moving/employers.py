"""Who may be somebody's employer now, and whether two names are of one company: where in doubt, they are.

What is inferred of a person's wish to leave is kept from these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from recommender.facts import company_form, plain_words
from recommender.profile import Profile, Role

#: Between the names of several companies in one: "Acme / Globex", "Acme (through Globex)", "Globex @ Acme".
_BETWEEN: Final = re.compile(r"[/|;,()\[\]•·@]|\s[-–—]\s|\s(?:at|via|for|through|by|c/o)\s", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"\.(?:com|net|org|io|ai|co|de|eu|uk|fr|ch|at)\b", re.IGNORECASE)
#: What begins a name and is left out at times.
_ARTICLES: Final = frozenset(("the", "der", "die", "das", "le", "la", "les"))


def employers(profile: Profile) -> tuple[str, ...]:
    """The companies of all roles that have no end, dated or not; else of the one that ended last, by `company_form`."""
    open_ended = [role for role in profile.roles if role.end is None]
    last = max((role.end or "" for role in profile.roles), default="")
    asked: Sequence[Role] = open_ended or [role for role in profile.roles if role.end == last]
    return tuple(dict.fromkeys(company_form(role.company) for role in asked if role.company and role.company.strip()))


@lru_cache(65_536)
def is_same_company(one: str, other: str) -> bool:
    """Whether two names may be of one company: one's words are, in their order, within those of the other.

    Case, accents, "Inc" and the like do not count: "ACME" and "Acmé Robotics GmbH" may be one, "Acme" and "Acmeda" not.
    Where a name holds several, any of them will do.
    """
    return any(_is_within(a, b) or _is_within(b, a) for a in _names(one) for b in _names(other))


@lru_cache(1_024)
def related(company: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    """A company, and all that are in a group with it ("Acme=Acme Robotics|Globex"), or with one of those."""
    found, waiting = [company], [[name.strip() for name in group.replace("=", "|").split("|")] for group in groups]
    while having := [group for group in waiting if any(is_same_company(a, b) for a in group for b in found)]:
        waiting = [group for group in waiting if group not in having]
        found += [name for group in having for name in group if name]
    return tuple(dict.fromkeys(found))


def _is_within(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if "".join(words) == "".join(others):
        return True
    return any(others[at : at + len(words)] == words for at in range(len(others) - len(words) + 1))


@lru_cache(65_536)
def _names(company: str) -> frozenset[tuple[str, ...]]:
    """The words of each name that a company is written by."""
    parts = (_words(part) for part in (company, *_BETWEEN.split(company)))
    return frozenset(words for words in parts if words)


def _words(name: str) -> tuple[str, ...]:
    words = plain_words(_DOMAIN.sub(" ", company_form(name)))
    return tuple(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)
