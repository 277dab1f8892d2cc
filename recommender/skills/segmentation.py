"""Run-together skill lists of one page, taken apart all together.

"team healthcollaborationSearch Infrastructure" has lost its separators. The best cuts are those of the cheapest path
through each run (Viterbi), where words cost what wordfreq says, names of the vocabulary cost little, and a cut costs
more the less its letters look like one (lower case before a capital looks most like it). The lists of a page repeat
each other's skills beside other neighbours: a cut that another list shows for certain is cheaper, and so is, in a second
pass, a skill that another list was found to hold. Case is kept as written.

A space never parts two skills (the page put nothing between them), so every cut falls within a written word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from recommender.skills.words import frequencies, word_cost

#: Characters of one list that are worth taking apart; what comes after is left out and reported.
LONGEST_RUN = 8_000
#: A written word longer than this is not looked into.
_LONGEST_WORD = 400
_CHUNK = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+|\d+|\W|_")
#: Two short words written as one, each with a capital, are rather one name (FlowForge) than two skills.
_BRAND = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{1,5}\Z|(?<=[a-z])[A-Z][a-z]{1,5}\Z")
_BRAND_END = re.compile(r"[A-Z][a-z]")
#: A skill of one short, capital word that no vocabulary knows.
_LONE = 4.0
_PIECE = 5.0
#: Tags of a role: at most three opening ones and two closing ones.
_MOST_TAGS = 5
_INFINITE = float("inf")


class PageSkills(NamedTuple):
    """The skills of one page's lists, and how many characters of them were too many to be taken apart."""

    core: tuple[str, ...]
    other: tuple[str, ...]
    roles: tuple[tuple[str, ...], ...]
    left_out: int


