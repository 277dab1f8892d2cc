"""What is not a pool is one line and status 2, of every command, and nothing is left behind."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, Run

ASKING: dict[str, tuple[str, ...]] = {
    "count": ("count",),
    "similar": ("similar", "nurse-1"),
    "match": ("match", "--all", "--out", "OUT.jsonl"),
    "match of a file": ("match", str(EXAMPLE), "--out", "OUT.jsonl"),
    "delete": ("delete", "nurse-1"),
    "compact": ("compact",),
    "backup": ("backup", "KEPT"),
    "check": ("check",),
    "repair": ("check", "--repair"),
    "export": ("export", "nurse-1"),
    "serve": ("serve", "--port", "0"),
    "evaluate": ("evaluate", "--judgments", "JUDGED"),
}


def lay(place: Path, kind: str) -> None:
    if kind != "nothing":
        place.mkdir()
    if kind == "other things":
        (place / "hosts").write_text("127.0.0.1 localhost")
    if kind == "another database":
        connection = sqlite3.connect(place / "pool.sqlite")
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.close()


@pytest.mark.parametrize("kind", ["nothing", "empty", "other things", "another database"])
@pytest.mark.parametrize("command", ASKING)
def test_commands_that_ask_make_nothing(run: Run, tmp_path: Path, command: str, kind: str) -> None:
    (tmp_path / "JUDGED").write_text('{"seed": "a", "candidate": "b", "grade": 1}\n')
    lay(tmp_path / "place", kind)
    before = {path: path.stat().st_size for path in tmp_path.rglob("*")}
    arguments = [str(tmp_path / part) if part.isupper() or part == "OUT.jsonl" else part for part in ASKING[command]]
    done = run(*arguments, "--data", tmp_path / "place")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert {path: path.stat().st_size for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("kind", ["other things", "another database"])
def test_no_pool_is_ingested_into_a_folder_of_other_things(run: Run, nurses: Path, tmp_path: Path, kind: str) -> None:
    lay(tmp_path / "place", kind)
    before = sorted(tmp_path.rglob("*"))
    done = run("ingest", nurses, "--data", tmp_path / "place")
    assert done.status == 2
    assert "name" in done.err.splitlines()[-1]
    assert sorted(tmp_path.rglob("*")) == before


def test_an_emptied_pool_is_refused_and_not_filled_anew(run: Run, pool: Path, nurses: Path) -> None:
    (pool / "pool.sqlite").write_bytes(b"")
    for arguments in (("count",), ("ingest", nurses), ("serve", "--port", "0")):
        done = run(*arguments, "--data", pool)
        assert done.status == 2
        assert "restore BACKUP" in done.err
    assert run("check", "--data", pool).status == 1
    (pool / "pool.sqlite").unlink()
    for arguments in (("count",), ("ingest", nurses)):
        done = run(*arguments, "--data", pool)
        assert done.status == 2
        assert "is gone" in done.err


def test_a_pool_of_another_vocabulary_takes_no_filter_and_no_profile(
    run: Run, pool: Path, nurses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taxonomy = tmp_path / "skills.csv"
    taxonomy.write_text("conceptUri,preferredLabel,altLabels\nx,tune harps,harp tuning\n")
    assert run("skills", "import", taxonomy, "--out", tmp_path / "own.json").status == 0
    monkeypatch.setenv("RECOMMENDER_VOCABULARY", str(tmp_path / "own.json"))
    for arguments in (("count", "--where", "skills_all=Patient Care"), ("ingest", nurses), ("similar", "nurse-1")):
        done = run(*arguments, "--data", pool)
        assert (done.status, done.out) == (2, "")
        assert "vocabulary" in done.err.splitlines()[-1]


#: The document of somebody else: sound by itself, and not what the row's checksum is of.
OTHER = "(SELECT document FROM profiles WHERE id = 'nurse-5')"


def rotten(pool: Path, statement: str) -> None:
    with sqlite3.connect(pool / "pool.sqlite") as connection:
        connection.execute(statement)
    connection.close()


def test_check_says_which_side_is_wrong_and_repairs_it(run: Run, pool: Path) -> None:
    rotten(pool, f"UPDATE profiles SET document = {OTHER} WHERE id = 'nurse-4'")
    done = run("check", "--data", pool, "--json")
    (finding,) = map(json.loads, done.out.splitlines())
    assert finding["place"].startswith("profile 'nurse-4'")
    assert "check --repair" in finding["fix"]
    done = run("compact", "--data", pool)
    assert done.status == 2
    assert "'nurse-4'" in done.err
    done = run("check", "--repair", "--data", pool)
    assert (done.status, done.out, done.err) == (0, "nothing is wrong\n", "put back: nurse-4\n")
    assert json.loads(run("export", "nurse-4", "--data", pool).out)["profile"]["name"] == "Nurse Number 4"
    assert run("compact", "--data", pool).status == 0


def test_what_cannot_be_put_back_is_named_and_taken_out_on_demand(run: Run, pool: Path) -> None:
    for seal in pool.glob("derived/*/*"):
        seal.unlink()
    rotten(pool, "UPDATE profiles SET facts = x'00' WHERE id = 'nurse-4'")
    assert run("count", "--data", pool).out == "5\n"
    assert run("check", "--discard", "--data", pool).status == 2
    assert run("check", "--repair", "--data", pool).status == 1
    done = run("check", "--repair", "--discard", "--data", pool)
    assert (done.status, done.out) == (0, "nothing is wrong\n")
    assert "taken out: nurse-4" in done.err


def test_a_pool_made_by_a_command_is_its_owners_alone(run: Run, pool: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (pool, *pool.rglob("*"))}
    assert modes == {0}
