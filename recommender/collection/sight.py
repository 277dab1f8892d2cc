"""`Sight`: what whoever asks may see of who may move.

That somebody is likely to move is shown to those alone who may see outlooks, and to nobody of whom the person's present
employer may be theirs. That somebody says so themselves is shown to all but these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from recommender.insights import Derived
from recommender.insights.moving import is_same_company
from recommender.insights.moving.badges import Kind, kind_of
from recommender.profile import Profile


class Sight(msgspec.Struct, frozen=True):
    """What one viewer may see.

    Attributes:
        outlooks: whether they may see who is likely to move at all.
        companies: theirs, and those that belong to it, whose people they never see it of.
    """

    outlooks: bool
    companies: tuple[str, ...] = ()

    def is_own(self, employers: Iterable[str]) -> bool:
        """Whether one of these may be theirs."""
        return any(is_same_company(one, own) for one in employers for own in self.companies)

    def hides(self, kind: Kind, employers: Iterable[str]) -> bool:
        """Whether somebody whom one of these employs is not to be seen as one who may move."""
        return (kind is Kind.INFERRED and not self.outlooks) or self.is_own(employers)

    def facts(self, facts: Derived) -> Derived:
        """These facts as they may be seen."""
        employers = facts.insights.employers
        badges = self._badges(facts.badges, employers)
        if facts.insights.moving is not None and self.hides(Kind.INFERRED, employers):
            insights = msgspec.structs.replace(facts.insights, moving=None)
            return msgspec.structs.replace(facts, badges=badges, insights=insights)
        return facts if badges == facts.badges else msgspec.structs.replace(facts, badges=badges)

    def profile(self, profile: Profile, employers: Sequence[str]) -> Profile:
        """A profile of somebody with these employers as it may be seen."""
        badges, extras = self._badges(profile.badges, employers), self._extras(profile.extras, employers)
        if badges == profile.badges and extras == profile.extras:
            return profile
        return msgspec.structs.replace(profile, badges=badges, extras=extras)

    def _badges(self, badges: tuple[str, ...], employers: Sequence[str]) -> tuple[str, ...]:
        return tuple(badge for badge in badges if not self._hides_text(badge, employers))

    def _hides_text(self, text: str, employers: Sequence[str]) -> bool:
        kind = kind_of(text)
        return kind is not None and self.hides(kind, employers)

    def _extras(self, value: Any, employers: Sequence[str]) -> Any:
        """What a format had beside, without such badges among its lists and members."""
        if isinstance(value, list):
            return [self._extras(item, employers) for item in value if not self._is_hidden(item, employers)]
        if isinstance(value, dict):
            kept = {key: item for key, item in value.items() if not self._is_hidden(item, employers)}
            return {key: self._extras(item, employers) for key, item in kept.items()}
        return value

    def _is_hidden(self, item: Any, employers: Sequence[str]) -> bool:
        return isinstance(item, str) and len(item) <= LONGEST and self._hides_text(item, employers)


#: Characters of a text beyond which it is no badge.
LONGEST = 60
#: Of whoever holds the pool's files.
EVERYTHING = Sight(outlooks=True)
