"""`Processes`: the numbers are those of one process, whatever becomes of the others; and none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from recommender.collection import open_collection
from recommender.encoding import EncodedProfile
from recommender.errors import EncoderError
from recommender.profile import Profile
from recommender.reading import Found
from recommender.storing import Here, Processes
from tests.service.people import engineer, nurse
from tests.storing.interrupted import PEOPLE, open_broken, open_hashed


def found(profile: Profile) -> Found:
    return Found(profile, "crew.jsonl", str(profile.id))


def as_bytes(one: EncodedProfile) -> tuple[object, ...]:
    columns = {name: column.tobytes() for name, column in one.features.columns.items()}
    return one.profile, one.facts, one.vector.tobytes(), columns, one.fingerprint


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def alive(pid: str) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_they_give_what_one_gives_in_order_and_refuse_in_place() -> None:
    too_long = msgspec.structs.replace(nurse(3), about="x " * 150_000)
    batch = [found(one) for one in (*map(nurse, range(3)), too_long, *map(engineer, range(40)))]
    here = Here(open_hashed())
    expected, refused = here.begin(batch)()
    with Processes(open_hashed, 2, here, few=0) as processes:
        first, second = processes.begin(batch), processes.begin(batch[:2])
        fit, unfit = first()
        assert list(map(as_bytes, fit)) == list(map(as_bytes, expected))
        assert [one.place for one in unfit] == [one.place for one in refused] == ["nurse-3"]
        assert list(map(as_bytes, second()[0])) == list(map(as_bytes, expected[:2]))


def test_none_is_started_for_a_few(tmp_path: Path) -> None:
    some = [found(nurse(number)) for number in range(3)]
    with Processes(partial(open_hashed, tmp_path), 2, Here(open_hashed()), few=6) as processes:
        assert [len(processes.begin(some)()[0]) for _ in range(2)] == [3, 3]
        assert list(tmp_path.iterdir()) == []
        assert len(processes.begin(some)()[0]) == 3
        assert within(60, lambda: len(list(tmp_path.iterdir())) == 2)


@pytest.mark.parametrize("dead", [1, 2])
def test_those_that_die_cost_nobody(dead: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    batch = [found(nurse(number)) for number in range(40)]
    with Processes(partial(open_hashed, tmp_path), 2, Here(open_hashed()), few=0) as processes:
        processes.begin(batch)()
        assert within(60, lambda: len(list(tmp_path.iterdir())) == 2)
        waiting = [processes.begin(batch) for _ in range(2)]
        for path in sorted(tmp_path.iterdir())[:dead]:
            os.kill(int(path.name), signal.SIGKILL)
        for outcome in waiting:
            assert [one.profile_id for one in outcome()[0]] == [one.profile.id for one in batch]
        assert len(processes.begin(batch)()[0]) == 40
    # one process that goes on takes all that comes later: what died with the other is encoded here, and no more
    assert 1 <= caplog.text.count("for want of memory") <= (1 if dead == 1 else 15)


def test_an_error_that_is_no_records_is_raised_where_it_is_waited_for() -> None:
    with Processes(open_broken, 1, Here(open_hashed()), few=0) as processes:
        waiting = processes.begin([found(nurse(number)) for number in range(40)])
        with pytest.raises(EncoderError, match="no such model"):
            waiting()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_was_acknowledged_stays_and_a_repeated_run_brings_the_rest(
    ended_by: signal.Signals, tmp_path: Path
) -> None:
    people = tmp_path / "processes"
    people.mkdir()
    command = [sys.executable, "-m", "tests.storing.interrupted", str(tmp_path / "pool"), str(people)]
    # tests that run in the background of a shell are started with Ctrl-C ignored, and so would this be
    as_usual = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    ingest = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=as_usual
    )
    assert ingest.stdout is not None
    with ingest, ingest.stdout:
        acknowledged = int(ingest.stdout.readline())
        ingest.send_signal(ended_by)
        acknowledged = max([acknowledged, *map(int, ingest.stdout)])
    assert within(60, lambda: not any(alive(path.name) for path in people.iterdir()))
    assert held(tmp_path / "pool")[:acknowledged] == [f"nurse-{number}" for number in range(acknowledged)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) == PEOPLE
    assert held(tmp_path / "pool") == [f"nurse-{number}" for number in range(PEOPLE)]


def held(pool: Path) -> list[str]:
    collection = open_collection(pool)
    try:
        with collection.view() as view:
            return list(view.ids(view.rows()))
    finally:
        collection.close()
