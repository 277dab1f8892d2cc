"""`recommender audit`, and what commands add to the log."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_commands_that_delete_and_export_are_in_it(run: Run, pool: Path) -> None:
    assert run("audit", "verify", "--data", pool).out == "0 entries, the chain holds\n"
    assert run("export", "nurse-1", "--data", pool).status == 0
    assert run("delete", "nurse-1", "nurse-2", "nobody", "nurse-1", "--data", pool).status == 1
    assert run("export", "nobody", "--data", pool).status == 2
    shown = [json.loads(line) for line in run("audit", "show", "--json", "--data", pool).out.splitlines()]
    assert [(entry["did"], len(entry["whom"])) for entry in shown] == [("exported", 1), ("deleted", 2)]
    assert all(entry["who"].startswith("command line (") for entry in shown)
    assert "nurse" not in json.dumps(shown)
    verified = run("audit", "verify", "--json", "--data", pool)
    assert json.loads(verified.out) == {"entries": 2, "last": shown[-1]["hash"]}
    assert (pool.parent / "pool.access" / "audit.jsonl").exists()
    assert not [path for path in pool.rglob("*") if "audit" in path.name]


def test_what_was_done_with_one_person(run: Run, pool: Path) -> None:
    run("delete", "nurse-1", "--data", pool)
    run("export", "nurse-2", "--data", pool)
    for person, deeds in (("nurse-1", ["deleted"]), ("nurse-2", ["exported"]), ("nurse-3", [])):
        lines = run("audit", "show", "--whom", person, "--data", pool).out.splitlines()
        assert [deed for deed in ("deleted", "exported") if any(deed in line for line in lines)] == deeds
    assert run("audit", "show", "--who", "portal", "--data", pool).out == ""


def test_a_broken_chain_is_one_line_that_names_where(run: Run, pool: Path) -> None:
    for number in (1, 2, 3):
        run("export", f"nurse-{number}", "--data", pool)
    path = pool.parent / "pool.access" / "audit.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    last = json.loads(lines[-1])["hash"]
    assert run("audit", "verify", "--holds", last, "--data", pool).status == 0
    path.write_bytes(lines[0] + lines[2])
    done = run("audit", "verify", "--data", pool)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "line 2 does not follow the one before" in done.err
    path.write_bytes(lines[0] + lines[1])
    assert run("audit", "verify", "--data", pool).status == 0, "which a chain alone cannot show"
    done = run("audit", "verify", "--holds", last, "--data", pool)
    assert (done.status, "its end was cut off" in done.err) == (2, True)
