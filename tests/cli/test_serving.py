"""`recommender serve` and `demo`, up to where the server would start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_pool_that_cannot_be_opened_is_one_line_before_the_server_starts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pool.sqlite").write_bytes(b"no database" * 1000)
    done = run("serve", "--data", tmp_path, "--port", "0")
    assert done.status == 2
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1


def test_a_port_out_of_range_is_one_line(run: Run) -> None:
    done = run("serve", "--port", "70000")
    assert done.status == 2
    assert "setting port" in done.err


def test_demo_without_its_sample_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.sample_pool.__file__", str(tmp_path / "recommender" / "sample_pool.py"))
    done = run("demo", "--ingest-only", "--data", tmp_path / "pool")
    assert done.status == 2
    assert "the sample pool is not installed" in done.err
    assert not (tmp_path / "pool").exists()
