"""`recommender match` as a command: what lies beside its file, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from recommender.profile import profile_to_json
from tests.cli.conftest import Run
from tests.insights.moving.people import mover


def test_what_lies_beside_the_file(run: Run, pool: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "m.csv"
    done = run("match", "--all", "-k", "2", "--no-explain", "--report", "--out", out, "--data", pool, "--json")
    assert done.status == 0
    said = json.loads(done.out)
    assert (said["queries"], said["matches"], said["asked"]["explain"]) == (6, 12, False)
    assert out.read_text().startswith("query_id,rank,profile_id,score,band,generation\n")
    assert json.loads((out.parent / "m.summary.json").read_text()) == said
    assert "12 matches of 6 queries" in (out.parent / "m.report.html").read_text()
    assert {path.name for path in out.parent.iterdir()} == {"m.csv", "m.summary.json", "m.report.html"}


def test_queries_that_could_not_be_read_are_listed(run: Run, pool: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text('{"id": "a", "title": "Nurse"}\n{"title": 7}\n')
    done = run("match", people, "-k", "1", "--out", tmp_path / "m.jsonl", "--data", pool)
    assert done.status == 1
    (listed,) = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert (listed["source"], listed["place"], listed["field"]) == ("people.jsonl", "line 2", "title")
    assert f"rejected: people.jsonl: line 2: title: {listed['reason']}" in done.err


def test_a_file_is_brought_up(run: Run, pool: Path, tmp_path: Path) -> None:
    out, bare = tmp_path / "m.parquet", ("match", "--all", "--no-explain", "-k", "2", "--data", pool)
    assert run(*bare, "--out", out, "--keep-basis").status == 0
    before = pq.read_table(out).column("generation")[0].as_py()
    (tmp_path / "new.jsonl").write_text('{"id": "new", "title": "Nurse", "core_skills": ["Triage"]}\n')
    assert run("ingest", tmp_path / "new.jsonl", "--data", pool).status == 0
    done = run(*bare, "--out", out, "--since", str(before), "--json")
    assert (done.status, json.loads(done.out)["queries"]) == (0, 7)
    assert run(*bare, "--out", tmp_path / "w.parquet", "--keep-basis").status == 0
    assert out.read_bytes() == (tmp_path / "w.parquet").read_bytes()
    done = run(*bare, "--out", out, "--since", str(before))
    assert done.status == 2
    assert f"--since {before}: {out} is of generation" in done.err
    done = run("match", "--all", "--data", pool, "--out", out, "--since", out)
    assert done.status == 2
    assert "ask for --all --no-explain" in done.err


def test_a_file_says_who_is_likely_to_move_where_the_setting_is_on_and_not_of_its_owners_people(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, out = tmp_path / "people.jsonl", tmp_path / "m.jsonl"
    movers = [msgspec.structs.replace(mover(company), id=company) for company in ("Acme", "Globex")]
    people.write_bytes(b"\n".join(map(profile_to_json, movers)))
    assert run("ingest", people, "--data", tmp_path / "pool").status == 0

    def likely(*more: str) -> dict[str, bool | None]:
        assert run("match", "--all", "--data", tmp_path / "pool", "--out", out, *more).status == 0
        rows = map(json.loads, out.read_text().splitlines())
        return {row["profile_id"]: row["likely_to_move"] for row in rows}

    assert likely() == {"Acme": None, "Globex": None}
    done = run("match", "--all", "--data", tmp_path / "pool", "--out", out, "--where", "likely_to_move:true")
    assert (done.status, "RECOMMENDER_MOVES=true" in done.err) == (2, True)
    monkeypatch.setenv("RECOMMENDER_MOVES", "true")
    monkeypatch.setenv("RECOMMENDER_COMPANY_GROUPS", '["Umbrella=ACME|Hooli"]')
    assert likely() == {"Acme": True, "Globex": True}
    assert likely("--company", "Hooli Ltd") == {"Acme": False, "Globex": True}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--memory", "much"), "memory 'much' is no size; give one such as 4GB"),
        (("--memory", "10MB"), "has no room for one process"),
        (("--address", "auto"), "--address goes with --engine ray"),
        (("--workers", "0"), "--workers is 0; give 1 or more"),
    ],
)
def test_what_it_refuses_writes_nothing(
    given: tuple[str, ...], said: str, run: Run, pool: Path, tmp_path: Path
) -> None:
    done = run("match", "--all", "--out", tmp_path / "out" / "m.jsonl", "--data", pool, *given)
    assert done.status == 2
    assert said in done.err
    assert not (tmp_path / "out").exists()


def test_the_nearest_by_vector_alone(run: Run, pool: Path, tmp_path: Path) -> None:
    """Of six people each has five others."""
    out = tmp_path / "m.csv"
    done = run("match", "--all", "--neighbours", "-k", "9", "--out", out, "--data", pool, "--json")
    assert (done.status, json.loads(done.out)["matches"]) == (0, 30)
    assert out.read_text().startswith("query_id,rank,profile_id,similarity,generation\n")
    done = run("match", "--all", "--neighbours", "--report", "--out", out, "--data", pool)
    assert done.status == 2
    assert "a report is about scores" in done.err
