"""What a key may see of who may move: nothing where the settings say so, or where nobody knows whose key it is."""

from __future__ import annotations

from recommender.collection import Sight
from recommender.insights.moving import related
from recommender.keys import Key, Scope
from recommender.settings import Settings


def sight_of(key: Key, settings: Settings) -> Sight:
    """Of a key without a company, whose people cannot be kept from it, nobody is likely to move."""
    company = (key.company or "").strip()
    outlooks = settings.moves and Scope.MOVES in key.scopes and bool(company)
    return Sight(outlooks, related(company, settings.company_groups) if company else ())
