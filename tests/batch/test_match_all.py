"""The rows as Arrow record batches: those of the file, in its order, of one generation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch import ALL, Here, Reject, match, match_all, pieces
from recommender.batch.match import like
from recommender.batch.pieces import Asking, Piece, Worked
from recommender.errors import QueryError
from recommender.reading import Rejected
from tests.batch.test_match import rooms, settings  # noqa: F401
from tests.service.people import Rooms


class Backwards:
    """An engine whose last piece is done first."""

    def __init__(self, rooms: Rooms) -> None:  # noqa: F811
        self._here = Here(like(rooms.matcher))

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        return self._here.work(pool, asking, reversed(list(pieces)))


@pytest.mark.parametrize("explain", [True, False])
def test_they_are_the_rows_of_the_file(
    explain: bool,
    rooms: Rooms,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    match(rooms.matcher, ALL, tmp_path / "m.parquet", k=4, explain=explain)
    monkeypatch.setattr(pieces, "MOST_QUERIES", 5)
    found = list(match_all(rooms.matcher, k=4, explain=explain, engine=Backwards(rooms)))
    assert len(found) == 4
    assert all(isinstance(one, pa.RecordBatch) for one in found)
    assert pa.Table.from_batches(found).to_pylist() == pq.read_table(tmp_path / "m.parquet").to_pylist()
    assert not list(rooms.settings.folder.parent.glob(".match-all-*"))


def test_queries_without_rows_are_told(rooms: Rooms) -> None:  # noqa: F811
    told: list[Reject] = []
    unread = Rejected("people.jsonl", "line 1", "", "it is no JSON; write one object a line")
    found = list(match_all(rooms.matcher, [unread, "ada", "nobody"], k=2, on_rejected=told.append))
    assert [batch.column("query_id").to_pylist() for batch in found] == [["ada", "ada"]]
    why = "no profile with id 'nobody' in this pool; check the id"
    assert told == [Reject.of(unread), Reject("nobody", "", "query 2", "", why)]


def test_k_out_of_range_is_refused(rooms: Rooms) -> None:  # noqa: F811
    with pytest.raises(QueryError, match="k is 0"):
        next(match_all(rooms.matcher, k=0))
