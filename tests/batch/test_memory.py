"""How many processes have room: by the files that they share, and what each holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.batch.memory import OF_A_PROCESS, Needs, bytes_of, room
from recommender.errors import BatchError


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
    assert [room(memory * 2**20, needs, 4) for memory in (300, 699, 700, 5_000)] == [1, 2, 3, 4]
    with pytest.raises(BatchError, match="299 MB has no room for one process, which needs 300 MB"):
        room(299 * 2**20, needs, 1)
