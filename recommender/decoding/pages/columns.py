"""The lines of a page in the order in which they are read: columns one after the other, below and above what goes
across them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median, pstdev
from typing import NamedTuple

from recommender.decoding.pages.dated import SAYS_WHEN, with_dates_at_the_end
from recommender.decoding.pages.lines import PageLine

#: Lines that a column has at least.
_LEAST = 5
#: The empty strip between columns, in parts of the letters' size.
_STRIP = 1.1
#: A column of so much fewer lines than the other, each beside one of it, is no column but belongs to those lines.
_FEWER = 0.75
#: The share of lines that may fill their column up to the next.
_NARROW = 0.34
#: Space above a line, in times of what is usual in its column, that makes an empty line.
_APART = 1.6


class _Cut(NamedTuple):
    """Lines `begin` to `end` are in two columns, apart at `x`; `lines` is how many the shorter has."""

    begin: int
    end: int
    x: float
    lines: int


def in_order(lines: Sequence[PageLine], depth: int = 0) -> list[str]:
    """The text of a page's lines, as it is read."""
    if not lines:
        return []
    lines = with_dates_at_the_end(lines)
    cut = _find_cut(lines) if depth < 4 else None
    if cut is None:
        return _spaced(lines)
    above, within, below = lines[: cut.begin], lines[cut.begin : cut.end], lines[cut.end :]
    left = [part for line in within if (part := _part(line, -1e9, cut.x))]
    right = [part for line in within if (part := _part(line, cut.x, 1e9))]
    head, right = ([], right) if above else _head(left, right)
    return [text for part in (above, head, left, right, below) for text in (in_order(part, depth + 1) if part else ())]


def _part(line: PageLine, begin: float, end: float) -> PageLine | None:
    words = tuple(word for word in line.words if begin <= word.x0 < end)
    return PageLine(words, line.y) if words else None


def _head(left: list[PageLine], right: list[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """The person's name and what is below it, where these stand at the top of the right column; the rest of it."""
    largest = max(range(min(3, len(right))), key=lambda index: right[index].size)
    if right[largest].size < 1.15 * max(line.size for line in left):
        return [], right
    end = largest + 1
    while end < min(len(right), largest + 5) and right[end].size <= right[end - 1].size * 1.05:
        if right[end].y - right[end - 1].y > 3 * right[end].size:
            break
        end += 1
    return right[:end], right[end:]


def _spaced(lines: Sequence[PageLine]) -> list[str]:
    """The text of lines below one another, with an empty one where more space is than usual."""
    gaps = [after.y - before.y for before, after in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    texts: list[str] = []
    for line, gap in zip(lines, [0.0, *gaps], strict=True):
        if texts and gap > _APART * usual:
            texts.append("")
        texts.append(line.text)
    return texts


def _find_cut(lines: Sequence[PageLine]) -> _Cut | None:
    """The columns with the most lines; None where there are none."""
    if len(lines) < _LEAST:
        return None
    least, most = min(line.words[0].x0 for line in lines), max(line.words[-1].x1 for line in lines)
    best: list[_Cut] = []
    for step in range(12, 89):
        best += _cuts(lines, least + (most - least) * step / 100, None)
    for edge in _edges(lines):
        best += _cuts(lines, edge - 0.5, edge)
    if not best:
        return None
    top = max(cut.lines for cut in best)
    equal = [cut for cut in best if cut.lines == top]
    return equal[len(equal) // 2]


def _edges(lines: Sequence[PageLine]) -> list[float]:
    """Where several lines begin a word right below one another."""
    often = Counter(round(word.x0) for line in lines for word in line.words[1:] or line.words)
    return [float(x) for x, number in often.items() if number >= _LEAST - 1]


def _cuts(lines: Sequence[PageLine], x: float, edge: float | None) -> Iterator[_Cut]:
    """The runs of lines in which nothing stands on the strip at `x`, or words begin at the `edge` right of it."""
    begin = 0
    for index, line in enumerate([*lines, None]):
        if line is not None and not _crosses(line, x, edge):
            continue
        end = index
        while begin < end and _crosses(lines[begin], x, None):
            begin += 1
        while begin < end and _crosses(lines[end - 1], x, None):
            end -= 1
        shorter = _shorter(lines[begin:end], x)
        if shorter >= _LEAST and (edge is None or _is_apart(lines[begin:end], x)):
            yield _Cut(begin, end, x, shorter)
        begin = index + 1


def _crosses(line: PageLine, x: float, edge: float | None) -> bool:
    before = max((word.x1 for word in line.words if word.x0 < x), default=None)
    after = min((word.x0 for word in line.words if word.x0 >= x), default=None)
    if before is None:
        return False
    if before > x + 1 or after is None:
        return before > x + 1
    return after - before < _STRIP * line.size and (edge is None or abs(after - edge) > 1.5)


def _is_apart(lines: Sequence[PageLine], x: float) -> bool:
    """Whether most lines that have words on both sides leave a strip free, as words that happen to begin below one
    another do not."""
    both = [line for line in lines if line.words[0].x0 < x <= line.words[-1].x0]
    return sum(_crosses(line, x, None) for line in both) <= _NARROW * len(both)


def _shorter(lines: Sequence[PageLine], x: float) -> int:
    """How many lines the shorter of two columns has; 0 where one of them says when, or what, its neighbours are."""
    left = [part for line in lines if (part := _part(line, -1e9, x))]
    right = [part for line in lines if (part := _part(line, x, 1e9))]
    if min(sum(map(_says_something, left)), len(right)) < _LEAST:
        return 0
    overlap = min(left[-1].y, right[-1].y) - max(left[0].y, right[0].y)
    if overlap < 0.4 * min(left[-1].y - left[0].y, right[-1].y - right[0].y):
        return 0
    for one, other in ((left, right), (right, left)):
        beside = {line.y for line in other}
        shared = sum(line.y in beside for line in one) / len(one)
        if shared > 0.85 and (_says_when(one) or (len(one) < _FEWER * len(other) and one is left and _is_flush(one))):
            return 0
    return min(len(left), len(right))


def _says_something(line: PageLine) -> bool:
    """Whether a line is more than the sign of a list."""
    return len(line.words) > 1 or len(line.words[0].text) > 2


def _says_when(lines: Sequence[PageLine]) -> bool:
    return sum(SAYS_WHEN.search(line.text) is not None for line in lines) > 0.5 * len(lines)


def _is_flush(lines: Sequence[PageLine]) -> bool:
    """Whether lines end below one another and do not begin so, as labels beside a form do."""
    ends, begins = [line.words[-1].x1 for line in lines], [line.words[0].x0 for line in lines]
    return pstdev(ends) < 2 < pstdev(begins)