class Phrases:
    """Known names, found by what a text has at a position. Keys are lower case, as written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        self._odd: dict[str, list[str]] = {}
        self.words: set[str] = set()
        odd: set[str] = set()
        for text in texts:
            low = text.lower()
            self._by_start.setdefault(low[:3], []).append(low)
            for word in text.split():
                if word.isalpha() and word[1:].islower() or len(word) < 2:
                    self.words.add(word.lower())
                else:
                    odd.add(word.strip("()[],;:"))
                    self.words.update(chunk for chunk in re.split(r"[^\w]+", word.lower()) if chunk)
        for word in odd:
            self._odd.setdefault(word[:2], []).append(word)

    def at(self, low: str, start: int) -> list[str]:
        """The names that `low` has at `start`."""
        found = [t for t in self._by_start.get(low[start : start + 3], ()) if low.startswith(t, start)]
        for size in (1, 2):  # names shorter than the key
            found += [t for t in self._by_start.get(low[start : start + size], ()) if len(t) == size]
        return found

    def odd_at(self, text: str, start: int) -> list[str]:
        """The words of names that are not plainly written (3D, IoT, CI/CD, GraphQL), case kept, that stand at `start`."""
        return [w for w in self._odd.get(text[start : start + 2], ()) if text.startswith(w, start)]


def segment(runs: Sequence[str], phrases: Phrases) -> list[tuple[str, ...]]:
    """The skills of each run of one page, in order. A line break within a run is a certain cut.

    Of a run longer than `LONGEST_RUN` characters the rest is left out.
    """
    return [tuple(pieces) for pieces in _jointly([_capped(run) for run in runs], phrases, {})]


def segment_page(core: str, other: str, roles: Sequence[str], phrases: Phrases) -> PageSkills:
    """The skills of one page: its core list, its other list and the tag line of each role.

    As `segment`, and a tag line of more than five skills (three opening ones, two closing ones) is read again with
    cuts made dearer.
    """
    runs = [core, other, *roles]
    texts = [_capped(run) for run in runs]
    dearer: dict[int, float] = {}
    found = _jointly(texts, phrases, dearer)
    for extra in (4.0, 9.0):
        longer = {i: extra for i in range(2, len(runs)) if len(found[i]) > _MOST_TAGS}
        if not longer:
            break
        dearer |= longer
        found = _jointly(texts, phrases, dearer)
    left_out = sum(max(0, len(run) - LONGEST_RUN) for run in runs)
    first, second, *others = (tuple(pieces) for pieces in found)
    return PageSkills(first, second, tuple(others), left_out)


def _capped(run: str) -> str:
    """The run as far as it is read, ended where a word ends."""
    run = run.replace("\u00a0", " ").strip()
    if len(run) <= LONGEST_RUN:
        return run
    return run[:LONGEST_RUN].rpartition(" ")[0] or run[:LONGEST_RUN]


def _jointly(texts: Sequence[str], phrases: Phrases, dearer: Mapping[int, float]) -> list[list[str]]:
    """The cheapest pieces of each text, first by itself, then knowing what the others were found to hold."""
    known = frequencies()
    certain = _Certain(texts)
    first = [
        _cheapest(text, _Evidence(phrases, known, certain, frozenset(), dearer.get(i, 0.0)))
        for i, text in enumerate(texts)
    ]
    counts = Counter(piece.lower() for pieces in first for piece in set(pieces))
    second = []
    for i, text in enumerate(texts):
        own = {piece.lower() for piece in first[i]}
        elsewhere = frozenset(piece for piece, n in counts.items() if n > (piece in own))
        second.append(_cheapest(text, _Evidence(phrases, known, certain, elsewhere, dearer.get(i, 0.0))))
    return second


class _Certain:
    """Cuts that other lists of the page show: where a list begins or ends with the same letters, or other neighbours stand."""

    _SIZE = 6

    def __init__(self, texts: Sequence[str]) -> None:
        self._before: dict[str, set[str]] = {}
        self._after: dict[str, set[str]] = {}
        for text in texts:
            for line in text.split("\n"):
                for i in range(len(line)):
                    if line[i] == " " or (i and line[i - 1] == " "):
                        continue
                    self._before.setdefault(line[i : i + self._SIZE], set()).add(line[max(0, i - 2) : i])
                    self._after.setdefault(line[max(0, i - self._SIZE) : i], set()).add(line[i : i + 2])

    def saving(self, text: str, i: int) -> float:
        """How much cheaper a cut before `text[i]` is for what the rest of the page shows."""
        before = self._before.get(text[i : i + self._SIZE], ())
        after = self._after.get(text[max(0, i - self._SIZE) : i], ())
        return (3.0 if "" in before else 2.0 if len(before) > 1 else 0.0) + (
            3.0 if "" in after else 2.0 if len(after) > 1 else 0.0
        )


class _Evidence(NamedTuple):
    """What a run is read by: known names and words, the page's certain cuts, its other skills, and what a skill costs."""

    phrases: Phrases
    known: Mapping[str, float]
    certain: _Certain
    elsewhere: frozenset[str]
    dearer: float


def _cheapest(text: str, evidence: _Evidence) -> list[str]:
    lines = (line.strip() for line in text.split("\n"))
    return [piece.strip() for line in lines if line for piece in _Lattice(line, evidence).pieces()]


