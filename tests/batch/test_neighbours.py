"""The nearest by search vector, in a file: those of a plain scan, whatever the form, processes and interruptions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.batch import ALL, NearRow, Workers, everyone, match, match_all, pieces
from recommender.collection import Filter
from recommender.errors import QueryError
from recommender.reading import Found
from recommender.settings import Settings
from tests.batch.test_match import PEOPLE, matcher_of, read, rooms, settings  # noqa: F401
from tests.batch.test_resuming import Stopping
from tests.service.people import Rooms, nurse


def nearest(rooms: Rooms, one: str, k: int, among: list[str], off: float = 1e-6) -> list[dict[str, Any]]:  # noqa: F811
    """By multiplying with everybody."""
    with rooms.collection.view() as view:
        others = sorted(view.row(other) for other in among if other != one)
        products = view.vectors(others) @ view.vectors([view.row(one)])[0]
        best = np.lexsort((others, -products))[:k]
        ids, generation = view.ids(np.array(others)[best]), view.generation
    return [
        {"query_id": one, "rank": at, "profile_id": other, "similarity": pytest.approx(product, abs=off)}
        | {"generation": generation}
        for at, (other, product) in enumerate(zip(ids, products[best].tolist(), strict=True), 1)
    ]


@pytest.mark.parametrize("name", ["m.parquet", "m.jsonl"])
@pytest.mark.parametrize("k", [3, 50])
def test_they_are_the_nearest_of_everybody(k: int, name: str, rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    done = match(rooms.matcher, ALL, tmp_path / name, k=k, neighbours=True)
    order = everyone(rooms.collection)
    assert read(tmp_path / name) == [row for one in order for row in nearest(rooms, one, k, order)]
    assert done.matches == len(PEOPLE) * min(k, len(PEOPLE) - 1)
    assert done.asked.neighbours


def test_a_filter_says_among_whom_and_who_is_not_there_is_said(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    out, leeds = tmp_path / "m.jsonl", Filter(location=("Leeds",))
    done = match(rooms.matcher, ["ada", "nobody"], out, k=2, where=leeds, neighbours=True)
    with rooms.collection.view() as view:
        among = view.ids(view.rows(leeds))
    assert 2 < len(among) < len(PEOPLE)
    assert read(out) == nearest(rooms, "ada", 2, among)
    assert [one.query_id for one in done.unanswered] == ["nobody"]


def test_a_profile_from_a_file_has_those_of_the_one_in_the_pool(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    """Which is no neighbour of itself under its own id; its vector is not rounded, as that in the pool is."""
    out, ids = tmp_path / "m.jsonl", [str(one.id) for one in PEOPLE]
    match(rooms.matcher, [Found(nurse(1), "people.jsonl", "record 1")], out, k=3, neighbours=True)
    assert read(out) == nearest(rooms, "nurse-1", 3, ids, off=2e-3)


def test_their_columns_are_documented(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    match(rooms.matcher, ["ada"], tmp_path / "m.parquet", k=1, neighbours=True)
    schema = pq.read_schema(tmp_path / "m.parquet")
    assert schema.names == list(NearRow.__struct_fields__)
    assert all(field.metadata[b"description"] for field in schema)
    assert schema.field("similarity").metadata[b"description"].startswith(b"inner product")
    match(rooms.matcher, ["ada"], tmp_path / "m.csv", k=1, neighbours=True)
    assert (tmp_path / "m.csv").read_text().splitlines()[0] == "query_id,rank,profile_id,similarity,generation"


@pytest.mark.parametrize("name", ["m.parquet", "m.jsonl", "m.csv"])
def test_two_processes_and_an_interrupted_run_write_the_same(
    name: str,
    rooms: Rooms,  # noqa: F811
    settings: Settings,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    match(rooms.matcher, ALL, tmp_path / name, k=3, neighbours=True)
    whole = (tmp_path / name).read_bytes()
    monkeypatch.setattr(pieces, "MOST_QUERIES", 4)
    workers = Workers(partial(matcher_of, settings), 2)
    match(rooms.matcher, ALL, tmp_path / "two" / name, k=3, neighbours=True, engine=workers)
    assert (tmp_path / "two" / name).read_bytes() == whole
    with pytest.raises(KeyboardInterrupt):
        match(rooms.matcher, ALL, tmp_path / "on" / name, k=3, neighbours=True, engine=Stopping(rooms, 2))
    assert match(rooms.matcher, ALL, tmp_path / "on" / name, k=3, neighbours=True).kept == 5
    assert (tmp_path / "on" / name).read_bytes() == whole


def test_they_come_as_record_batches_too(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    match(rooms.matcher, ALL, tmp_path / "m.parquet", k=2, neighbours=True)
    found = pa.Table.from_batches(list(match_all(rooms.matcher, k=2, neighbours=True)))
    assert found.to_pylist() == read(tmp_path / "m.parquet")


def test_they_have_no_report_and_no_basis(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    with pytest.raises(QueryError, match="a report is about scores"):
        match(rooms.matcher, ALL, tmp_path / "m.parquet", neighbours=True, report=True)
    with pytest.raises(QueryError, match="a basis is kept"):
        match(rooms.matcher, ALL, tmp_path / "m.parquet", neighbours=True, explain=False, keep_basis=True)
    assert list(tmp_path.iterdir()) == []
