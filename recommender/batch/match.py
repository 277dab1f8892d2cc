"""`match`: many queries, one file of matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from recommender.batch.rows import rows
from recommender.batch.sinks import publishing
from recommender.collection import EVERYONE, Collection, Filter
from recommender.errors import ProfileNotFound
from recommender.matching import Matcher, Query
from recommender.profile import Profile


class Unanswered(msgspec.Struct, frozen=True):
    """A query that has no rows in the file, and why."""

    query_id: str
    reason: str


class Summary(msgspec.Struct, frozen=True):
    """What became of the queries: how many were answered, by how many rows, and those that could not be."""

    queries: int
    matches: int
    unanswered: tuple[Unanswered, ...]


def match(
    matcher: Matcher,
    queries: Iterable[str | Profile],
    out: Path,
    *,
    k: int = 50,
    where: Filter = EVERYONE,
    on_answer: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Write the k best matches of every query to `out` (".parquet" or ".jsonl"), in the order of the queries.

    Ids, scores and reasons are those that `Matcher.similar` gives. One bad query costs itself alone.

    Args:
        queries: ids of profiles in the pool, or profiles.
        on_answer: called after each query with the number of queries done.

    Raises `QueryError`, having written nothing, where k is out of range or `out` is of neither kind.
    """
    answered = written = done = 0
    unanswered = []
    with publishing(out) as sink:
        for done, query in enumerate(queries, start=1):
            query_id = (query if isinstance(query, str) else query.id) or f"query-{done}"
            try:
                found = tuple(rows(query_id, matcher.similar(_question(query, k, where))))
            except ProfileNotFound as error:
                unanswered.append(Unanswered(query_id, str(error)))
            else:
                sink.write(found)
                answered, written = answered + 1, written + len(found)
            on_answer(done)
    return Summary(answered, written, tuple(unanswered))


def everyone(collection: Collection) -> list[str]:
    """Ids of the whole pool."""
    with collection.view() as view:
        return view.ids(view.rows())


def _question(query: str | Profile, k: int, where: Filter) -> Query:
    if isinstance(query, str):
        return Query(like=(query,), k=k, where=where)
    return Query(profile=query, k=k, where=where)