class _Lattice:
    """All ways to read one run; `cost[i]` is the cheapest way to have a skill end before position i."""

    def __init__(self, text: str, evidence: _Evidence) -> None:
        self._text, self._low = text, text.lower()
        if len(self._low) != len(text):
            self._low = text
        self._phrases, self._known, self._certain, self._elsewhere, dearer = evidence
        self._piece = _PIECE + dearer
        n = len(text)
        self._cut = [_INFINITE] * (n + 1)  # a skill ends here
        self._mid = [_INFINITE] * (n + 1)  # a word ends here, its skill goes on
        self._from_cut: list[int] = [0] * (n + 1)  # where the skill that ends here began
        self._from_mid: list[int] = [0] * (n + 1)
        self._ends = self._word_ends()

    def pieces(self) -> list[str]:
        """The skills of the cheapest reading."""
        self._cut[0] = 0.0
        for i in range(len(self._text)):
            if self._cut[i] < _INFINITE:
                self._phrases_from(i)
                self._words_from(i, self._cut[i], i)
            if self._mid[i] < _INFINITE:
                self._words_from(i, self._mid[i], self._from_mid[i])
        made, end = [], len(self._text)
        while end > 0:
            start = self._from_cut[end]
            made.append(self._text[start:end])
            end = start
        return made[::-1]

    def _phrases_from(self, i: int) -> None:
        for phrase in self._phrases.at(self._low, i):
            end = i + len(phrase)
            if not self._may_cut(end):
                continue
            if phrase in self._elsewhere:
                cost = 4.0
            else:
                cost = 3.0 + 0.25 * sum(word_cost(w, self._known) for w in phrase.split())
            self._reach(end, self._cut[i] + cost, i)

    def _words_from(self, i: int, cost: float, began: int) -> None:
        for end, price in self._ends[i]:
            self._arrive(end, cost + price, began)
        for word in self._phrases.odd_at(self._text, i):
            self._arrive(i + len(word), cost + 8.0, began)

    def _arrive(self, end: int, cost: float, began: int) -> None:
        text = self._text
        if end < len(text) and text[end] == " ":
            self._go_on(end + 1, cost, began)
            return
        if self._may_cut(end):
            piece = self._low[began:end]
            if piece in self._elsewhere:
                self._reach(end, min(cost, self._cut[began] + 4.0), began)
            elif end - began <= 6 and text[began].isupper() and piece.isalpha():
                self._reach(end, cost + _LONE, began)
            else:
                self._reach(end, cost, began)
        if end < len(text):
            self._go_on(end, cost + _joined(text, end), began)

    def _go_on(self, position: int, cost: float, began: int) -> None:
        if cost < self._mid[position]:
            self._mid[position], self._from_mid[position] = cost, began

    def _reach(self, end: int, cost: float, began: int) -> None:
        total = cost + self._piece
        if end < len(self._text):
            total += max(0.0, _parted(self._text, end) - self._certain.saving(self._text, end))
        if total < self._cut[end]:
            self._cut[end], self._from_cut[end] = total, began

    def _may_cut(self, i: int) -> bool:
        text = self._text
        if i >= len(text):
            return True
        left, right = text[i - 1], text[i]
        if left in " (-/&.'’,:" or right in " )-/&'’,:+#":
            return False
        return right != "." or self._low.startswith(".net", i)

    def _word_ends(self) -> list[list[tuple[int, float]]]:
        """For every position the words that may begin there: where they end and what they cost."""
        ends: list[list[tuple[int, float]]] = [[] for _ in self._text]
        for match in re.finditer(r"\S+", self._text):
            chunks = [(m.start() + match.start(), m.end() + match.start()) for m in _CHUNK.finditer(match.group())]
            for start, end in chunks:
                self._price_chunk(start, end, ends)
        return ends

    def _price_chunk(self, start: int, end: int, ends: list[list[tuple[int, float]]]) -> None:
        word = self._low[start:end]
        if not word.isalpha():
            ends[start].append((end, 6.0 if word.isdigit() else 2.0))
            return
        whole = self._price(word)
        ends[start].append((end, whole))
        if len(word) < 4 or (word in self._known and whole < 13.0) or len(word) > _LONGEST_WORD:
            return
        for i in range(start, end):
            for j in range(i + 1, min(end, i + 22) + 1):
                part = self._low[i:j]
                if ((j - i > 1 and part in self._known) or part in self._phrases.words) and (i, j) != (start, end):
                    ends[i].append((j, self._price(part)))

    def _price(self, word: str) -> float:
        cost = word_cost(word, self._known)
        return min(cost, 12.0) if word in self._phrases.words else cost


def _parted(text: str, i: int) -> float:
    """What a cut before `text[i]` costs by its letters alone."""
    left, right = text[i - 1], text[i]
    if right.isupper():
        return 4.0 if left.isupper() else 0.0
    if right.islower():
        return 5.0 if left.islower() else 4.0 if left.isupper() else 2.0
    return 3.0 if right.isdigit() and left.islower() else 5.0


def _joined(text: str, i: int) -> float:
    """What it costs to go on within one skill and one written word."""
    left, right = text[i - 1], text[i]
    if not (left.isalnum() and right.isalnum()):
        return 0.0
    if right.isdigit():
        return 8.0 if left.islower() else 2.0
    if left.isdigit():
        return 6.0 if i > 1 and text[i - 2].isdigit() else 2.0
    if right.isupper() and left.islower():
        return 7.0 if _BRAND.search(text, max(0, i - 7), i) and _BRAND_END.match(text, i) else 12.0
    return 16.0
