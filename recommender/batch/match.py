"""`match`: many queries, one file of matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, tee
from pathlib import Path

import msgspec

from recommender.batch.requests import InWords
from recommender.batch.rows import rows
from recommender.batch.sinks import publishing
from recommender.batch.workers import PART, Outcome, Workers, outcomes
from recommender.collection import EVERYONE, Collection, Filter
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
    matcher: Matcher | Workers,
    queries: Iterable[str | Profile | InWords],
    out: Path,
    *,
    k: int = 50,
    where: Filter = EVERYONE,
    on_answer: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Write the k best matches of every query to `out` (".parquet" or ".jsonl"), in the order of the queries.

    Ids, scores and reasons are those that `Matcher.similar` gives. One unknown id, or one request that cannot be asked,
    costs itself alone.

    Args:
        matcher: one, or several processes' (`Workers`); the file is the same.
        queries: ids of profiles in the pool, profiles, or requests in words.
        on_answer: called after each query with the number of queries done.

    Raises `QueryError`, having written nothing, where k is out of range or `out` is of neither kind.
    """
    answered = written = 0
    unanswered = []
    named, asked = tee(queries)
    with publishing(out) as sink:
        answers = _outcomes(matcher, (_question(query, k, where) for query in asked))
        for done, (query, answer) in enumerate(zip(named, answers, strict=True), start=1):
            query_id = (query if isinstance(query, str) else query.id) or f"query-{done}"
            if isinstance(answer, str):
                unanswered.append(Unanswered(query_id, answer))
            else:
                sink.write(tuple(rows(query_id, answer)))
                answered, written = answered + 1, written + len(answer.matches)
            on_answer(done)
    return Summary(answered, written, tuple(unanswered))


def everyone(collection: Collection) -> list[str]:
    """Ids of the whole pool."""
    with collection.view() as view:
        return view.ids(view.rows())


def _outcomes(matcher: Matcher | Workers, questions: Iterator[Query]) -> Iterator[Outcome]:
    if isinstance(matcher, Workers):
        return matcher.outcomes(questions)
    parts = iter(lambda: list(islice(questions, PART)), [])
    return (answer for part in parts for answer in outcomes(matcher, part))


def _question(query: str | Profile | InWords, k: int, where: Filter) -> Query:
    if isinstance(query, InWords):
        asked = Query(text=query.text, request=query.request, k=k, where=where)
        asked.check(())  # what is wrong with all of them is no single one's fault
        return asked
    if isinstance(query, str):
        return Query(like=(query,), k=k, where=where)
    return Query(profile=query, k=k, where=where)
