"""Run-together skill lists of one page, taken apart all together.

"team healthcollaborationSearch Infrastructure" has lost its separators. The best cuts are those of the cheapest path
through each run (Viterbi), where words cost what wordfreq says, names of the vocabulary cost little, and a cut costs
more the less its letters look like one (lower case before a capital looks most like it). The lists of a page repeat
each other's skills beside other neighbours: a cut that another list shows for certain is cheaper, and so is, in a
second pass, a skill that another list was found to hold. Case is kept as written.

A space never parts two skills (the page put nothing between them), so every cut falls within a written word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from recommender.skills.words import frequencies, word_cost

#: Characters of one list that are worth taking apart; what comes after is left out and reported.
LONGEST_RUN = 8_000
#: A written word longer than this is not looked into.
_LONGEST_WORD = 400
_CHUNK = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+|\d+|\W|_")
#: Two short words written as one, each with a capital, are rather one name (FlowForge) than two skills.
_BRAND = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{1,5}\Z|(?<=[a-z])[A-Z][a-z]{1,5}\Z")
_BRAND_END = re.compile(r"[A-Z][a-z]")
#: Written words whose parts are kept at hand.
_REMEMBERED = 50_000
#: A skill of one short, capital word that no vocabulary knows.
_LONE = 4.0
_PIECE = 5.0
_INFINITE = float("inf")


class Phrases:
    """Known names, found by what a text has at a position. Keys are lower case, as written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        self._odd: dict[str, list[str]] = {}
        self._known = frequencies()
        self._prices: dict[str, float] = {}
        self._parts: dict[str, list[tuple[int, int, float]]] = {}
        self.words: set[str] = set()
        odd: set[str] = set()
        for text in texts:
            low = text.lower()
            self._by_start.setdefault(low[:3], []).append(low)
            for word in text.split():
                if (word.isalpha() and word[1:].islower()) or len(word) < 2:
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

    def price(self, name: str) -> float:
        """What a known name costs: little, and more the rarer its words."""
        found = self._prices.get(name)
        if found is None:
            found = 3.0 + 0.25 * sum(word_cost(word, self._known) for word in name.split())
            self._prices[name] = found
        return found

    def parts(self, word: str) -> list[tuple[int, int, float]]:
        """The words that a written word may be made of: start, end, cost; itself first. The same words come again
        and again, so what was worked out is kept."""
        found = self._parts.get(word)
        if found is None:
            if len(self._parts) >= _REMEMBERED:
                self._parts.clear()
            found = self._parts[word] = self._taken_apart(word)
        return found

    def _taken_apart(self, word: str) -> list[tuple[int, int, float]]:
        whole = self._word_price(word)
        found = [(0, len(word), whole)]
        if len(word) < 4 or (word in self._known and whole < 13.0) or len(word) > _LONGEST_WORD:
            return found
        for i in range(len(word)):
            for j in range(i + 1, min(len(word), i + 22) + 1):
                part = word[i:j]
                if ((j - i > 1 and part in self._known) or part in self.words) and part != word:
                    found.append((i, j, self._word_price(part)))
        return found

    def _word_price(self, word: str) -> float:
        cost = word_cost(word, self._known)
        return min(cost, 12.0) if word in self.words else cost

    def odd_at(self, text: str, start: int) -> list[str]:
        """The words of names that are not plainly written (3D, IoT, CI/CD), case kept, that stand at `start`."""
        return [w for w in self._odd.get(text[start : start + 2], ()) if text.startswith(w, start)]


def segment(runs: Sequence[str], phrases: Phrases) -> list[tuple[str, ...]]:
    """The skills of each run of one page, in order. A line break within a run is a certain cut.

    Of a run longer than `LONGEST_RUN` characters the rest is left out.
    """
    return [tuple(pieces) for pieces in _jointly([_capped(run) for run in runs], phrases)]


def _capped(run: str) -> str:
    """The run as far as it is read, ended where a word ends."""
    run = run.replace("\u00a0", " ").strip()
    if len(run) <= LONGEST_RUN:
        return run
    return run[:LONGEST_RUN].rpartition(" ")[0] or run[:LONGEST_RUN]


def _jointly(texts: Sequence[str], phrases: Phrases) -> list[list[str]]:
    """The cheapest pieces of each text, first by itself, then knowing what the others were found to hold."""
    certain = _Certain(texts)
    lines = [[_Line(part.strip(), phrases, certain) for part in text.split("\n") if part.strip()] for text in texts]

    def read(i: int, elsewhere: frozenset[str]) -> list[str]:
        return [p.strip() for line in lines[i] for p in line.pieces(elsewhere)]

    first = [read(i, frozenset()) for i in range(len(texts))]
    counts = Counter(piece.lower() for pieces in first for piece in set(pieces))
    second = []
    for i, pieces in enumerate(first):
        own = {piece.lower() for piece in pieces}
        second.append(read(i, frozenset(piece for piece, n in counts.items() if n > (piece in own))))
    return second


class _Certain:
    """Cuts that other lists of a page show: one begins or ends with the same letters, or has other neighbours there."""

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


