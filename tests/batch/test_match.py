"""The batch against the matcher and against HTTP: the same ids, scores and reasons, in both kinds of file."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest

from recommender.batch import ALL, BareRow, Progress, Reject, Row, Summary, Unanswered, Workers, match, pieces
from recommender.batch.forms import form as forms
from recommender.batch.forms.schema import SCHEMAS, said_in
from recommender.collection import Collection, Filter
from recommender.errors import QueryError
from recommender.matching import Matcher, Query
from recommender.profile import Profile
from recommender.reading import Found, Rejected
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
    ids = sorted(str(person.id) for person in PEOPLE)
    summary = match(rooms.matcher, ALL, out, k=5)
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
    done: list[Progress] = []
    summary = match(rooms.matcher, ["ada", "nobody", "nurse-0"], out, k=2, on_progress=done.append)
    why = "no profile with id 'nobody' in this pool; check the id"
    assert summary.unanswered == (Unanswered("nobody", why, 2),)
    assert [row["query_id"] for row in read(out)] == ["ada", "ada", "nurse-0", "nurse-0"]
    assert done == [Progress(0, 3, 0), Progress(3, 3, 0)]


def test_no_queries_make_an_empty_file_that_can_be_read(rooms: Rooms, out: Path) -> None:
    assert match(rooms.matcher, [], out).matches == 0
    assert read(out) == []


def test_columns_are_the_same_in_both_kinds(rooms: Rooms, tmp_path: Path) -> None:
    for name in ("a.parquet", "a.jsonl"):
        match(rooms.matcher, ["ada"], tmp_path / name, k=3)
    assert read(tmp_path / "a.parquet") == read(tmp_path / "a.jsonl")
    match(rooms.matcher, ["ada"], tmp_path / "a.csv", k=3)
    with (tmp_path / "a.csv").open(newline="") as lines:
        cells = list(csv.DictReader(lines))
    for row, line in zip(read(tmp_path / "a.jsonl"), cells, strict=True):
        assert list(line) == list(row)
        for name, value in row.items():
            written = "" if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()
            assert line[name] == written
    assert pq.read_schema(tmp_path / "a.parquet").names == list(Row.__struct_fields__)


def test_a_parquet_file_says_what_it_is(rooms: Rooms, tmp_path: Path) -> None:
    done = match(rooms.matcher, ["ada"], tmp_path / "a.parquet", k=3, where=Filter(location=("Leeds",)))
    said = said_in(tmp_path / "a.parquet")
    assert (said["schema"], said["generation"]) == (2, done.generation)
    assert (said["asked"]["k"], said["asked"]["where"]["location"]) == (3, ["Leeds"])
    assert (said["fingerprint"], said["scoring"]) == (done.fingerprint, done.scoring)
    stored = pq.ParquetFile(tmp_path / "a.parquet")
    assert {stored.metadata.row_group(0).column(at).compression for at in range(stored.metadata.num_columns)} == {
        "ZSTD"
    }
    for columns in SCHEMAS.values():
        assert all(field.metadata[b"description"] for field in columns)
    assert stored.schema_arrow.field("score").metadata[b"description"].startswith(b"0 to 100")


def test_the_summary_lies_beside_the_file(rooms: Rooms, out: Path) -> None:
    done = match(rooms.matcher, ["ada", "nobody"], out, k=3)
    said = msgspec.json.decode((out.parent / "matches.summary.json").read_bytes(), type=Summary)
    assert said == done
    assert (said.queries, said.matches, said.rejected, said.profiles, said.kept) == (1, 3, 1, len(PEOPLE), 0)
    assert said.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert {path.name for path in out.parent.iterdir()} == {out.name, "matches.summary.json", "rejects.jsonl"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in out.parent.iterdir())


def test_queries_without_rows_are_listed_with_their_places(rooms: Rooms, out: Path) -> None:
    """What could not be read, and what could not be answered; a later run without any leaves no such list."""
    unread = Rejected("people.jsonl", "line 1", "title", "it is a number; write a text")
    unknown = Found(nurse(1), "people.jsonl", "record 2")
    rejects = out.parent / "rejects.jsonl"
    done = match(rooms.matcher, [unread, unknown, "nobody"], out, k=3)
    listed = [msgspec.json.decode(line, type=Reject) for line in rejects.read_bytes().splitlines()]
    why = "no profile with id 'nobody' in this pool; check the id"
    assert listed == [Reject.of(unread), Reject("nobody", "", "query 2", "", why)]
    assert (done.queries, done.rejected) == (1, 2)
    match(rooms.matcher, ["ada"], out, k=3)
    assert not rejects.exists()
    match(rooms.matcher, ["nobody"], out, k=3, rejects=out.parent / "other.jsonl")
    assert (out.parent / "other.jsonl").exists()
    assert read(out) == []


def matcher_of(settings: Settings, collection: Collection) -> Matcher:
    """What each process of `Workers` answers with."""
    return Matcher(collection, Rooms(settings).profile_encoder)


@pytest.mark.parametrize("explain", [True, False])
@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_several_processes_write_the_same_file(
    suffix: str, explain: bool, rooms: Rooms, settings: Settings, tmp_path: Path
) -> None:
    """69 queries in pieces of 1,024 here, and of 4 over two processes, whichever of them comes first."""
    ids = [*(str(person.id) for person in PEOPLE), "nobody"] * 4
    alone = match(rooms.matcher, ids, tmp_path / f"alone{suffix}", k=3, explain=explain)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pieces, "MOST_QUERIES", 4)
        workers = Workers(partial(matcher_of, settings), 2)
        together = match(rooms.matcher, ids, tmp_path / f"together{suffix}", k=3, explain=explain, engine=workers)
    assert (tmp_path / f"together{suffix}").read_bytes() == (tmp_path / f"alone{suffix}").read_bytes()
    assert (together.unanswered, together.sha256) == (alone.unanswered, alone.sha256)
    assert (alone.pieces, together.pieces) == (1, 18)
    assert len(alone.unanswered) == 4


def test_without_explanations_who_and_how_alike_are_the_same(rooms: Rooms, out: Path) -> None:
    match(rooms.matcher, ALL, out, k=6)
    explained = read(out)
    match(rooms.matcher, ALL, out, k=6, explain=False)
    assert read(out) == [{name: row[name] for name in BareRow.__struct_fields__} for row in explained]


def broken(settings: Settings, collection: Collection) -> Matcher:
    raise QueryError("nothing can be asked here; ask elsewhere")


def test_an_error_in_a_process_is_raised_here(rooms: Rooms, settings: Settings, out: Path) -> None:
    with pytest.raises(QueryError, match="nothing can be asked here"):
        match(rooms.matcher, ["ada"], out, engine=Workers(partial(broken, settings), 1))
    assert list(out.parent.iterdir()) == []


def test_row_groups_are_of_one_size_whatever_the_pieces(
    rooms: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5 queries of 4 rows at groups of 8 rows: 8, 8, 4, with three queries to a piece."""
    monkeypatch.setattr(forms, "ROW_GROUP", 8)
    monkeypatch.setattr(pieces, "MOST_QUERIES", 3)
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
    assert {path.name for path in out.parent.iterdir()} == {out.name, "matches.summary.json"}


@pytest.mark.parametrize("k", [0, 10_000])
def test_k_out_of_range_writes_nothing(rooms: Rooms, out: Path, k: int) -> None:
    with pytest.raises(QueryError, match=f"k is {k}"):
        match(rooms.matcher, ["ada"], out, k=k)
    assert not out.parent.exists()


def test_another_kind_of_file_is_refused_before_anything_is_asked(rooms: Rooms, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"\.parquet, \.jsonl or \.csv"):
        match(rooms.matcher, broken_queries(), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []
