"""The values that a few letters may mean, by their words, from the tallies; with exact counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest
from typing import Any

from recommender.collection.common.suggestions import (
    BEGINS,
    HOLDS,
    MOST_IDS,
    MOST_SPACED,
    MOST_WORDS,
    WHOLE,
    Found,
    other_spaces,
)
from recommender.collection.common.typos import LONGEST, forms_of, is_one_typo
from recommender.collection.fields import FIELD_OF_SUGGESTION
from recommender.collection.postgres.query.where import having
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.snapshot import Snapshot
from recommender.collection.postgres.server.terms import MARK, term
from recommender.collection.protocol import Suggestion, SuggestionKind
from recommender.facts import plain_words

#: Sorts after every sign that a word may go on with.
_AFTER_ALL = chr(0x10FFFF)
#: Shortest word that may hold a typo.
_SHORTEST = 2

_Looks = Callable[[Connection, str, Sequence[str], int], list[tuple[int, int, str]]]


def suggest(snapshot: Snapshot, text: str, kinds: Sequence[SuggestionKind], limit: int) -> list[Suggestion]:
    """As `View.suggest` says."""
    connection = snapshot.connection
    asked = plain_words(text)[:MOST_WORDS]
    found = _best(connection, kinds, [asked], _begun, limit) if asked else []
    if asked and len(found) < limit:
        known = {(one.kind, one.value) for one in found}
        near = _best(connection, kinds, [asked], _misspelt, limit)
        found += [one for one in near if (one.kind, one.value) not in known]
    if 0 < len(asked) <= MOST_SPACED and not found:
        found = _best(connection, kinds, list(other_spaces(asked)), _begun, limit)
    return [_suggestion(snapshot, one) for one in found[:limit]]


def _best(
    connection: Connection, kinds: Sequence[SuggestionKind], readings: Sequence[Sequence[str]], look: _Looks, limit: int
) -> list[Found]:
    best = dict[tuple[str, str], Found]()
    for kind in kinds:
        for asked in readings:
            for match, count, value in look(connection, FIELD_OF_SUGGESTION[kind], asked, limit):
                one = Found(match, -count, value, kind)
                best[kind, value] = min(one, best.get((kind, value), one))
    return nsmallest(limit, best.values())


def _begun(connection: Connection, field: str, asked: Sequence[str], limit: int) -> list[tuple[int, int, str]]:
    """The values that have, of every word asked for, the word or one that it begins: match, count, value."""
    low, high = _beginning(asked[0])
    once = sorted({term(word) for word in asked})
    match = (
        f"CASE WHEN words @> %s::text[] AND words <@ %s::text[] THEN {WHOLE} "
        f"WHEN words[1] >= %s AND words[1] < %s THEN {BEGINS} ELSE {HOLDS} END"
    )
    conditions, values = _all_begun(asked)
    return _ranked(connection, field, match, [once, once, low, high], conditions, values, limit)


def _misspelt(connection: Connection, field: str, asked: Sequence[str], limit: int) -> list[tuple[int, int, str]]:
    """The values that have them so where one of the words has a typo."""
    best: dict[str, tuple[int, int, str]] = {}
    for at, word in enumerate(asked):
        near = _near(connection, field, word) if len(word) >= _SHORTEST else []
        if not near:
            continue
        others = [*asked[:at], *asked[at + 1 :]]
        once = sorted({term(other) for other in others})
        low, high = _beginning(asked[0])
        begins, first = ("words[1] = ANY(%s)", [near]) if at == 0 else ("words[1] >= %s AND words[1] < %s", [low, high])
        match = (
            f"CASE WHEN words @> %s::text[] AND (SELECT count(DISTINCT w) FROM unnest(words) AS w) = %s THEN {WHOLE} "
            f"WHEN {begins} THEN {BEGINS} ELSE {HOLDS} END"
        )
        conditions, values = _all_begun(others)
        conditions = ["term IN (SELECT term FROM value_words WHERE field = %s AND word = ANY(%s))", *conditions]
        for found in _ranked(
            connection, field, match, [once, len(once) + 1, *first], conditions, [None, near, *values], limit
        ):
            best[found[2]] = min(found, best.get(found[2], found), key=lambda one: one[0])
    return list(best.values())


def _ranked(
    connection: Connection, field: str, match: str, first: list[Any], conditions: Sequence[str], values: list[Any],
    limit: int,
) -> list[tuple[int, int, str]]:  # fmt: skip
    """Values that meet conditions, best first; a value of None among those given is the field."""
    rows = connection.execute(
        f"SELECT {match}, profiles, term, CASE WHEN strpos(term, %s) > 0 THEN value END FROM tallies "
        f"WHERE field = %s AND {' AND '.join(conditions)} ORDER BY 1, 2 DESC, 3 LIMIT %s",
        [*first, MARK, field, *(field if value is None else value for value in values), limit],
    )
    return [(match, count, one if whole is None else bytes(whole).decode()) for match, count, one, whole in rows]


def _all_begun(asked: Sequence[str]) -> tuple[list[str], list[Any]]:
    """Conditions that hold of values which have, of every word, the word or one that it begins."""
    one = "term IN (SELECT term FROM value_words WHERE field = %s AND word >= %s AND word < %s)"
    return [one] * len(asked), [value for word in asked for value in (None, *_beginning(word))]


def _beginning(word: str) -> tuple[str, str]:
    return term(word), term(word) + _AFTER_ALL


def _near(connection: Connection, field: str, word: str) -> list[str]:
    """The words of a field's values that are one typo from this one."""
    if len(word) > LONGEST:
        return []
    rows = connection.execute(
        "SELECT word FROM word_forms WHERE field = %s AND forms && %s::bigint[]", (field, forms_of(word))
    )
    return [other for (other,) in rows if is_one_typo(word, other)]


def _suggestion(snapshot: Snapshot, one: Found) -> Suggestion:
    if one.kind != "name":
        return Suggestion(one.kind, one.value, -one.fewer)
    clause = having("name", one.value)
    rows = sorted(snapshot.each("seq, name, id", clause, "ORDER BY seq LIMIT %s", (MOST_IDS,)))[:MOST_IDS]
    return Suggestion("name", bytes(rows[0][1]).decode() or one.value, -one.fewer, tuple(row[2] for row in rows))
