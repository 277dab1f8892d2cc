"""The benchmarks' README says what the results say, and every result says how it came to be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jinja2
import pytest

from benchmarks import provenance, tables

RESULTS = sorted(provenance.RESULTS.glob("*.json"))


def test_the_readme_is_that_of_the_results() -> None:
    assert tables.differences() == [], "run: python -m benchmarks.tables"


def test_a_changed_figure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "README.md"
    document.write_text(tables.render().replace("| start of the command |", "| end of the command |"), encoding="utf-8")
    monkeypatch.setattr(tables, "DOCUMENT", document)
    monkeypatch.setattr(sys, "argv", ["tables", "--check"])
    with pytest.raises(SystemExit) as ended:
        tables.main()
    assert "-| end of the command |" in str(ended.value)
    assert "+| start of the command |" in str(ended.value)
    monkeypatch.setattr(sys, "argv", ["tables"])
    tables.main()
    assert document.read_text(encoding="utf-8") == tables.render()
    monkeypatch.setattr(sys, "argv", ["tables", "--check"])
    tables.main()


def test_a_figure_that_no_result_holds_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = tmp_path / "README.md.j2"
    template.write_text("{{ latency.clock.no_such_figure | number }}", encoding="utf-8")
    monkeypatch.setattr(tables, "TEMPLATE", template)
    with pytest.raises(jinja2.UndefinedError, match="no_such_figure"):
        tables.render()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (tables.number(14234), "14,234"),
        (tables.number(29.65, 1), "29.7"),
        (tables.number(-0.74, 1), "−0.7"),
        (tables.number(-0.04, 1), "0.0"),
        (tables.number(0.0125, 3), "0.013"),
        (tables.share(0.8665), ".867"),
        (tables.share(-0.125, 2), "−.13"),
        (tables.share(1.0, 2), "1.00"),
        (tables.share(0.9996), "1.000"),
        (tables.percent(0.0863, 1), "8.6%"),
        (tables.interval([0.0315, 0.1242]), ".032–.124"),
        (tables.one_in(0.00924), "1/108"),
    ],
)
def test_figures_are_shown_as_they_are_read(shown: str, expected: str) -> None:
    assert shown == expected


def test_sections_measured_apart_are_told_apart() -> None:
    early = {"command": "python -m a", "recorded": {"commit": "abc1234", "date": "2020-01-02"}}
    late = {"command": "python -m a --only b", "commit": "def5678+changes", "date": "2020-01-03"}
    assert tables.origin({"x": late, "y": early, "z": early}) == (
        "`python -m a`, recorded in abc1234, 2020-01-02; `python -m a --only b`, at def5678+changes, 2020-01-03"
    )


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_every_result_says_how_it_came_to_be(path: Path) -> None:
    results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for part in [results] if "command" in results else results.values():
        at = part.get("recorded", part)
        assert f"benchmarks.{path.stem}" in part["command"].replace("/", ".")
        assert at["commit"]
        assert len(at["date"].split("-")) == 3
        assert part["machine"]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def test_the_commit_is_that_of_the_checkout(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    results = tree / "benchmarks" / "results"
    results.mkdir(parents=True)
    assert provenance.commit(tree) == "unknown"
    (tree / "code.py").write_text("a = 1\n")
    git(tree, "init", "--quiet")
    assert provenance.commit(tree) == "unknown"
    git(tree, "add", ".")
    git(tree, "commit", "--quiet", "--no-verify", "-m", "Begin")
    hashed = git(tree, "rev-parse", "--short", "HEAD")
    (results / "made.json").write_text("{}\n")
    assert provenance.commit(tree) == hashed
    assert provenance.commit(results) == "unknown"  # inside another checkout
    (tree / "code.py").write_text("a = 2\n")
    assert provenance.commit(tree) == f"{hashed}+changes"


def test_a_run_tells_its_command_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["/opt/python3", "-m", "benchmarks.batch", "--out", "a b.json"])
    message = provenance.provenance()
    assert message["command"] == "python -m benchmarks.batch --out 'a b.json'"
    assert set(message) == {"command", "commit", "date", "machine"}


def test_a_section_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "results" / "made.json"
    provenance.keep_section(path, "b", {"figure": 1})
    provenance.keep_section(path, "a", {"figure": 2})
    provenance.keep_section(path, "b", {"figure": 3})
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": {"figure": 2}, "b": {"figure": 3}}
