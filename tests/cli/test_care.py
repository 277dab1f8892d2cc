"""Commands that care for a pool: compact, backup, restore, check, export; and evaluate."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_backup_restored_elsewhere_gives_the_same_answers(run: Run, pool: Path, tmp_path: Path) -> None:
    assert (
        run("backup", tmp_path / "kept", "--data", pool).out == f"6 profiles of generation 6 in {tmp_path / 'kept'}\n"
    )
    before = run("similar", "nurse-2", "--data", pool, "--json").out
    run("delete", "nurse-1", "--data", pool)
    assert run("restore", tmp_path / "kept", "--data", tmp_path / "again").status == 0
    assert run("similar", "nurse-2", "--data", tmp_path / "again", "--json").out == before
    assert run("restore", tmp_path / "kept", "--data", pool).status == 2, "a pool that is there is not overwritten"


def test_after_delete_and_compact_no_file_holds_the_text(run: Run, pool: Path) -> None:
    def holding(text: bytes) -> list[str]:
        return [path.name for path in pool.rglob("*") if path.is_file() and text in path.read_bytes()]

    assert holding(b"Tamsin Okoye-Lind")
    assert run("delete", "tamsin", "--data", pool).status == 0
    assert run("compact", "--data", pool).status == 0
    assert holding(b"Okoye") == holding(b"tamsin") == []
    assert run("count", "--data", pool).out == "5\n"


def test_check_finds_nothing_in_a_sound_pool_and_names_damage(run: Run, pool: Path) -> None:
    assert run("check", "--data", pool) == (0, "nothing is wrong\n", "")
    database = pool / "pool.sqlite"
    content = bytearray(database.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    database.write_bytes(content)
    done = run("check", "--data", pool, "--json")
    assert done.status == 1
    assert all(set(json.loads(line)) == {"place", "problem", "fix"} for line in done.out.splitlines())


def test_export_gives_a_person_all_that_is_held(run: Run, pool: Path) -> None:
    held = json.loads(run("export", "nurse-4", "--data", pool).out)
    assert held["profile"]["name"] == "Nurse Number 4"
    assert held["facts"]["years"] == 4
    assert len(held["vector"]) > 0
    assert run("export", "nobody", "--data", pool).status == 2


def test_evaluate_measures_and_says_what_was_missing(run: Run, pool: Path, tmp_path: Path) -> None:
    """Nurses above the manager is the right order: nDCG and pairwise are 1; a missing candidate is status 1."""
    lines = [("nurse-1", "nurse-2", 3), ("nurse-1", "tamsin", 0)]
    path = tmp_path / "judgments.jsonl"
    path.write_text("".join(json.dumps({"seed": s, "candidate": c, "grade": g}) + "\n" for s, c, g in lines))
    done = run("evaluate", "--judgments", path, "--data", pool, "--json")
    measured = json.loads(done.out)
    assert (done.status, measured["ndcg@10"], measured["pairwise"]) == (0, 1.0, 1.0)
    assert (measured["seeds"], measured["pairs"]) == (1, 2)
    with path.open("a") as file:
        file.write('{"seed": "nurse-1", "candidate": "gone", "grade": 1}\n')
    assert run("evaluate", "--judgments", path, "--data", pool).status == 1


def test_the_map_is_worked_out_ahead_and_kept_until_the_pool_is_compacted(run: Run, pool: Path) -> None:
    assert run("map", "--data", pool) == (0, "the map is kept with the pool\n", "")
    assert len(list(pool.rglob("plane.seal"))) == 1
    assert run("compact", "--data", pool).status == 0
    assert list(pool.rglob("plane.seal")) == []


def test_a_map_of_nobody_says_so(run: Run, pool: Path) -> None:
    run("delete", *(f"nurse-{number}" for number in range(1, 6)), "tamsin", "--data", pool)
    assert run("map", "--data", pool).out == "nobody to place; ingest somebody first\n"
