"""`Filter` as SQL: a condition on rows of `profiles`, and the values in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from recommender.collection.fields import LIKELY, MOVE, compared
from recommender.collection.filter import Filter, YearsRange, title_words
from recommender.collection.keys import KEYS, Admits
from recommender.collection.postgres.query.hidden import NOTHING_HIDDEN, Hidden
from recommender.collection.postgres.server.snapshot import EVERYBODY, NOBODY, Clause
from recommender.collection.postgres.server.terms import column, is_storable, term
from recommender.facts import folded, plain_words

TakesPlace = Callable[[Sequence[str]], Iterable[str]]


def _nobody(_: Sequence[str]) -> Iterable[str]:
    return ()


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Every condition holds."""
    held = [clause for clause in clauses if clause != EVERYBODY]
    if not held:
        return EVERYBODY
    return Clause(" AND ".join(clause.sql for clause in held), tuple(v for clause in held for v in clause.values))


def any_of(clauses: Iterable[Clause]) -> Clause:
    """One of the conditions holds."""
    held = list(clauses)
    if not held:
        return NOBODY
    return Clause(
        "(" + " OR ".join(f"({clause.sql})" for clause in held) + ")",
        tuple(v for clause in held for v in clause.values),
    )


def condition(where: Filter, hidden: Hidden = NOTHING_HIDDEN, takes_place: TakesPlace = _nobody) -> Clause:
    """Who qualifies, as far as may be seen.

    Args:
        takes_place: gives of profiles that are linked to another the ids of those others. They are asked for
            beforehand: a condition with a question in it would be for the coordinator of several servers to check.
    """
    return all_of(_parts(where, hidden, takes_place))


def having(field: str, value: str) -> Clause:
    """Who has a value, given as it is stored."""
    return Clause(f"{column(field)} @> %s::text[]", ([term(value)],))


def having_any(field: str, values: Iterable[str]) -> Clause:
    """Who has one of these values, given as they are stored."""
    return Clause(f"{column(field)} && %s::text[]", (sorted(map(term, values)),))


def _parts(where: Filter, hidden: Hidden, takes_place: TakesPlace) -> Iterable[Clause]:
    if where.profile_ids is not None:
        yield called(where.profile_ids, takes_place)
    for name in KEYS:
        if (values := getattr(where, name)) is not None:
            yield _keyed(name, values, hidden)
    if where.location is not None:
        yield any_of(_at(place) for place in where.location)
    if where.years is not None:
        yield _in_years(where.years)
    if where.likely_to_move is not None:
        moving = seen(MOVE, LIKELY, hidden)
        yield moving if where.likely_to_move else moving.negated()
    if where.title_contains is not None:
        yield _titled(where.title_contains)
    if where.name is not None:
        yield _named(where.name)
    if where.any_of is not None:
        yield any_of(condition(part, hidden, takes_place) for part in where.any_of)
    yield from (condition(part, hidden, takes_place) for part in where.all_of or ())
    if where.exclude_ids:
        yield Clause("id <> ALL(%s::text[])", called(where.exclude_ids, takes_place).values)
    if where.not_ is not None:
        yield condition(where.not_, hidden, takes_place).negated()


def _keyed(name: str, values: Iterable[str], hidden: Hidden) -> Clause:
    key = KEYS[name]
    asked = [compared(key.field, value) for value in values]
    if key.admits is Admits.NONE:
        return having_any(key.field, asked).negated() if asked else EVERYBODY
    if hidden.touches(key.field):
        clauses = [seen(key.field, value, hidden) for value in asked]
        return all_of(clauses) if key.admits is Admits.ALL else any_of(clauses)
    if key.admits is Admits.ALL:
        return Clause(f"{column(key.field)} @> %s::text[]", (sorted(map(term, asked)),)) if asked else EVERYBODY
    return having_any(key.field, asked) if asked else NOBODY


def seen(field: str, value: str, hidden: Hidden) -> Clause:
    """Who has a value, but for those of whom it says more than may be seen."""
    if hidden.is_hidden_of_all(field, value):
        return NOBODY
    own = hidden.own_of(field, value)
    return all_of((having(field, value), having_any("employer", own).negated())) if own else having(field, value)


def called(ids: Iterable[str], takes_place: TakesPlace) -> Clause:
    """The people whose profiles these are: those that take a place, and those that take that of one of these."""
    asked = [one for one in ids if is_storable(one)]
    return Clause("id = ANY(%s::text[])", ([*asked, *takes_place(asked)],))


def _at(place: str) -> Clause:
    """Who is at a place that has every level named."""
    levels = [level.strip() for level in folded(place).split(",")]
    return Clause(f"{column('place')} @> %s::text[]", (sorted(map(term, levels)),))


def _in_years(years: YearsRange) -> Clause:
    low, high = (-1 if years.min is None else years.min), years.max
    return Clause("years >= %s", (low,)) if high is None else Clause("years >= %s AND years <= %s", (low, high))


def _titled(text: str) -> Clause:
    words = title_words(text)
    if not words:
        return NOBODY if text.strip() else EVERYBODY  # signs alone, and no title is known by its signs
    having_all = Clause(f"{column('word')} @> %s::text[]", (sorted(map(term, words)),))
    phrase = f" {' '.join(words)} "
    if len(words) == 1:
        return having_all
    if not is_storable(phrase):
        return NOBODY
    return all_of((having_all, Clause("strpos(title_words, %s) > 0", (phrase,))))


def _named(name: str) -> Clause:
    words = plain_words(name)
    if not words:
        return NOBODY if name.strip() else EVERYBODY
    return Clause(f"{column('name_word')} @> %s::text[]", (sorted(map(term, words)),))
