"""The batch against the matcher and against HTTP: the same ids, scores and reasons, in both kinds of file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest

from recommender.batch import Row, Unanswered, Workers, everyone, match
from recommender.batch import sinks as batch_sinks
from recommender.collection import Filter
from recommender.errors import QueryError
from recommender.matching import Matcher, Query
from recommender.profile import Profile
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.people import ADA, Client, Rooms, engineer, nurse

PEOPLE = (ADA, *(engineer(number) for number in range(12)), *(nurse(number) for number in range(4)))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings.load(data=tmp_path_factory.mktemp("batch") / "pool")
    with Rooms(settings) as rooms:
        list(rooms.ingest(PEOPLE))
    return settings


@pytest.fixture(scope="module")
def rooms(settings: Settings) -> Iterator[Rooms]:
    with Rooms(settings) as rooms:
        yield rooms


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of either kind of file."""
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    return [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]


@pytest.fixture(params=["matches.parquet", "matches.jsonl"])
def out(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / "made" / str(request.param)


def test_the_whole_pool_has_the_matchers_answers(rooms: Rooms, out: Path) -> None:
    ids = everyone(rooms.collection)
    assert sorted(ids) == sorted(str(person.id) for person in PEOPLE)
    summary = match(rooms.matcher, ids, out, k=5)
    assert (summary.queries, summary.matches, summary.unanswered) == (len(PEOPLE), 5 * len(PEOPLE), ())
    rows = read(out)
    assert [row["query_id"] for row in rows] == [query_id for query_id in ids for _ in range(5)]
    for query_id in ids:
        answer = rooms.similar(Query(like=(query_id,), k=5))
        expected = [msgspec.json.decode(msgspec.json.encode(match)) for match in answer.matches]
        found = [row for row in rows if row["query_id"] == query_id]
        assert [{name: row[name] for name in expected[0]} for row in found] == expected
        assert answer.headline is not None
        assert {(row["headline"], row["headline_count"]) for row in found} == {
            (answer.headline.text, answer.headline.count)
        }
        assert {row["generation"] for row in found} == {answer.generation}


def test_the_same_as_over_http(rooms: Rooms, settings: Settings, out: Path) -> None:
    match(rooms.matcher, [str(person.id) for person in PEOPLE], out, k=7)
    rows = read(out)
    with Client(create_app(settings, Rooms)) as client:
        for person in PEOPLE:
            answer = client.get(f"/v1/profiles/{person.id}/similar?k=7").json()
            found = [(row["rank"], row["profile_id"], row["score"]) for row in rows if row["query_id"] == person.id]
            assert found == [(m["rank"], m["profile_id"], m["score"]) for m in answer["matches"]]


def test_profiles_that_are_not_stored_are_asked_about_too(rooms: Rooms, out: Path) -> None:
    stranger = msgspec.structs.replace(nurse(1), id="stranger")
    nameless = msgspec.structs.replace(nurse(2), id=None)
    match(rooms.matcher, [stranger, nameless, "ada"], out, k=3)
    rows = read(out)
    assert [row["query_id"] for row in rows] == ["stranger"] * 3 + ["query-2"] * 3 + ["ada"] * 3
    assert all(row["profile_id"].startswith("nurse-") for row in rows[:6])
    answer = rooms.similar(Query(profile=stranger, k=3))
    assert [(row["profile_id"], row["score"]) for row in rows[:3]] == [(m.profile_id, m.score) for m in answer.matches]


def test_a_filter_holds_for_every_query(rooms: Rooms, out: Path) -> None:
    match(rooms.matcher, ["ada", "nurse-0"], out, k=50, where=Filter(location=("Leeds",)))
    found = [(row["query_id"], row["profile_id"]) for row in read(out)]
    assert sorted(found) == sorted(
        [("ada", f"nurse-{n}") for n in range(4)] + [("nurse-0", f"nurse-{n}") for n in (1, 2, 3)]
    )


def test_an_unknown_id_costs_itself_alone(rooms: Rooms, out: Path) -> None:
    done: list[int] = []
    summary = match(rooms.matcher, ["ada", "nobody", "nurse-0"], out, k=2, on_answer=done.append)
    assert summary.unanswered == (Unanswered("nobody", "no profile with id 'nobody' in this pool; check the id"),)
    assert [row["query_id"] for row in read(out)] == ["ada", "ada", "nurse-0", "nurse-0"]
    assert done == [1, 2, 3]


def test_no_queries_make_an_empty_file_that_can_be_read(rooms: Rooms, out: Path) -> None:
    assert match(rooms.matcher, [], out).matches == 0
    assert read(out) == []


def test_columns_are_the_same_in_both_kinds(rooms: Rooms, tmp_path: Path) -> None:
    for name in ("a.parquet", "a.jsonl"):
        match(rooms.matcher, ["ada"], tmp_path / name, k=3)
    assert read(tmp_path / "a.parquet") == read(tmp_path / "a.jsonl")
    assert pq.read_schema(tmp_path / "a.parquet").names == list(Row.__struct_fields__)


def opened(settings: Settings) -> Matcher:
    """What each process of `Workers` opens."""
    return Rooms(settings).matcher


def test_several_processes_write_the_same_file(rooms: Rooms, settings: Settings, tmp_path: Path) -> None:
    """Two processes take turns at parts of 16; the answers stand in the order of the questions all the same."""
    ids = [*everyone(rooms.collection), "nobody"] * 4
    alone = match(rooms.matcher, ids, tmp_path / "alone.jsonl", k=3)
    with Workers(partial(opened, settings), 2) as workers:
        together = match(workers, ids, tmp_path / "together.jsonl", k=3)
    assert (tmp_path / "together.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()
    assert together == alone
    assert len(alone.unanswered) == 4


def test_an_error_in_a_process_is_raised_here(settings: Settings, out: Path) -> None:
    with Workers(partial(opened, settings), 1) as workers, pytest.raises(QueryError, match="k is 0"):
        match(workers, ["ada"], out, k=0)
    assert list(out.parent.iterdir()) == []


def test_row_groups_stream(rooms: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """5 queries of 4 rows at groups of 8 rows or more: 8, 8, 4."""
    monkeypatch.setattr(batch_sinks, "ROW_GROUP", 8)
    match(rooms.matcher, [f"eng-{n:03}" for n in range(5)], tmp_path / "a.parquet", k=4)
    stored = pq.ParquetFile(tmp_path / "a.parquet").metadata
    assert [stored.row_group(n).num_rows for n in range(stored.num_row_groups)] == [8, 8, 4]


def broken_queries() -> Iterator[str | Profile]:
    yield "ada"
    raise OSError("the disk went away")


def test_an_interrupted_batch_leaves_what_stood_there(rooms: Rooms, out: Path) -> None:
    match(rooms.matcher, ["ada"], out, k=1)
    before = out.read_bytes()
    with pytest.raises(OSError, match="the disk went away"):
        match(rooms.matcher, broken_queries(), out, k=2)
    assert out.read_bytes() == before
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("k", [0, 10_000])
def test_k_out_of_range_writes_nothing(rooms: Rooms, out: Path, k: int) -> None:
    with pytest.raises(QueryError, match=f"k is {k}"):
        match(rooms.matcher, ["ada"], out, k=k)
    assert list(out.parent.iterdir()) == []


def test_another_kind_of_file_is_refused_before_anything_is_asked(rooms: Rooms, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"\.parquet or \.jsonl"):
        match(rooms.matcher, broken_queries(), tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []
