"""How many profiles have each value: kept with every write, so that the whole pool's counts are read and not counted.

A value that nobody has any more is no longer in any table. Those that are suggested are found by their words, and by
what words become when a letter is left out, for typos (the symmetric deletions of Garbe's SymSpell).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from recommender.collection import fields
from recommender.collection.common.typos import LONGEST, forms_of
from recommender.collection.postgres.server.connections import Connection
from recommender.collection.postgres.server.terms import term
from recommender.collection.postgres.server.texts import Texts
from recommender.facts import plain_words

_SUGGESTED = set(fields.FIELD_OF_SUGGESTION.values())

_CHANGE = """INSERT INTO tallies AS held (field, term, value, profiles, words)
SELECT field, term, value, profiles, '{}'
FROM unnest(%b::text[], %b::text[], %b::bytea[], %b::bigint[]) AS given (field, term, value, profiles)
ON CONFLICT (field, term) DO UPDATE SET profiles = held.profiles + EXCLUDED.profiles
RETURNING field, term, value, profiles, xmax = 0"""
_FORGET = """DELETE FROM tallies WHERE (field, term) IN (SELECT * FROM unnest(%b::text[], %b::text[]))
AND profiles <= 0"""
_NAME = """UPDATE tallies SET words = string_to_array(given.words, ' ')
FROM unnest(%b::text[], %b::text[], %b::text[]) AS given (field, term, words)
WHERE tallies.field = given.field AND tallies.term = given.term"""
_WORDS = "INSERT INTO value_words SELECT * FROM unnest(%b::text[], %b::text[], %b::text[])"
_FORMS = """INSERT INTO word_forms SELECT field, word, forms::bigint[]
FROM unnest(%b::text[], %b::text[], %b::text[]) AS given (field, word, forms) ON CONFLICT DO NOTHING"""
_UNUSED = """DELETE FROM word_forms WHERE (field, word) IN (SELECT * FROM unnest(%b::text[], %b::text[]))
AND NOT EXISTS (SELECT FROM value_words v WHERE v.field = word_forms.field AND v.word = word_forms.word)"""


def change(connection: Connection, by: Counter[tuple[str, str]]) -> None:
    """Add to the tallies of (field, value), within a transaction; a value may be given as its term."""
    added = Counter[tuple[str, str]]()
    whole: dict[tuple[str, str], str] = {}
    for (field, value), count in by.items():
        added[field, term(value)] += count
        if count > 0:
            whole[field, term(value)] = value
    changed = sorted(key for key, count in added.items() if count)
    if not changed:
        return
    given = (
        *_lists(changed),
        [whole.get(key, key[1]).encode() for key in changed],
        [added[key] for key in changed],
    )
    fresh, left = [], []
    for field, one, value, profiles, is_new in connection.execute(_CHANGE, given):
        if profiles <= 0:
            left.append((field, one))
        elif is_new and field in _SUGGESTED:
            fresh.append((field, one, bytes(value).decode()))
    _forget(connection, left)
    _learn(connection, fresh)


def _learn(connection: Connection, fresh: list[tuple[str, str, str]]) -> None:
    """File values that nobody had before by their words."""
    words = [(field, one, list(map(term, plain_words(value)))) for field, one, value in fresh]
    words = [entry for entry in words if entry[2]]
    if not words:
        return
    connection.execute(_NAME, _lists([(field, one, " ".join(held)) for field, one, held in words]))
    filed = [(field, word, one) for field, one, held in words for word in dict.fromkeys(held)]
    connection.execute(_WORDS, _lists(filed))
    short = sorted({(field, word) for field, word, _ in filed if len(word) <= LONGEST})
    if short:
        written = [(field, word, f"{{{','.join(map(str, forms_of(word)))}}}") for field, word in short]
        connection.execute(_FORMS, _lists(written))


def _forget(connection: Connection, left: Iterable[tuple[str, str]]) -> None:
    """Leave nothing of values that nobody has any more."""
    gone = list(left)
    if not gone:
        return
    words = connection.execute(
        "SELECT DISTINCT field, word FROM value_words "
        "WHERE (field, term) IN (SELECT * FROM unnest(%b::text[], %b::text[]))",
        _lists(gone),
    ).fetchall()
    connection.execute(_FORGET, _lists(gone))
    if words:
        connection.execute(_UNUSED, _lists(words))


def _lists(entries: Sequence[Sequence[str]]) -> list[Texts]:
    """The first of each entry, the second of each, and so on, as unnest takes them."""
    return [Texts(column) for column in zip(*entries, strict=True)]
