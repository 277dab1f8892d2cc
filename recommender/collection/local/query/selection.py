"""Which rows a filter admits, by bitmaps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyroaring import BitMap, FrozenBitMap

from recommender.collection.fields import LIKELY, MOVE, compared
from recommender.collection.filter import Filter, YearsRange, is_narrowing, title_words
from recommender.collection.keys import KEYS, Admits
from recommender.collection.local.generation.state import State
from recommender.collection.local.query.hidden import NOTHING_HIDDEN, Hidden
from recommender.facts import folded, plain_words

_Rows = Any  # BitMap or FrozenBitMap: pyroaring ships no types


_Known = dict[Filter, _Rows]
_LEAVING_OUT = {name: key for name, key in KEYS.items() if key.admits is Admits.NONE}
#: Filters whose rows a view remembers: those of one page or question, and no more however long it is asked.
MOST_KNOWN = 256


def select(state: State, where: Filter, known: _Known, hidden: Hidden = NOTHING_HIDDEN) -> _Rows:
    """The living rows that qualify; not to be changed by the caller.

    Args:
        known: those of filters, among them parts of others, that were asked for before; this one's are added.
        hidden: rows of which nothing is to say that they may move; the same for all that is known.
    """
    try:
        rows = known.get(where)
    except TypeError:  # lists in it, which nothing is known by
        return _selected(state, where, known, hidden)
    if rows is None:
        rows = _selected(state, where, known, hidden)
        if len(known) >= MOST_KNOWN:
            known.clear()
        known[where] = rows
    return rows


def _selected(state: State, where: Filter, known: _Known, hidden: Hidden) -> _Rows:
    rows: _Rows = state.live
    if is_narrowing(where):
        for admitted in _narrowing(state, where, known, hidden):
            rows = rows & admitted
            if not rows:
                return rows
    return _without(state, where, rows, known, hidden)


def _narrowing(state: State, where: Filter, known: _Known, hidden: Hidden) -> Iterable[_Rows]:
    """The rows that each key admits, one key at a time."""
    if where.profile_ids is not None:
        yield BitMap(row for row in map(state.place, where.profile_ids) if row is not None)
    for name, key in KEYS.items():
        values = getattr(where, name)
        if values is not None and key.admits is not Admits.NONE:
            having = (hidden.without(state, key.field, compared(key.field, value)) for value in values)
            if key.admits is Admits.ALL:
                yield from having
            else:
                yield _union(having)
    if where.location is not None:
        yield _union(_at(state, place) for place in where.location)
    if where.years is not None:
        yield _in_years(state, where.years)
    if where.any_of is not None:
        yield _union(select(state, part, known, hidden) for part in where.any_of)
    for part in where.all_of or ():
        yield select(state, part, known, hidden)
    if where.likely_to_move is not None:
        moving = hidden.without(state, MOVE, LIKELY)
        yield moving if where.likely_to_move else state.live - moving
    if where.title_contains is not None:
        yield from _title_contains(state, where.title_contains)
    if where.name is not None:
        yield from _called(state, where.name)


def _at(state: State, place: str) -> _Rows:
    """The rows whose place has every level named."""
    rows, *wider = (state.bitmap("place", level.strip()) for level in folded(place).split(","))
    for others in wider:
        rows = rows & others
    return rows


def _without(state: State, where: Filter, rows: _Rows, known: _Known, hidden: Hidden) -> _Rows:
    if where.exclude_ids:
        rows = rows - BitMap(row for row in map(state.place, where.exclude_ids) if row is not None)
    for name, key in _LEAVING_OUT.items():
        for value in getattr(where, name) or ():
            rows = rows - state.bitmap(key.field, compared(key.field, value))
    return rows if where.not_ is None else rows - select(state, where.not_, known, hidden)


def _union(bitmaps: Iterable[_Rows]) -> _Rows:
    several = list(bitmaps)
    return BitMap.union(*several) if several else FrozenBitMap()


def _in_years(state: State, years: YearsRange) -> _Rows:
    low = -1 if years.min is None else years.min
    high = float("inf") if years.max is None else years.max
    return _union(state.bitmap("years", value) for value in state.values("years") if low <= int(value) <= high)


def _title_contains(state: State, text: str) -> Iterable[_Rows]:
    words = title_words(text)
    having: _Rows = None
    for word in words:
        bitmap = state.bitmap("word", word)
        having = bitmap if having is None else having & bitmap
    if having is None:
        if text.strip():  # signs alone, and no title is known by its signs
            yield FrozenBitMap()
        return
    yield having if len(words) == 1 else _in_order(state, having, words)


def _called(state: State, name: str) -> Iterable[_Rows]:
    """Of each word of a name the rows whose name has it."""
    words = plain_words(name)
    if not words and name.strip():
        yield FrozenBitMap()  # signs alone
    for word in words:
        yield state.bitmap("name_word", word)


def _in_order(state: State, having: _Rows, words: list[str]) -> _Rows:
    """Of rows whose titles have all the words, those where they stand together and in this order."""
    phrase = f" {' '.join(words)} "
    left = having & state.live
    found = BitMap()
    while left:
        title = folded(state.facts_of(left.min()).title)
        same = state.bitmap("title", title) & left
        if phrase in f" {' '.join(title_words(title))} ":
            found |= same
        left = left - same
    return found
