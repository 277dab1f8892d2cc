"""The values that a few letters may mean: by words, their beginnings and past one typo; with exact counts.

Values are put in order by how well they match and by counts that may be too high, as some of their rows live no more.
They are counted exactly, best first, until none further down can be better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from recommender.collection.common.suggestions import MOST_IDS, MOST_SPACED, MOST_WORDS, Found, other_spaces
from recommender.collection.fields import FIELD_OF_SUGGESTION
from recommender.collection.local.generation.state import State, as_rows
from recommender.collection.local.query.named import Ranked, begun, misspelt
from recommender.collection.local.sealed.postings import FieldPostings
from recommender.collection.protocol import Suggestion, SuggestionKind
from recommender.facts import plain_words


def suggest(state: State, text: str, kinds: Sequence[SuggestionKind], limit: int) -> list[Suggestion]:
    """As `View.suggest` says."""
    asked = plain_words(text)[:MOST_WORDS]
    found = _best(state, kinds, [asked], begun, limit) if asked else []
    if asked and len(found) < limit:
        known = {(one.kind, one.value) for one in found}
        near = _best(state, kinds, [asked], misspelt, limit)
        found += [one for one in near if (one.kind, one.value) not in known]
    if 0 < len(asked) <= MOST_SPACED and not found:
        found = _best(state, kinds, list(other_spaces(asked)), begun, limit)
    return [_suggestion(state, one) for one in found[:limit]]


def _best(
    state: State, kinds: Sequence[SuggestionKind], readings: Sequence[Sequence[str]], look: Callable[..., Ranked],
    limit: int,
) -> list[Found]:  # fmt: skip
    best = dict[tuple[str, str], Found]()
    for kind in kinds:
        for asked in readings:
            for one in _of_kind(state, kind, asked, look, limit):
                best[kind, one.value] = min(one, best.get((kind, one.value), one))
    return nsmallest(limit, best.values())


def _of_kind(
    state: State, kind: SuggestionKind, asked: Sequence[str], look: Callable[..., Ranked], limit: int
) -> list[Found]:
    """The best values of a kind, at most `limit`, each counted exactly."""
    field = FIELD_OF_SUGGESTION[kind]
    recent = [
        look(words, asked, _counts(state, field, values), values) for values, words in state.tail.words[field].blocks()
    ]
    sealed = []
    if state.base:
        postings = state.base.postings[field]
        sealed.append(look(state.base.words[field], asked, _sealed_counts(postings), postings.values))
    counted, at, step = dict[str, Found](), 0, limit
    while True:
        for match, value in (one for ranked in (*sealed, *recent) for one in ranked.between(at, at + step)):
            if value not in counted:
                count = state.bitmap(field, value).intersection_cardinality(state.live)
                counted[value] = Found(match, -count, value, kind)
        at, step = at + step, 4 * step
        best = nsmallest(limit, (one for one in counted.values() if one.fewer))
        bound = _bound(sealed, recent, at)
        if bound is None or (len(best) == limit and best[-1][:3] <= bound):
            return best


def _counts(state: State, field: str, values: Sequence[str]) -> Callable[[NDArray[np.int64]], NDArray[np.int64]]:
    """Numbers of values of the tail → how many rows there have them."""
    bitmap = state.tail.bitmap
    return lambda numbers: np.array([len(bitmap(field, values[at]) or ()) for at in numbers.tolist()], np.int64)


def _sealed_counts(postings: FieldPostings) -> Callable[[NDArray[np.int64]], NDArray[np.int64]]:
    return lambda numbers: postings.counts[numbers].astype(np.int64)


def _bound(sealed: Sequence[Ranked], recent: Sequence[Ranked], at: int) -> tuple[int, int, str] | None:
    """What a value from this place on can be at best; None where there is none.

    One may be among the sealed and among the recent ones, of which it is in one list alone.
    """
    old, new = ([one for ranked in lists if (one := ranked.at(at))] for lists in (sealed, recent))
    if not old and not new:
        return None
    match = min(one.match for one in (*old, *new))
    most = [max((one.most for one in those if one.match == match), default=0) for those in (old, new)]
    # among sealed ones alone equals follow in the order of their values
    value = old[0].value if most[0] and not most[1] else ""
    return match, -sum(most), value


def _suggestion(state: State, one: Found) -> Suggestion:
    if one.kind != "name":
        return Suggestion(one.kind, one.value, -one.fewer)
    rows = as_rows(state.bitmap("name", one.value) & state.live)[:MOST_IDS].tolist()
    return Suggestion("name", state.name_of(rows[0]) or one.value, -one.fewer, tuple(map(state.id_of, rows)))
