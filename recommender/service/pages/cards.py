"""Matches as cards: why each is there, what of it is missing, and where it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote_plus

import msgspec

from recommender.collection import View
from recommender.matching import Answer, Match
from recommender.privacy import masked
from recommender.service.pages.filters.chips import Chip
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.points import BarSegment, Points, colours, points_of, segments_of


class Card(msgspec.Struct, frozen=True):
    """A match as a page draws it.

    Attributes:
        shared: its skills that the question has, each with the query that filters by it; None for one that does.
        missing: what the question has or asks and the match lacks.
        more, less, hide: queries of this page with more people like it, fewer, and without it.
    """

    match: Match
    segments: tuple[BarSegment, ...]
    points: tuple[Points, ...]
    shared: tuple[tuple[str, str | None], ...] = ()
    missing: tuple[str, ...] = ()
    more: Chip | None = None
    less: Chip | None = None
    hide: Chip | None = None


def cards(
    answer: Answer,
    most: Sequence[Mapping[str, float]] = (),
    lacks: Sequence[tuple[str, ...]] = (),
    choices: Choices | None = None,
) -> tuple[Card, ...]:
    """The matches as cards.

    Args:
        most: of each match the most that each signal could give it.
        lacks: of each match what it lacks; what it does not meet where nothing is given.
        choices: of the page, where its cards change them.
    """
    by_signal, links = colours(answer), None if choices is None else _Links(choices)
    found = []
    for at, match in enumerate(answer.matches):
        card = Card(
            match,
            segments_of(match, by_signal),
            points_of(match, by_signal, most[at] if most else {}),
            shared=tuple((name, links.only(name) if links else None) for name in match.shared_skills),
            missing=lacks[at] if lacks else tuple(one.condition for one in match.conditions if not one.met),
        )
        found.append(links.on(card) if links else card)
    return tuple(found)


def lacking(view: View, wanted: Sequence[str], matches: Sequence[Match]) -> list[tuple[str, ...]]:
    """Of each match the skills that it does not have, of those wanted."""
    facts = view.facts([view.row(match.profile_id) for match in matches])
    return [tuple(masked(skill) for skill in wanted if skill not in one.skills) for one in facts]


class _Links:
    """Queries of a page with one thing more; what all of them have in common is written once."""

    def __init__(self, choices: Choices) -> None:
        self._choices, self._query = choices, choices.query()

    def only(self, skill: str) -> str | None:
        """With a skill to filter by; None where it is one."""
        return None if skill in self._choices.skill else self._with("skill", skill)

    def on(self, card: Card) -> Card:
        """The card with what can be said of its person."""
        one, unliked = card.match.profile_id, self._choices.unlike
        is_unliked = one in unliked
        less = self._choices.without("unlike", one).query() if is_unliked else self._with("unlike", one)
        more = self._choices.with_one("like", one).query() if is_unliked else self._with("like", one)
        return msgspec.structs.replace(
            card,
            more=Chip("More like this", more),
            less=Chip("Undo less like this" if is_unliked else "Less like this", less),
            hide=Chip("Hide", self._with("hide", one)),
        )

    def _with(self, name: str, value: str) -> str:
        added = f"{name}={quote_plus(value)}"
        return f"{self._query}&{added}" if self._query else added
