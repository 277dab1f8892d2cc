"""An interrupted run goes on where it was, over the pool that it began with, and writes what it would have written."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from recommender.batch import ALL, Here, Progress, match, pieces
from recommender.batch.engine import MakeMatcher
from recommender.batch.pieces import Asking, Piece, Worked
from recommender.errors import BatchError
from recommender.matching import Matcher
from recommender.settings import Settings
from tests.batch.crash import run
from tests.service.people import ADA, Rooms, engineer, nurse

PEOPLE = (ADA, *(engineer(number) for number in range(8)), *(nurse(number) for number in range(3)))


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    monkeypatch.setattr(pieces, "MOST_QUERIES", 2)  # six pieces
    with Rooms(Settings.load(data=tmp_path / "pool")) as rooms:
        list(rooms.ingest(PEOPLE))
        yield rooms


class Stopping:
    """An engine that is stopped after so many pieces, which come in another order."""

    def __init__(self, rooms: Rooms | Matcher, after: int, error: type[BaseException] = KeyboardInterrupt) -> None:
        def matcher_of(collection: object) -> Matcher:
            return Matcher(collection, rooms.profile_encoder)  # type: ignore[arg-type]

        make: MakeMatcher = matcher_of
        self._here, self._after, self._error = Here(make), after, error
        self.worked: list[int] = []

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        for done in self._here.work(pool, asking, reversed(list(pieces))):
            if len(self.worked) == self._after:
                raise self._error
            self.worked.append(done.number)
            yield done


@pytest.mark.parametrize("name", ["m.parquet", "m.jsonl", "m.csv"])
@pytest.mark.parametrize("after", [1, 3, 5])
def test_it_goes_on_where_it_was(after: int, name: str, rooms: Rooms, tmp_path: Path) -> None:
    match(rooms.matcher, ALL, tmp_path / "whole" / name, k=3)
    out, first, second = tmp_path / "out" / name, Stopping(rooms, after), Stopping(rooms, 6)
    with pytest.raises(KeyboardInterrupt):
        match(rooms.matcher, ALL, out, k=3, engine=first)
    assert [path.name for path in out.parent.iterdir()] == [f".{name}.run"]
    assert (out.parent / f".{name}.run").stat().st_mode & 0o077 == 0
    told: list[Progress] = []
    done = match(rooms.matcher, ALL, out, k=3, engine=second, on_progress=told.append)
    assert (first.worked, second.worked) == ([5, 4, 3, 2, 1, 0][:after], [5, 4, 3, 2, 1, 0][after:])
    assert told[0] == Progress(2 * after, 12, 2 * after)
    assert (told[-1], done.kept) == (Progress(12, 12, 2 * after), 2 * after)
    assert out.read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert not (out.parent / f".{name}.run").exists()


def test_all_of_it_is_of_the_generation_it_began_with(rooms: Rooms, tmp_path: Path) -> None:
    match(rooms.matcher, ALL, tmp_path / "whole.parquet", k=3)
    out = tmp_path / "out" / "m.parquet"
    with pytest.raises(KeyboardInterrupt):
        match(rooms.matcher, ALL, out, k=3, engine=Stopping(rooms, 2))
    rooms.collection.delete(["ada", "nurse-0"])
    list(rooms.ingest([engineer(20), nurse(20)]))
    rooms.collection.seal()
    done = match(rooms.matcher, ALL, out, k=3)
    assert out.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    with rooms.collection.view() as view:
        assert (done.profiles, len(view)) == (12, 12)
        assert done.generation < view.generation


def test_a_run_of_another_command_is_refused_and_kept(rooms: Rooms, tmp_path: Path) -> None:
    out = tmp_path / "m.parquet"
    with pytest.raises(KeyboardInterrupt):
        match(rooms.matcher, ["ada", "nurse-0", "nurse-1"], out, k=3, engine=Stopping(rooms, 1))
    kept = sorted(path.name for path in (tmp_path / ".m.parquet.run" / "done").iterdir())
    with pytest.raises(BatchError, match=r"of another command \(k 3, now 4\); finish it by its own, or .* --anew"):
        match(rooms.matcher, ["ada", "nurse-0", "nurse-1"], out, k=4)
    with pytest.raises(BatchError, match="queries"):
        match(rooms.matcher, ["ada", "nurse-0", "nurse-2"], out, k=3)
    assert sorted(path.name for path in (tmp_path / ".m.parquet.run" / "done").iterdir()) == kept
    assert match(rooms.matcher, ["ada", "nurse-0", "nurse-1"], out, k=4, anew=True).matches == 12


def test_an_error_before_anything_is_done_leaves_nothing(rooms: Rooms, tmp_path: Path) -> None:
    out = tmp_path / "out" / "m.parquet"
    with pytest.raises(ZeroDivisionError):
        match(rooms.matcher, ALL, out, k=3, engine=Stopping(rooms, 0, ZeroDivisionError))
    assert list(out.parent.iterdir()) == []


class Ending(Stopping):
    """An engine that notes that its work was ended."""

    ended = False

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        try:
            yield from super().work(pool, asking, pieces)
        finally:
            self.ended = True


def test_work_ends_where_the_interruption_comes_between_pieces(rooms: Rooms, tmp_path: Path) -> None:
    engine = Ending(rooms, 6)

    def interrupted(progress: Progress) -> None:
        if progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        match(rooms.matcher, ALL, tmp_path / "m.parquet", k=3, engine=engine, on_progress=interrupted)
    assert stopped.value is not None  # whose traceback holds on to the work
    assert engine.ended
    assert match(rooms.matcher, ALL, tmp_path / "m.parquet", k=3).kept == 4


class Meanwhile(Stopping):
    """An engine that begins the same run again while it goes on."""

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        with pytest.raises(BatchError, match="another process is writing"):
            match(self.rooms.matcher, ALL, pool.parent.parent / "m.parquet", k=3)
        return super().work(pool, asking, pieces)

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms, 6)
        self.rooms = rooms


def test_one_run_at_a_time_writes_a_file(rooms: Rooms, tmp_path: Path) -> None:
    assert match(rooms.matcher, ALL, tmp_path / "m.parquet", k=3, engine=Meanwhile(rooms)).matches == 36


def killed(folder: Path, processes: int, after: float) -> bool:
    """Run it and kill it so many seconds after it began; whether it was still at work."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.batch.crash", str(folder), str(processes)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 120
    while not (folder / "out").exists() and started.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(after)
    alive = started.poll() is None
    started.kill()
    started.wait()
    return alive


def crash_loop(rooms: Rooms, folder: Path, kills: int) -> None:
    """Kill it at random moments, and look each time that nothing half-written has the file's name."""
    chance, whole, out = random.Random(kills), folder / "whole" / "m.parquet", folder / "out" / "m.parquet"
    run(folder, whole, 1)
    for number in range(kills):
        killed(folder, 1 + number % 2, chance.uniform(0, 2))
        if out.exists():
            assert out.read_bytes() == whole.read_bytes()
            out.unlink()
    run(folder, out, 1)
    assert out.read_bytes() == whole.read_bytes()
    assert {path.name for path in out.parent.iterdir()} == {"m.parquet", "m.summary.json"}


def test_killed_and_run_again_it_writes_the_same(rooms: Rooms, tmp_path: Path) -> None:
    crash_loop(rooms, tmp_path, 3)


@pytest.mark.faults
def test_killed_a_hundred_times_it_writes_the_same(rooms: Rooms, tmp_path: Path) -> None:
    crash_loop(rooms, tmp_path, 100)
