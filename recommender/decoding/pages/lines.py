"""Letters → the lines of a page, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from recommender.decoding.pages.letters import SYMBOL, UNKNOWN, Letter

#: Gaps between words, in parts of the letters' size: where spaces are drawn too, and where words are but set apart.
_GAP_BESIDE_SPACES, _GAP = 0.28, 0.16
#: The share of spaces among letters from which on they are drawn.
_SPACES = 0.04
#: How far a letter may stand from the baseline of its line; and the gap that is more than a space.
_OFF, WIDE = 0.35, 2.0
#: Letters drawn again so close to themselves are but bold.
_AGAIN = 0.1


class PageWord(NamedTuple):
    """A word, its edges, and the size of its letters, in points."""

    text: str
    x0: float
    x1: float
    size: float


class PageLine(NamedTuple):
    """Words side by side, from the left; `y` is their baseline from the top of the page."""

    words: tuple[PageWord, ...]
    y: float

    @property
    def size(self) -> float:
        """The size of its largest letters."""
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        """The words with a space between them, with a tab where the gap is wide; symbols at its beginning are a bullet,
        and elsewhere nothing."""
        parts: list[str] = []
        bullet = False
        for before, word in zip((None, *self.words), self.words, strict=False):
            bare = word.text.replace(SYMBOL, "")
            if not parts and (not bare.strip(UNKNOWN) and len(word.text) <= 2):
                bullet = True
                continue
            bullet = bullet or (not parts and word.text.startswith(SYMBOL))
            if bare:
                wide = before is not None and word.x0 - before.x1 > WIDE * word.size
                parts += ["\t" if wide else " ", bare] if parts else [bare]
        return ("• " if bullet and parts else "") + "".join(parts)


def lines_of(letters: Sequence[Letter]) -> list[PageLine]:
    """The lines of a page, from the top."""
    drawn = [letter for letter in letters if letter.text]
    spaces = sum(letter.text.isspace() for letter in drawn)
    gap = _GAP_BESIDE_SPACES if spaces > _SPACES * len(drawn) else _GAP
    rows: list[list[Letter]] = []
    for letter in sorted(drawn, key=lambda letter: letter.y):
        if letter.text.isspace() and not rows:
            continue
        if rows and abs(letter.y - rows[-1][0].y) <= _off(letter.size, rows[-1][0].size):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    lines = [PageLine(tuple(_words(row, gap)), row[0].y) for row in rows]
    return [line for line in lines if line.words]


def _off(one: float, other: float) -> float:
    """How far the baselines of letters of these sizes may be apart on one line."""
    return min(_OFF * max(one, other), 0.6 * min(one, other))


def _words(row: list[Letter], gap: float) -> list[PageWord]:
    row.sort(key=lambda letter: letter.x0)
    gaps = [after.x0 - before.x1 for before, after in pairwise(row) if not after.text.isspace()]
    spaced = median(gaps) / row[0].size if len(gaps) > 3 else 0.0
    least = max(gap, spaced + 0.12 if spaced > 0.08 else 0.0)
    words: list[list[Letter]] = [[]]
    last: Letter | None = None
    for letter in row:
        if letter.text.isspace():
            words.append([])
            continue
        if last and letter.text == last.text and letter.x0 - last.x0 < _AGAIN * letter.size:
            continue
        if last and letter.x0 - last.x1 > least * min(letter.size, last.size):
            words.append([])
        words[-1].append(letter)
        last = letter
    return [
        PageWord("".join(letter.text for letter in word), word[0].x0, word[-1].x1, max(letter.size for letter in word))
        for word in words
        if word
    ]
