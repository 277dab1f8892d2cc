"""However a batch ends, its processes end too."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest


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
        assert [path.name for path in out.iterdir()] == [".m.jsonl.run"]
        batch.send_signal(ended_by)
        batch.wait(60)
        assert within(60, lambda: not any(map(alive, pids)))
    finally:
        batch.kill()
    # nothing was done that would be worth going on with, and who was killed cannot take its folder along
    assert [path.name for path in out.iterdir()] == ([".m.jsonl.run"] if ended_by is signal.SIGKILL else [])
