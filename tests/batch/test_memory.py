"""How many processes have room: by the files that they share, and what each holds."""

from __future__ import annotations

from functools import partial
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from recommender.batch import ALL, Here, Workers, engine, like, match, pieces, workers
from recommender.batch.memory import OF_A_PROCESS, Needs, beyond, bytes_of, resident, room
from recommender.errors import BatchError
from recommender.settings import Settings
from tests.batch.test_match import matcher_of, rooms, settings  # noqa: F401
from tests.service.people import Rooms


@pytest.mark.parametrize(
    ("size", "wanted"), [("4GB", 4 * 2**30), ("1.5g", 3 * 2**29), ("800 MB", 800 * 2**20), ("10", 10), ("2KiB", 2048)]
)
def test_sizes_are_read(size: str, wanted: int) -> None:
    assert bytes_of(size) == wanted


@pytest.mark.parametrize("size", ["", "much", "-1GB", "4 GB of it"])
def test_what_is_no_size_is_refused(size: str) -> None:
    with pytest.raises(BatchError, match="no size"):
        bytes_of(size)


def test_what_a_pool_needs_is_told_by_the_files_in_use(tmp_path: Path) -> None:
    """The newer segment's 300 bytes for all; of its 100 of vectors each holds codes, a tenth more."""
    for segment, size in (("000001-a", 999), ("000002-b", 100)):
        folder = tmp_path / "derived" / segment
        folder.mkdir(parents=True)
        for name in ("hnsw", "vectors", "rows"):
            (folder / f"{name}.seal").write_bytes(bytes(size))
    assert Needs.of(tmp_path) == Needs(300, OF_A_PROCESS + 110)
    (tmp_path / "derived" / "000002-b" / "hnsw.seal").unlink()
    assert Needs.of(tmp_path) == Needs(200, OF_A_PROCESS)
    assert Needs.of(tmp_path / "nothing") == Needs(0, OF_A_PROCESS)


def test_processes_beyond_the_room_are_left_out() -> None:
    needs = Needs(100 * 2**20, 200 * 2**20)
    assert [room(memory * 2**20, needs, 4) for memory in (300, 699, 700, 899, 900, 5_000)] == [1, 1, 2, 2, 3, 4]
    assert room(5_000 * 2**20, needs, 1) == 1
    with pytest.raises(BatchError, match="299 MB has no room for one process, which needs 300 MB"):
        room(299 * 2**20, needs, 1)


def _holding(megabytes: int, ready: Connection) -> None:
    held = b"\1" * (megabytes << 20)
    ready.send(len(held))
    ready.recv()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="what is held is read in /proc")
def test_what_is_held_is_that_of_this_process_and_of_those_it_started() -> None:
    """64 MB here, then 48 more in a child, which go with it."""
    before = resident() or 0
    held = b"\1" * (64 << 20)
    here = resident() or 0
    assert 60 <= (here - before) / 2**20 <= 80
    ours, theirs = Pipe()
    child = get_context("spawn").Process(target=_holding, args=(48, theirs))
    child.start()
    assert ours.recv() == 48 << 20
    assert (resident() or 0) - here >= 48 << 20
    assert beyond((resident() or 0) - 2**20).endswith("MB may be")
    assert beyond(2 * (resident() or 0)) == beyond(None) == ""
    ours.send(None)
    child.join()
    assert (resident() or 0) - here < 24 << 20
    del held


class Held:
    """In place of what is measured: as said, one after another, then little."""

    def __init__(self, *said: str) -> None:
        self._said = list(said)

    def __call__(self, memory: int | None) -> str:
        return self._said.pop(0) if memory is not None and self._said else ""


def test_where_they_hold_too_much_one_fewer_goes_on(
    rooms: Rooms,  # noqa: F811
    settings: Settings,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    match(rooms.matcher, ALL, tmp_path / "whole.jsonl", k=3)
    counts, honest = list[int](), workers._Processes

    def counted(matcher_of: Any, count: int, *given: Any) -> Any:
        counts.append(count)
        return honest(matcher_of, count, *given)

    monkeypatch.setattr(workers, "beyond", Held("too much is held"))
    monkeypatch.setattr(workers, "_Processes", counted)
    monkeypatch.setattr(pieces, "MOST_QUERIES", 2)
    two = Workers(partial(matcher_of, settings), 2, memory=1)
    match(rooms.matcher, ALL, tmp_path / "m.jsonl", k=3, engine=two)
    assert counts == [2, 1]
    assert (tmp_path / "m.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("count", [0, 1])
def test_where_one_holds_too_much_it_ends_and_is_gone_on_with(
    count: int,
    rooms: Rooms,  # noqa: F811
    settings: Settings,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In this one (0) when the first piece of four is done; in a process (1) with the piece that it has besides."""
    monkeypatch.setattr(workers, "beyond", Held("9 MB are held"))
    monkeypatch.setattr(engine, "beyond", Held("9 MB are held"))
    monkeypatch.setattr(pieces, "MOST_QUERIES", 4)
    limited = Workers(partial(matcher_of, settings), 1, memory=1) if count else Here(like(rooms.matcher), memory=1)
    with pytest.raises(BatchError, match=r"^9 MB are held.*give more --memory"):
        match(rooms.matcher, ALL, tmp_path / "m.jsonl", k=3, engine=limited)
    assert match(rooms.matcher, ALL, tmp_path / "m.jsonl", k=3).kept == 4 * (1 + count)
