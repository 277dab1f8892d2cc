"""`Phrases`: the names and words that a run may hold, found by where they stand, and what each costs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recommender.skills.words import frequencies, word_cost

#: A written word longer than this is not looked into.
_LONGEST_WORD = 400
#: What a name costs more that other names are made of: "Cloud" is one, and so begins "CloudLane".
_PASSING = 5.0
#: Written words whose parts are kept at hand.
_REMEMBERED = 50_000


class Phrases:
    """Known names, found by what a text has at a position. Keys are lower case, as written."""

    def __init__(self, texts: Iterable[str], passing: Iterable[str] = ()) -> None:
        """`passing`: those of the texts that are more often part of another name than an entry by themselves."""
        self._by_start: dict[str, list[str]] = {}
        self._odd: dict[str, list[str]] = {}
        self._known = frequencies()
        self._prices: dict[str, float] = {}
        self._passing = {text.lower() for text in passing}
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
            found += _PASSING if name in self._passing else 0.0
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
