"""How often the words of one profile count: by the kind of passage that they are in, and never by their place."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.encoding.text.passages import KIND_WEIGHT, Passage, PassageKind
from recommender.encoding.text.skill_weights import SkillWeigher
from recommender.encoding.text.terms import counted

#: How often a word of each kind of passage counts; the overview repeats them, and a role's text holds its title.
_TERM_WEIGHT = {PassageKind.TITLE: 2.0, PassageKind.SKILLS: 1.0, PassageKind.ABOUT: 1.0, PassageKind.ROLE: 1.0}


class WordCounts:
    """Counts the words of a profile and of its parts; those of a long list of skills count less, as the list does.

    Where a bare list is all there is, the words of each entry count as much as the entry is asked for.
    """

    def __init__(self, section: Sequence[Passage], weigher: SkillWeigher) -> None:
        self._entries = weigher.asked if weigher.requirements else None
        self._weight = _TERM_WEIGHT | {
            p.kind: p.weight / KIND_WEIGHT[p.kind] for p in section if p.kind is PassageKind.SKILLS
        }
        self.whole = counted(weighted for p in section for weighted in self._texts(p.kind, p.text))

    def of(self, kind: PassageKind, text: str) -> dict[str, float]:
        """Word → how often it counts in a part of a passage of this kind."""
        return counted(self._texts(kind, text))

    def _texts(self, kind: PassageKind, text: str) -> list[tuple[str, float]]:
        weight = self._weight.get(kind, 0.0)
        if self._entries is None or not weight:
            return [(text, weight)]
        return [(entry, weight * self._entries(entry)) for entry in text.split(", ")]
