"""Which skills are fresh: of those who name one in a role, the share who name it in a role they hold now."""

from __future__ import annotations

import threading
from collections import Counter
from functools import lru_cache
from typing import Final, NamedTuple

from recommender.collection import View
from recommender.privacy import masked
from recommender.skills import Vocabulary

#: People looked at, evenly over the pool; and at a time.
MOST, AT_ONCE = 10_000, 500
#: People of those who have to name a skill before its share is said, at least and as a part of them.
FEWEST, FEWEST_SHARE = 20, 0.01
#: Part of the pool that may change before they are worked out anew.
MAY_CHANGE: Final = 0.02


class FreshSkill(NamedTuple):
    """A skill, how many name it in any role, and how many of them in one that they hold now."""

    name: str
    ever: int
    now: int

    @property
    def share(self) -> float:
        """The share of those who name it who name it in a role they hold now."""
        return self.now / self.ever


class FreshSkills:
    """The fresh skills of a pool, kept until enough of it has changed. Threads may share it."""

    def __init__(self) -> None:
        self._alone = threading.Lock()
        self._generation, self._found, self._looked_at = -1, tuple[FreshSkill, ...](), 0

    def of(self, view: View, vocabulary: Vocabulary) -> tuple[tuple[FreshSkill, ...], int]:
        """The skills, freshest first, and how many people were looked at."""
        with self._alone:
            changed = abs(view.generation - self._generation)
            if self._generation < 0 or changed > max(MAY_CHANGE * len(view), 1):
                self._found, self._looked_at = fresh_skills(view, vocabulary)
                self._generation = view.generation
            return self._found, self._looked_at


def fresh_skills(view: View, vocabulary: Vocabulary) -> tuple[tuple[FreshSkill, ...], int]:
    """The skills of a view, freshest first, and how many people were looked at."""
    rows = view.rows()
    looked_at = rows[:: -(-len(rows) // MOST) or 1] if len(rows) else rows
    ever, now = Counter[str](), Counter[str]()
    canonical = lru_cache(100_000)(vocabulary.canonical)
    for start in range(0, len(looked_at), AT_ONCE):
        for profile in view.profiles(looked_at[start : start + AT_ONCE]):
            for named, roles in ((ever, profile.roles), (now, [role for role in profile.roles if not role.end])):
                named.update({canonical(skill) for role in roles for skill in role.skills})
    fewest = max(FEWEST, FEWEST_SHARE * len(looked_at))
    found = [FreshSkill(name, ever[name], now[name]) for name in ever if name and ever[name] >= fewest]
    shown = [skill for skill in found if masked(skill.name) == skill.name]
    return tuple(sorted(shown, key=lambda skill: (-skill.share, skill.name))), len(looked_at)
