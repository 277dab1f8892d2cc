"""`match_all`: the rows of an offline match as Arrow record batches, for whoever goes on with them in Python."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from recommender.batch.engine import Engine, Here
from recommender.batch.forms.form import decoded
from recommender.batch.match import ALL, NOBODY_MOVES, Queries, begin, check, like, manifest_of
from recommender.batch.pieces import Asking, Worked
from recommender.batch.summary import Reject
from recommender.batch.working import WorkingFolder
from recommender.collection import EVERYONE, Filter, Sight
from recommender.matching import Matcher
from recommender.reading import Rejected

_log = logging.getLogger(__name__)


def _warn(reject: Reject) -> None:
    _log.warning("%s: %s", reject.query_id or reject.place, reject.reason)


def match_all(
    matcher: Matcher,
    queries: Queries = ALL,
    *,
    k: int = 50,
    where: Filter = EVERYONE,
    explain: bool = True,
    neighbours: bool = False,
    engine: Engine | None = None,
    on_rejected: Callable[[Reject], None] = _warn,
    sight: Sight = NOBODY_MOVES,
) -> Iterator[Any]:
    """The rows that `match` writes, as `pyarrow.RecordBatch`es in the order of the queries, all of one generation.

    ::

        for rows in match_all(recommender.matcher, k=10, explain=False):
            print(rows.column("profile_id"))

    Nothing is kept: a snapshot of the pool lies beside it until the iteration ends.

    Args:
        on_rejected: is called for each query without rows; logs a warning where nothing is given.
        sight: what whoever reads the rows may see of who may move; nothing by default.

    Raises as `match` does.
    """
    asking = Asking(k, where, explain, sight=sight, neighbours=neighbours)
    check(asking)
    place = getattr(matcher.collection, "path", None)
    with TemporaryDirectory(prefix=".match-all-", dir=place and Path(place).parent) as folder:
        working = WorkingFolder(Path(folder))
        begun = begin(working, matcher, _read(queries, on_rejected), asking, manifest_of(matcher, asking))
        pieces = working.pieces(begun, set())
        for worked in in_order((engine or Here(like(matcher))).work(working.pool, asking, pieces)):
            for one in worked.unanswered:
                on_rejected(Reject.of(one))
            yield from decoded(worked.content).to_batches()


def in_order(works: Iterable[Worked]) -> Iterator[Worked]:
    """What came of pieces, by their numbers."""
    waiting, wanted = dict[int, Worked](), 0
    for one in works:
        waiting[one.number] = one
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1


def _read(queries: Queries, on_rejected: Callable[[Reject], None]) -> Queries:
    if queries is None:
        return None

    def asked() -> Iterator[Any]:
        for one in queries:
            if isinstance(one, Rejected):
                on_rejected(Reject.of(one))
            else:
                yield one

    return asked()
