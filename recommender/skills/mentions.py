"""Skills mentioned in prose: word boundaries, longest first, in one pass over the words.

All ways of writing stand in one trie of words. The text is cut into words and what is between them by one
regular expression; a word that begins no name costs one look-up, so n words are read in O(n x longest name).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, compress
from typing import Any, NamedTuple

from recommender.skills.disambiguation import decided
from recommender.skills.entries import Prose, Skill, Surface
from recommender.skills.found import Decision, FoundName, Mention, Read
from recommender.skills.senses.clauses import OPENING_WORDS
from recommender.skills.senses.needs import NOTHING, Need, family_of, usual_need
from recommender.skills.senses.support import person_of
from recommender.skills.surface import WORD, folded, plural, singular, squash, words

__all__ = ["Mention", "MentionFinder", "Surroundings", "forms"]


class Surroundings(NamedTuple):
    """What is known of a person beside the texts that are read.

    Attributes:
        names: of employers, schools and places, as the profile writes them.
        skills: canonical names of the skills that are listed.
        titles: which of the texts are titles, by position.
    """

    names: Sequence[str] = ()
    skills: Iterable[str] = ()
    titles: frozenset[int] = frozenset()


class Ending(NamedTuple):
    """Where a way of writing ends in the trie."""

    name: str
    surface: Surface
    family: str
    need: Need


#: What may stand between two words of one name.
_WITHIN = frozenset(
    [" ", "  ", "\n", " \n", "\n ", "\r\n", "\t", "\u00a0", "-", "\u2010", "\u2011", "\u2013", "/", " / ", " - ", ".",
     "'",      "’", "", "- ", "/ ", " -", " /", "-\n"]
)  # fmt: skip
#: Signs in a way of writing for which a text may have a slash.
_JOINED = frozenset("/-&+")
#: A word and a version that hangs on it.
_VERSION = re.compile(r"[0-9]{1,2}(?!\w)")
_BEFORE_VERSION = re.compile(r"(?<![\w.])[a-z]{3,}\Z")
#: Letters of a word before a version; names of technology are shorter.
_LONGEST_VERSIONED = 40
_END = ""  # the key under which a trie node keeps its `Ending`; no word is empty


#: Ends a name that is no skill, though words of it are.
_NO_SKILL = Ending("", Surface("", Prose.ANY), "", NOTHING)


class MentionFinder:
    """Finds the known skills in a text. Immutable once built; safe to share between threads."""

    def __init__(
        self,
        skills: Iterable[Skill],
        not_skills: Iterable[str] = (),
        needs: Mapping[str | tuple[str, ...], Need] | None = None,
    ) -> None:
        """`needs`: of ways of writing, by their words; names of a trade have `usual_need` where needs are given."""
        self._root: dict[str, Any] = {}
        self._family: dict[str, str] = {}
        for phrase in not_skills:
            self._insert(words(phrase), _NO_SKILL)
        later: list[tuple[tuple[str, ...], Ending]] = []
        for skill in skills:
            family = self._family.setdefault(skill.name, family_of(skill.field))
            usual = needs.get("@" + skill.name, usual_need(skill.field)) if needs else NOTHING
            for surface in skill.surfaces:
                if surface.prose is Prose.NEVER:
                    continue
                base, *others = forms(surface) or [()]
                need = needs.get(base, usual) if needs else usual
                ending = Ending(skill.name, surface, family, need)
                self._insert(base, ending)
                later += [(form, ending) for form in others]
        for form, ending in later:  # what somebody wrote goes before what was only inflected from it
            self._insert(form, ending)

    def _insert(self, form: tuple[str, ...], ending: Ending) -> None:
        if form:
            node = self._root
            for word in form:
                node = node.setdefault(word, {})
            node.setdefault(_END, ending)

    def __call__(self, text: str) -> list[Mention]:
        """Every mention, by position; none overlap."""
        return self.of_person([text], Surroundings())[0]

    def asked(self, text: str) -> list[Mention]:
        """The mentions in a request, where nothing is said in passing."""
        return [d.found.mention for d in self.decisions([text], Surroundings(), asked=True)[0] if d.counts]

    def of_person(
        self, texts: Sequence[str], around: Surroundings, wanted: Callable[[str], bool] = lambda name: True
    ) -> list[list[Mention]]:
        """The mentions in each text of one person, who is the context of them all; none where none is wanted."""
        return [[d.found.mention for d in made if d.counts] for made in self.decisions(texts, around, wanted=wanted)]

    def decisions(
        self,
        texts: Sequence[str],
        around: Surroundings,
        asked: bool = False,
        wanted: Callable[[str], bool] = lambda name: True,
    ) -> list[list[Decision]]:
        """Of every name in each text of one person whether it counts as a skill, and why.

        Args:
            wanted: says of a name whether it is asked for; nothing is decided in a text without any.
        """
        read = [self._read(text) for text in texts]
        titles = {one.family for i in around.titles for one in read[i].found if one.family}
        listed = {name: family for name in around.skills if (family := self._family.get(name))}
        person = person_of((one for text in read for one in text.found), titles, listed)
        return [
            decided(text, person, around.names, asked) if any(wanted(one.mention.name) for one in text.found) else []
            for text in read
        ]

    def _read(self, text: str) -> Read:
        """Every longest name that is in the text, by its words alone."""
        parts = WORD.split(self._unversioned(folded(text)))  # gap, word, gap, word, ..., gap
        ends = list(accumulate(map(len, parts)))
        root, found, after, last = self._root, [], 0, len(parts) - 1
        for i in compress(range(1, last, 2), map(root.__contains__, parts[1::2])):
            if i < after:
                continue
            node = root[parts[i]]
            best, j = node.get(_END), i + 2
            if j < last and (parts[j] in node or parts[j] == "&"):
                best, j = _longest(parts, j, node, best)
            if best is None:
                continue
            start, end = ends[i - 1], ends[j - 2]
            if not _written(text, start, end, best.surface):
                if j == i + 2:
                    continue
                best, j, end = node.get(_END), i + 2, ends[i]
                if best is None or not _written(text, start, end, best.surface):
                    continue
            after = j
            if best is not _NO_SKILL:
                found.append(FoundName(Mention(start, end, best.name), best.surface, best.family, best.need))
        openings = compress(ends[0:last:2], map(OPENING_WORDS.__contains__, parts[1::2]))
        return Read(text, found, list(openings))

    def _unversioned(self, low: str) -> str:
        """The text with the versions that hang on names of technology as spaces: "Java8" is Java."""

        def cut(version: re.Match[str]) -> str:
            at = version.start()
            word = _BEFORE_VERSION.search(low, max(0, at - _LONGEST_VERSIONED), at)
            ending = self._root.get(word[0], {}).get(_END) if word else None
            if word is None or ending is None or ending.family != "technology" or word[0] + version[0] in self._root:
                return version[0]
            return " " * len(version[0])

        return _VERSION.sub(cut, low)


def _longest(parts: list[str], j: int, node: dict[str, Any], best: Ending | None) -> tuple[Ending | None, int]:
    """The longest name from `node` on, and the position after its last word."""
    after, last = j, len(parts) - 1
    while j < last and parts[j - 1] in _WITHIN:
        word = parts[j]
        if word == "&":
            word = "and"
        if word not in node:
            break
        node = node[word]
        j += 2
        if _END in node:
            best, after = node[_END], j
    return best, after


def forms(surface: Surface) -> list[tuple[str, ...]]:
    """The word sequences that write a surface: as it is, joined at its punctuation, and in the other number."""
    base = words(surface.text)
    if not base:
        return []
    made = [base]
    if len(base) > 1 and " " not in surface.text and "&" not in surface.text:
        made.append((squash(surface.text),))
    if surface.prose is Prose.ANY:
        for form in tuple(made):
            changed = plural(form[-1]) or (singular(form[-1]) if len(form) > 1 else None)
            if changed is not None:
                made.append((*form[:-1], changed))
    return made


def _written(text: str, start: int, end: int, surface: Surface) -> bool:
    """Whether the name is written as it must be: not over two lines that both begin anew, and in its case.

    Nor is one of several words two that a slash joins ("Oracle/Linux"), nor what "it supports" a name of IT, nor one of
    capitals with a capital S behind it.
    """
    written = text[start:end]
    if "/" in written and not _JOINED.intersection(surface.text):
        return False
    if written[-1] == "S" and surface.text == written[:-1]:
        return False  # JPAS is another thing than JPA; several of them are written "APIs"
    if surface.text.startswith("IT ") and not written.startswith("IT"):
        return False
    line = written.find("\n")
    if line >= 0 and written[line + 1 :].lstrip()[:1].isupper():
        return False
    if surface.prose is Prose.ANY:
        return True
    letters = [c for c in written if c.isalnum() or c in "+#"]
    # a name of four letters or more may stand in capitals throughout
    return letters == [c for c in surface.text if c.isalnum() or c in "+#"] or (len(letters) > 3 and written.isupper())
