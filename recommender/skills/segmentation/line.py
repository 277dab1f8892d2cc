"""`ListLine`: the cheapest reading of one run."""

from __future__ import annotations

import re

from recommender.skills.segmentation.cuts import CertainCuts, cut_cost, join_cost, may_cut
from recommender.skills.segmentation.phrases import Phrases

_UP, _LOW = "A-ZÀ-ÖØ-ÞĀŁŚŞŠŹŻŽČĆĐİ", "a-zß-öø-ÿāăąćčďđęěğıłńňőřśşšťůűźżž"
_CHUNK = re.compile(rf"[{_UP}]+(?=[{_UP}][{_LOW}])|[{_UP}]?[{_LOW}]+|[{_UP}]+|[^\W\d_]+|\d+|\W|_")
#: A skill of one short, capital word that no vocabulary knows.
_LONE = 4.0
_PIECE = 5.0
#: How much cheaper a cut is before a figure that begins a known word: "ETAP3D metrics".
_ODD = 4.5
_INFINITE = float("inf")


class ListLine:
    """One run made ready: the words and names that may begin at each position, and what cuts and joins cost there."""

    def __init__(self, text: str, phrases: Phrases, certain: CertainCuts) -> None:
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

    def _price_positions(self, certain: CertainCuts) -> None:
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
                self.join[end] = join_cost(text, end)
                if may_cut(text, self.low, end):
                    figure = _ODD if text[end].isdigit() and self._phrases.odd_at(text, end) else 0.0
                    self.cut[end] = max(0.0, cut_cost(text, end) - figure - certain.saving(text, end))

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
