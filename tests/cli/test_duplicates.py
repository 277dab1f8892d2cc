"""`recommender duplicates`: what it finds, writes, links and unlinks."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from recommender.profile import profile_to_json
from tests.cli.conftest import Run
from tests.duplicates.people import people, reordered, with_a_job


@pytest.fixture
def twice(run: Run, tmp_path: Path) -> Path:
    """A pool of eight people, of whom two are there twice."""
    file, data = tmp_path / "people.jsonl", tmp_path / "pool"
    everybody = people()[:8]
    copies = [reordered(everybody[2], "again"), with_a_job(everybody[5], "newer")]
    file.write_bytes(b"\n".join(map(profile_to_json, [*everybody, *copies])))
    assert run("ingest", file, "--data", data).status == 0
    return data


def test_who_is_there_twice_is_told_with_the_reasons(run: Run, twice: Path) -> None:
    done = run("duplicates", "--data", twice)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[-1] == "2 people with 4 profiles"
    assert "newer: p5" in done.out
    assert "of the shorter one's text is in the other" in done.out
    first, second = map(json.loads, run("duplicates", "--data", twice, "--json").out.splitlines())
    assert (sorted(first["profile_ids"]), second["profile_ids"]) == (["again", "p2"], ["newer", "p5"])
    assert run("count", "--data", twice).out == "10\n", "nothing is linked without --apply"


def test_pairs_are_written_as_rows(run: Run, twice: Path, tmp_path: Path) -> None:
    for name in ("pairs.jsonl", "pairs.parquet"):
        assert run("duplicates", "--data", twice, "--out", tmp_path / name).out == "2 people with 4 profiles\n"
    lines = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text().splitlines()]
    assert pq.read_table(tmp_path / "pairs.parquet").to_pylist() == lines
    assert {(line["left"], line["right"]) for line in lines} == {("p2", "again"), ("p5", "newer")}
    assert all(line["score"] == pytest.approx(sum(one["points"] for one in line["evidence"])) for line in lines)
    refused = run("duplicates", "--data", twice, "--out", tmp_path / "pairs.csv")
    assert (refused.status, "name one that ends in .jsonl or .parquet" in refused.err) == (2, True)


def test_people_who_are_linked_count_once_until_they_are_unlinked(run: Run, twice: Path) -> None:
    assert run("duplicates", "--data", twice, "--apply").out.endswith("2 people with 4 profiles, linked\n")
    assert run("count", "--data", twice).out == "8\n"
    assert run("duplicates", "--data", twice).out == "0 people with 0 profiles\n"
    assert "newer" not in run("similar", "p5", "--data", twice, "--json").out
    assert json.loads(run("export", "p5", "--data", twice).out)["linked"] == ["newer"]
    done = run("duplicates", "--data", twice, "--unlink", "p5", "--unlink", "p0")
    assert (done.status, done.out) == (1, "1 unlinked\n")
    assert done.err == "rejected: p0: no profile that is linked has this id\n"
    assert run("count", "--data", twice).out == "9\n"
    assert run("duplicates", "--data", twice, "--unlink", "p0").status == 2
    assert run("duplicates", "--data", twice, "--unlink", "p0", "--again").status == 2
    assert run("duplicates", "--data", twice, "--unlink", "p2", "--apply").status == 2


def test_who_was_unlinked_is_not_linked_again_unless_asked(run: Run, twice: Path) -> None:
    run("duplicates", "--data", twice, "--apply")
    assert run("duplicates", "--data", twice, "--unlink", "p5").out == "1 unlinked\n"
    assert run("duplicates", "--data", twice).out == "0 people with 0 profiles\n"
    assert run("duplicates", "--data", twice, "--apply").out == "0 people with 0 profiles, linked\n"
    assert run("count", "--data", twice).out == "9\n"
    assert json.loads(run("export", "p5", "--data", twice).out)["kept_apart"] == ["newer"]
    assert run("duplicates", "--data", twice, "--again").out.endswith("1 people with 2 profiles\n")
    assert run("duplicates", "--data", twice, "--apply", "--again").out.endswith("1 people with 2 profiles, linked\n")
    assert run("count", "--data", twice).out == "8\n"
