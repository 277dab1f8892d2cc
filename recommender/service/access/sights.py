"""What a key may see of who may move: nothing where the settings say so, or where nobody knows whose key it is."""

from __future__ import annotations

from functools import lru_cache

from recommender.collection import Sight
from recommender.insights.moving import is_same_company
from recommender.keys import Key, Scope
from recommender.settings import Settings


def sight_of(key: Key, settings: Settings) -> Sight:
    """Of a key without a company, whose people cannot be kept from it, nobody is likely to move."""
    company = (key.company or "").strip()
    outlooks = settings.moves and Scope.MOVES in key.scopes and bool(company)
    return Sight(outlooks, related(company, settings.company_groups) if company else ())


@lru_cache(1_024)
def related(company: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    """A company, and all that are in a group with it ("Acme=Acme Robotics|Globex"), or with one of those."""
    found, waiting = [company], [[name.strip() for name in group.replace("=", "|").split("|")] for group in groups]
    while having := [group for group in waiting if any(is_same_company(a, b) for a in group for b in found)]:
        waiting = [group for group in waiting if group not in having]
        found += [name for group in having for name in group if name]
    return tuple(dict.fromkeys(found))
