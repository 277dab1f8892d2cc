"""`Vocabulary`: which skills there are, and every way people write them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from recommender.skills.canonical import candidates, own_name
from recommender.skills.entries import Prose, Skill, shipped_not_skills, shipped_skills
from recommender.skills.mentions import Mention, MentionFinder
from recommender.skills.segmentation import PageSkills, Phrases, segment, segment_page
from recommender.skills.surface import squash

#: Fields of work whose tools carry versions and languages: "X 2.0" and "X programming" are still X.
_VERSIONED_FIELDS = frozenset(["software", "data", "platform", "security", "office", "design"])


class Vocabulary:
    """An immutable set of skills. Two with the same content have the same fingerprint; safe to share between threads."""

    def __init__(self, skills: Iterable[Skill], not_skills: Iterable[str] = ()) -> None:
        self._skills = tuple(skills)
        self._not_skills = tuple(not_skills)
        self._name_of: dict[str, str] = {}
        self._coded: dict[str, bool] = {}
        for skill in self._skills:
            self._name_of.setdefault(squash(skill.name), skill.name)
        for skill in self._skills:
            for surface in skill.surfaces:
                self._name_of.setdefault(squash(surface.text), skill.name)
                self._coded.setdefault(squash(surface.text), skill.field in _VERSIONED_FIELDS)
        self._by_name = {skill.name: skill for skill in self._skills}
        self.names: tuple[str, ...] = tuple(self._by_name)
        self.fingerprint: str = _fingerprint(self._skills, self._not_skills)

    @cached_property
    def _finder(self) -> MentionFinder:
        return MentionFinder(self._skills, self._not_skills)

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(s.text for skill in self._skills for s in skill.surfaces if s.prose is not Prose.NEVER)

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Vocabulary:
        """The vocabulary that comes with the package; read once a process."""
        return Vocabulary(shipped_skills(), shipped_not_skills())

    def canonical(self, raw: str) -> str:
        """The canonical name of a skill as written; its own text, white space and case made one, where it is unknown."""
        return self._lookup(raw) or own_name(raw)

    def known(self, raw: str) -> bool:
        """Whether the vocabulary has this skill."""
        return self._lookup(raw) is not None

    def mentions(self, text: str) -> list[Mention]:
        """The known skills that prose speaks of, by position, longest first where they overlap."""
        return self._finder(text)

    def field(self, name: str) -> str | None:
        """The field of work of a canonical name, None for an unknown one."""
        skill = self._by_name.get(name)
        return skill.field if skill else None

    def segment(self, runs: Sequence[str]) -> list[tuple[str, ...]]:
        """The skills of each run-together list of one page, in order, case kept."""
        return segment(runs, self._phrases)

    def segment_page(self, core: str, other: str, roles: Sequence[str]) -> PageSkills:
        """The skills of one page's run-together lists: as `segment`, with what is known of a role's tags.

        A line break within a list is a certain cut. `left_out` counts the characters that were too many to be read.
        """
        return segment_page(core, other, roles, self._phrases)

    def _lookup(self, raw: str) -> str | None:
        for key, _rule in candidates(raw, self._coded):
            name = self._name_of.get(key)
            if name is not None:
                return name
        return None


def _fingerprint(skills: Sequence[Skill], not_skills: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(not_skills).encode())
    for skill in skills:
        line = "\t".join([skill.name, skill.field, skill.category, *(s.prose.value + s.text for s in skill.surfaces)])
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()[:16]
