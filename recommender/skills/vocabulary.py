"""`Vocabulary`: which skills there are, and every way people write them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from recommender.errors import VocabularyError
from recommender.skills.canonical import candidates, own_name
from recommender.skills.entries import Prose, Skill, shipped_needs, shipped_not_skills, shipped_skills
from recommender.skills.found import Decision
from recommender.skills.mentions import Mention, MentionFinder, Surroundings
from recommender.skills.related import RelatedGroup, broader_of, related_of, shipped_groups
from recommender.skills.segmentation.phrases import Phrases
from recommender.skills.segmentation.segment import segment
from recommender.skills.senses.needs import Need, keyed
from recommender.skills.stored import Content, read_content, write_content
from recommender.skills.surface import squash

#: Fields of work whose tools carry versions and languages: "X 2.0" and "X programming" are still X.
_CODED_FIELDS = frozenset(
    ["software", "data", "platform", "security", "networking", "office", "design_media", "engineering", "finance"]
)
#: Writings whose names are kept at hand.
_REMEMBERED = 1 << 15
#: Texts whose mentions are remembered, and characters of the longest of them.
_TEXTS, _SHORT = 1 << 13, 500
#: The same of requests and parts of them.
_REQUESTS = 1 << 11


class Vocabulary:
    """An immutable set of skills, safe to share between threads; two of the same content have the same fingerprint.

    Attributes:
        names: every canonical name.
        fingerprint: 16 hexadecimal digits, of the skills, their writings and what is related to what.
    """

    def __init__(
        self,
        skills: Iterable[Skill],
        not_skills: Iterable[str] = (),
        groups: Iterable[RelatedGroup] = (),
        needs: Iterable[tuple[str, Need]] = (),
    ) -> None:
        self.skills = tuple(skills)
        self.not_skills = tuple(not_skills)
        self.groups = tuple(groups)
        self.needs = tuple(needs)
        self._name_of: dict[str, str] = {}
        self._coded: dict[str, bool] = {}
        for skill in self.skills:
            self._name_of.setdefault(squash(skill.name), skill.name)
        for skill in self.skills:
            coded = skill.field in _CODED_FIELDS
            for surface in skill.surfaces:
                key = squash(surface.text)
                self._name_of.setdefault(key, skill.name)
                self._coded.setdefault(key, coded)
        self._by_name = {skill.name: skill for skill in reversed(self.skills)}
        self.names: tuple[str, ...] = tuple(dict.fromkeys(skill.name for skill in self.skills))
        self.fingerprint: str = _fingerprint(self.skills, self.not_skills, self.groups, self.needs)
        # the same skills are written again and again, in profiles and in questions
        self._remembered = lru_cache(_REMEMBERED)(self._looked_up)
        # and so are the bullets that many answers cite
        self._mentioned = lru_cache(_TEXTS)(lambda text: tuple(self._finder(text)))
        # a request is read several times, as a whole and in parts
        self._named = lru_cache(_REQUESTS)(lambda text: tuple(self._finder.asked(text)))

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Vocabulary:
        """The vocabulary that comes with the package; read once a process."""
        return Vocabulary(shipped_skills(), shipped_not_skills(), shipped_groups(), shipped_needs())

    @staticmethod
    def load(path: Path) -> Vocabulary:
        """The vocabulary that `save` wrote; raises `VocabularyError` where the file is none or was altered."""
        content = read_content(path)
        vocabulary = Vocabulary(content.skills, content.not_skills, content.groups, content.needs)
        if vocabulary.fingerprint != content.fingerprint:
            raise VocabularyError(f"{path}: altered after it was written; make it anew by an import")
        return vocabulary

    def save(self, path: Path) -> None:
        """Write this vocabulary to a file, whole or not at all."""
        write_content(Content(self.skills, self.not_skills, self.groups, self.needs, self.fingerprint), path)

    def canonical(self, raw: str) -> str:
        """The canonical name of a skill as written; where it is unknown its own text, white space and case made one."""
        found = self.lookup(raw)
        return found[0] if found else own_name(raw)

    def known(self, raw: str) -> bool:
        """Whether the vocabulary has this skill."""
        return self.lookup(raw) is not None

    def lookup(self, raw: str) -> tuple[str, str] | None:
        """The canonical name and the rule that led to it ("as written", "version", ...); None where it is unknown."""
        return self._remembered(raw)

    def _looked_up(self, raw: str) -> tuple[str, str] | None:
        for key, rule in candidates(raw, self._coded):
            name = self._name_of.get(key)
            if name is not None:
                return name, rule
        return None

    def mentions(self, text: str) -> list[Mention]:
        """The known skills that prose speaks of, by position, longest first where they overlap."""
        return list(self._mentioned(text) if len(text) <= _SHORT else self._finder(text))

    def asked(self, text: str) -> list[Mention]:
        """The known skills that a request names: what prose says in passing is meant where somebody asks for it."""
        return list(self._named(text) if len(text) <= _SHORT else self._finder.asked(text))

    def mentions_of(
        self, texts: Sequence[str], around: Surroundings, wanted: Callable[[str], bool] = lambda name: True
    ) -> list[list[Mention]]:
        """The mentions in each of one person's texts, read together: what one says of the work supports the others.

        Args:
            wanted: says of a canonical name whether it is asked for; of a text without any nothing is said.
        """
        return self._finder.of_person(texts, around, wanted)

    def decisions(self, text: str) -> list[Decision]:
        """Of every known name in a text, by position, whether it counts as a skill there, and why."""
        return self._finder.decisions([text], Surroundings())[0]

    def skill(self, name: str) -> Skill | None:
        """The entry of a canonical name, None for an unknown one."""
        return self._by_name.get(name)

    def field(self, name: str) -> str | None:
        """The field of work of a canonical name ("healthcare"), None for an unknown one."""
        skill = self._by_name.get(name)
        return skill.field if skill else None

    def related(self, name: str) -> tuple[tuple[str, float], ...]:
        """Skills that count for part of this one, closest first, each with its closeness in (0, 1)."""
        return self._related.get(name, ())

    def broader(self, name: str) -> tuple[str, ...]:
        """Skills that this one says too: who has Spring Boot has Spring."""
        return self._broader.get(name, ())

    def segment(self, runs: Sequence[str]) -> list[tuple[str, ...]]:
        """The skills of each run-together list of one page, in order, case kept. A line break is a certain cut.

        Of a list longer than `LONGEST_RUN` characters the rest is left out.
        """
        return segment(runs, self._phrases)

    @cached_property
    def _finder(self) -> MentionFinder:
        return MentionFinder(self.skills, self.not_skills, keyed(self.needs))

    @cached_property
    def _phrases(self) -> Phrases:
        written = [(s, s.text != skill.name) for skill in self.skills for s in skill.surfaces]
        return Phrases(
            (s.text for s, _ in written if s.prose is not Prose.NEVER),
            # a plain word that is no skill's own name
            (s.text for s, is_alias in written if is_alias and s.text.istitle() and s.text.isalpha()),
        )

    @cached_property
    def _related(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        return related_of(self.groups)

    @cached_property
    def _broader(self) -> Mapping[str, tuple[str, ...]]:
        return broader_of(self.groups)


def _fingerprint(
    skills: Sequence[Skill],
    not_skills: Sequence[str],
    groups: Sequence[RelatedGroup],
    needs: Sequence[tuple[str, Need]],
) -> str:
    digest = hashlib.sha256()
    for skill in skills:
        line = [skill.name, skill.field, skill.category, *(s.prose.value + s.text for s in skill.surfaces)]
        digest.update("\t".join(line).encode() + b"\n")
    for text in not_skills:
        digest.update(f"-{text}\n".encode())
    for group in groups:
        digest.update(f"{group.closeness}\t{group.names}\n".encode())
    for written, need in needs:
        digest.update(f"{written}\t{need.points}\t{need.near}\t{need.never}\t{need.passing}\n".encode())
    return digest.hexdigest()[:16]