class _Line:
    """One run made ready: the words and names that may begin at each position, and what cuts and joins cost there."""

    def __init__(self, text: str, phrases: Phrases, certain: _Certain) -> None:
        low = text.lower()
        self.text, self.low = text, low if len(low) == len(text) else text
        self._phrases = phrases
        n = len(text)
        self.words: list[list[tuple[int, float]]] = [[] for _ in range(n + 1)]
        self.names: list[list[tuple[int, float, str]]] = [[] for _ in range(n + 1)]
        self.cut = [_INFINITE] * (n + 1)  # what a cut before this position costs
        self.join = [_INFINITE] * (n + 1)  # what it costs to go on here within one skill
        for match in re.finditer(r"\S+", text):
            for chunk in _CHUNK.finditer(match.group()):
                self._price_chunk(match.start() + chunk.start(), match.start() + chunk.end())
        self._price_positions(certain)

    def _price_chunk(self, start: int, end: int) -> None:
        word = self.low[start:end]
        if not word.isalpha():
            self.words[start].append((end, 6.0 if word.isdigit() else 2.0))
            return
        for first, last, price in self._phrases.parts(word):
            self.words[start + first].append((start + last, price))

    def _price_positions(self, certain: _Certain) -> None:
        text = self.text
        begins: set[int] = set()
        for i in range(len(text)):
            if not (self.words[i] or i in begins):
                continue
            self.words[i] += [(i + len(word), 8.0) for word in self._phrases.odd_at(text, i)]
            if i == 0 or text[i - 1] != " ":
                self.names[i] = [
                    (i + len(name), self._phrases.price(name), name) for name in self._phrases.at(self.low, i)
                ]
            begins.update(end for end, _ in self.words[i])
            begins.update(end for end, _, _ in self.names[i])
        for end in begins:
            if end == len(text):
                self.cut[end] = 0.0
            elif text[end] != " ":
                self.join[end] = _joined(text, end)
                if _may_cut(text, self.low, end):
                    self.cut[end] = max(0.0, _parted(text, end) - certain.saving(text, end))

    def pieces(self, elsewhere: frozenset[str]) -> list[str]:
        """The skills of the cheapest reading; those `elsewhere` on the page are cheap."""
        text, low, n, cut, join = self.text, self.low, len(self.text), self.cut, self.join
        cut_at, cut_from = [0.0] + [_INFINITE] * n, [0] * (n + 1)  # a skill ends here; where it began
        mid_at, mid_from = [_INFINITE] * (n + 1), [0] * (n + 1)  # a word ends here, its skill goes on

        for i in range(n):
            for end, price, name in self.names[i] if cut_at[i] < _INFINITE else ():
                total = cut_at[i] + (4.0 if name in elsewhere else price) + _PIECE + cut[end]
                if total < cut_at[end]:
                    cut_at[end], cut_from[end] = total, i
            for so_far, began in ((cut_at[i], i), (mid_at[i], mid_from[i])):
                if so_far == _INFINITE:
                    continue
                for end, price in self.words[i]:
                    cost = so_far + price
                    if end < n and text[end] == " ":
                        if cost < mid_at[end + 1]:
                            mid_at[end + 1], mid_from[end + 1] = cost, began
                        continue
                    if cut[end] < _INFINITE:
                        piece = low[began:end]
                        total = cost
                        if piece in elsewhere:
                            total = min(cost, cut_at[began] + 4.0)
                        elif end - began <= 6 and text[began].isupper() and piece.isalpha():
                            total = cost + _LONE
                        total = total + _PIECE + cut[end]
                        if total < cut_at[end]:
                            cut_at[end], cut_from[end] = total, began
                    if end < n and cost + join[end] < mid_at[end]:
                        mid_at[end], mid_from[end] = cost + join[end], began
        made, end = [], n
        while end > 0:
            made.append(text[cut_from[end] : end])
            end = cut_from[end]
        return made[::-1]


def _may_cut(text: str, low: str, i: int) -> bool:
    left, right = text[i - 1], text[i]
    if left in " (-/&.'’,:" or right in " )-/&'’,:+#":
        return False
    return right != "." or low.startswith(".net", i)


def _parted(text: str, i: int) -> float:
    """What a cut before `text[i]` costs by its letters alone."""
    left, right = text[i - 1], text[i]
    if left in "+#":
        return 0.0
    if right.isupper():
        return 4.0 if left.isupper() else 0.0
    if right.islower():
        return 5.0 if left.islower() else 4.0 if left.isupper() else 2.0
    return 3.0 if right.isdigit() and left.islower() else 5.0


def _joined(text: str, i: int) -> float:
    """What it costs to go on within one skill and one written word."""
    left, right = text[i - 1], text[i]
    if left in "+#" and right not in "+#/":
        return 10.0
    if not (left.isalnum() and right.isalnum()):
        return 0.0
    if right.isdigit():
        return 8.0 if left.islower() else 2.0
    if left.isdigit():
        return 6.0 if i > 1 and text[i - 2].isdigit() else 2.0
    if right.isupper() and left.islower():
        return 7.0 if _BRAND.search(text, max(0, i - 7), i) and _BRAND_END.match(text, i) else 12.0
    return 16.0
