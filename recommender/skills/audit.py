"""Which ways of writing are found where their skill's sure names are not: by the words and occupations around them.

The words around the sure names of a skill (of several words, or of more than four letters) are a language model of
the skill, leaning on that of its field; all words around any name are one of everything else. An occurrence is
*strange* where its own words are likelier among everything else (a naive Bayes decision, each word once, shares
smoothed by the general ones). A way of writing is the more ambiguous the more of its occurrences are strange; what is
sure of that is the lower bound of the share at 95% (Wilson, 1927).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from recommender.skills.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]{2,}")
_AROUND, _EXCERPT = 60, 40  # characters on either side: whose words count; of an example
_KEPT = 200  # occurrences of one way of writing that are looked at
_FIELD = 1000.0  # words that the field's model counts for beside the skill's own
_SMOOTHING = 40.0
_Z = 1.96


class Examined(NamedTuple):
    """One person's texts, and what the person does ("" where nothing says so)."""

    occupation: str
    texts: Sequence[str]


class Example(NamedTuple):
    """A strange occurrence: whose, and a few words of it."""

    occupation: str
    text: str


class Ambiguity(NamedTuple):
    """A way of writing whose occurrences differ from its skill's.

    Attributes:
        written: as texts write it, in lower case.
        name: the skill it is taken for.
        hits: occurrences looked at; `counted`: how many count as the skill today.
        strange: share of them whose words are likelier around other names, in [0, 1]; `sure`: its lower bound at 95%.
        words: the words that are most often around the strange ones and rarely around the skill.
        occupations: the commonest of the people who wrote them.
        examples: some of them.
    """

    written: str
    name: str
    hits: int
    counted: int
    strange: float
    sure: float
    words: tuple[str, ...]
    occupations: tuple[str, ...]
    examples: tuple[Example, ...]


class _Occurrence(NamedTuple):
    words: frozenset[str]
    occupation: str
    excerpt: str
    counts: bool


def audit(people: Iterable[Examined], vocabulary: Vocabulary, fewest: int = 5) -> list[Ambiguity]:
    """The ways of writing that `fewest` occurrences or more were found of, the surest to be ambiguous first."""
    occurrences: dict[tuple[str, str], list[_Occurrence]] = defaultdict(list)
    around: dict[str, Counter[str]] = defaultdict(Counter)  # of skills and fields ("field: data"), by their sure names
    everywhere: Counter[str] = Counter()
    for person in people:
        for key, one, is_sure in _occurrences(person, vocabulary):
            everywhere.update(one.words)
            if is_sure:
                around[key[1]].update(one.words)
                around[_field(key[1], vocabulary)].update(one.words)
            if len(occurrences[key]) < _KEPT:
                occurrences[key].append(one)
    total = sum(everywhere.values()) or 1
    general = {word: count / total for word, count in everywhere.items()}
    found = []
    for (written, name), seen in occurrences.items():
        if len(seen) >= fewest:
            odds = _Odds(around[name], around[_field(name, vocabulary)], general)
            found.append(_examined(written, name, seen, odds))
    return sorted(found, key=lambda one: (-one.sure, -one.hits, one.written))


class _Odds:
    """How much likelier words are around a skill than anywhere, as natural logarithms."""

    def __init__(self, skill: Counter[str], field: Counter[str], general: Mapping[str, float]) -> None:
        self._skill, self._field, self._general = skill, field, general
        self._weight = _FIELD / field_words if (field_words := field.total()) else 0.0
        self._total = skill.total() + self._weight * field_words + _SMOOTHING

    def of(self, word: str) -> float:
        share = self._general[word]
        seen = self._skill[word] + self._weight * self._field[word] + _SMOOTHING * share
        return math.log(seen / self._total / share)


def _examined(written: str, name: str, seen: Sequence[_Occurrence], odds: _Odds) -> Ambiguity:
    strange = [one for one in seen if sum(map(odds.of, one.words)) < 0]
    words = Counter(word for one in strange for word in one.words if odds.of(word) < -0.5)
    return Ambiguity(
        written, name, len(seen), sum(one.counts for one in seen), round(len(strange) / len(seen), 3),
        round(lower_bound(len(strange), len(seen)), 3), tuple(word for word, _ in words.most_common(8)),
        tuple(o for o, _ in Counter(one.occupation for one in strange if one.occupation).most_common(4)),
        tuple(Example(one.occupation, one.excerpt) for one in strange[:3]),
    )  # fmt: skip


def lower_bound(hits: int, of: int) -> float:
    """The lower bound of a share at 95%: Wilson's score interval. `of` is at least 1."""
    share = hits / of
    centre = share + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    return max(0.0, (centre - spread) / (1 + _Z * _Z / of))


def _occurrences(person: Examined, vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, str], _Occurrence, bool]]:
    for text in person.texts:
        for decision in vocabulary.decisions(text):
            start, end, name = decision.found.mention
            before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
            words = frozenset(_WORD.findall(before.lower())[1:] + _WORD.findall(after.lower())[:-1])
            written = " ".join(text[start:end].lower().split())
            excerpt = " ".join((before[-_EXCERPT:] + "[" + text[start:end] + "]" + after[:_EXCERPT]).split())
            sure = " " in written or len(written) > 4
            yield (written, name), _Occurrence(words, person.occupation, excerpt, decision.counts), sure


def _field(name: str, vocabulary: Vocabulary) -> str:
    return f"field: {vocabulary.field(name)}"
