"""However a batch ends, its processes end too, and what it left half-written is found out."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from recommender.batch.unfinished import unfinished


def alive(pid: str) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def within(seconds: float, condition: object) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent(ended_by: signal.Signals, tmp_path: Path) -> None:
    workers, out = tmp_path / "workers", tmp_path / "out"
    workers.mkdir()
    batch = subprocess.Popen(
        [sys.executable, "-m", "tests.batch.slow", str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # tests that run in the background of a shell are started with Ctrl-C ignored, and so would this be
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert within(120, lambda: len(list(workers.iterdir())) == 2)
        pids = [path.name for path in workers.iterdir()]
        assert [path.suffix for path in out.iterdir()] == [".tmp"]
        batch.send_signal(ended_by)
        batch.wait(60)
        assert within(60, lambda: not any(map(alive, pids)))
    finally:
        batch.kill()
    if ended_by is signal.SIGKILL:
        assert len(list(out.iterdir())) == 1
        with unfinished(out / "m.jsonl") as fresh:
            assert list(out.iterdir()) == [fresh]
    assert list(out.iterdir()) == []


def test_leftovers_are_swept_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    out = tmp_path / "m[1]*.jsonl"
    left, other = tmp_path / f".{out.name}.abc.tmp", tmp_path / ".m11.jsonl.abc.tmp"
    left.touch()
    other.touch()
    with unfinished(out) as first, unfinished(out) as second:
        assert set(tmp_path.iterdir()) == {first, second, other}
        assert first.stat().st_mode & 0o777 == 0o600
    assert set(tmp_path.iterdir()) == {other}


def test_a_file_that_was_moved_stays(tmp_path: Path) -> None:
    out = tmp_path / "m.jsonl"
    with unfinished(out) as beside:
        beside.write_text("whole")
        beside.replace(out)
    assert [path.name for path in tmp_path.iterdir()] == ["m.jsonl"]


def test_a_run_that_lost_its_file_to_a_sweep_makes_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Swept between making and locking: the first lock finds its file gone."""
    locked = fcntl.flock
    swept: list[Path] = []

    def flock(descriptor: int, operation: int) -> None:
        if not swept:
            (made,) = tmp_path.iterdir()
            swept.append(made)
            made.unlink()
        locked(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    with unfinished(tmp_path / "m.jsonl") as beside:
        assert beside.exists()
        assert [beside] != swept
