"""Skills in use when: of each core skill the roles that show it, as time on the axis of the career."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from recommender.facts import Tenure, held_skills
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.service.pages.careers.axis import Axis, Stretch
from recommender.service.pages.careers.career import tenures
from recommender.skills import Vocabulary

#: Skills that are drawn.
MOST_STRIPS: Final = 8


class Strip(msgspec.Struct, frozen=True):
    """A skill and when it was in use; `months` in all."""

    skill: str
    pieces: tuple[Stretch, ...]

    @property
    def months(self) -> int:
        """How long, over all pieces."""
        return sum(piece.months for piece in self.pieces)


class Strips(msgspec.Struct, frozen=True):
    """The strips of a career, and the core skills that no dated role shows."""

    drawn: tuple[Strip, ...]
    nowhere: tuple[str, ...]


def strips(profile: Profile, core: Sequence[str], vocabulary: Vocabulary, axis: Axis) -> Strips:
    """When each of these skills was in use, by the one rule of which skills a profile has and where it says so.

    Args:
        core: canonical names, most central first; the first `MOST_STRIPS` are looked at.
    """
    held, spans = held_skills(profile, vocabulary), tenures(profile)
    drawn, nowhere = [], []
    for skill in [name for name in core if masked(name) == name][:MOST_STRIPS]:
        shown_by = {place[1] for place in held.get(skill, ()) if place[0] == "roles"}
        used = _joined(span for number, span in spans.items() if number in shown_by)
        if used:
            drawn.append(Strip(skill, tuple(axis.stretch(*one) for one in used)))
        else:
            nowhere.append(skill)
    return Strips(tuple(drawn), tuple(nowhere))


def _joined(spans: Iterable[Tenure]) -> list[tuple[int, int]]:
    """Months in at least one of these, as few stretches as there are."""
    joined: list[tuple[int, int]] = []
    for first, after, _ in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], after)
        else:
            joined.append((first, after))
    return joined
