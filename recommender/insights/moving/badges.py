"""Badges that say of somebody that they may leave: inferred by whoever made the page, or stated by the person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from recommender.facts import folded
from recommender.insights.moving.outlook import MoveOutlook

_MOVES: Final = r"(?:switch|move|mover|leave|leaver|change|quit|resign|jump|job|churn)\w*"
_INFERRED: Final = re.compile(
    rf"\blikely\b.*\b{_MOVES}|\b{_MOVES}\b.*\blikel|\blikely to\b|\bready to (?:move|switch)\b|\bpoach"
    r"|\b(?:flight|attrition|churn|turnover) risk|\brisk of (?:leav|flight)"
)
_OPEN: Final = r"(?:to|for) (?:\w+ )?(?:work|opportunit\w*|offers?|roles?|jobs?|moves?|change|hire|hiring|recruiters)"
_WORK: Final = r"(?:(?:a|an|my|the|new|next|other) ){0,2}(?:jobs?|work|roles?|opportunit\w*|positions?|challenge)"
_LOOKING: Final = r"(?:looking|searching|seeking|applying|hunting)"
_STATED: Final = re.compile(
    rf"\bopen {_OPEN}\b|open ?to ?work|\b(?:actively|casually|passively|quietly|currently) {_LOOKING}"
    rf"|\b(?:{_LOOKING}|available) for {_WORK}|\bseeking {_WORK}|\bjob[- ]?(?:seek|hunt|search)"
    r"|\bavailable (?:now|immediately|for (?:hire|work))|\bimmediate(?:ly)? (?:joiner|available)|\b(?:on|in) notice\b"
    r"|\bnotice period|\bbetween jobs\b|\bon the (?:job )?market\b|\bwechselwillig|\bauf jobsuche\b"
)


class Kind(Enum):
    """Who says that somebody may leave: whoever made the page, or the person."""

    INFERRED = auto()
    STATED = auto()


@lru_cache(4_096)
def kind_of(badge: str) -> Kind | None:
    """What a badge says of leaving; None for any other ("Top Contributor")."""
    text = folded(badge)
    if _INFERRED.search(text):
        return Kind.INFERRED
    return Kind.STATED if _STATED.search(text) else None


def is_likely_to_move(outlook: MoveOutlook | None, badges: Iterable[str]) -> bool:
    """Whether somebody has a badge that says so: the outlook's, or one that the page brought."""
    return (outlook is not None and outlook.badge) or any(kind_of(badge) is Kind.INFERRED for badge in badges)
