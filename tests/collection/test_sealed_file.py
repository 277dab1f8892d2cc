"""Sealed files come back as they were written, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as numbers

from recommender.collection.local.sealed.file import reader, writer
from recommender.collection.local.sealed.file.blocks import BLOCK, BlockSums
from recommender.collection.local.sealed.file.layout import FORMAT, Origin
from recommender.collection.local.sealed.file.reader import open_sealed, open_unmapped
from recommender.collection.local.sealed.file.writer import SealedWriter
from recommender.collection.local.sealed.packed import Packed, Sorted, Unread, write_packed
from recommender.encoding.features import Array
from recommender.errors import CollectionCorrupt

ORIGIN = Origin("a-pool", "made-up/1", 42)


DTYPES = st.sampled_from(["u1", "i1", "u2", "u4", "f4", "i8", "?"])
ARRAYS = numbers.arrays(DTYPES, numbers.array_shapes(max_dims=2, min_side=0))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1, max_size=8), ARRAYS, max_size=4))
def test_arrays_come_back(tmp_path: Path, arrays: dict[str, Array]) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        for name, array in arrays.items():
            file.add(name, array)
    sealed = open_sealed(tmp_path, "some")
    assert sealed.origin == ORIGIN
    assert sealed.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(sealed.arrays[name], array)
        assert sealed.arrays[name].dtype == array.dtype
        assert not sealed.arrays[name].flags.writeable


def test_an_array_in_pieces_is_the_same_as_whole(tmp_path: Path) -> None:
    whole = np.arange(60, dtype="<u4").reshape(20, 3)
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.begin("pieces", "<u4", (3,))
        for begin, end in ((0, 7), (7, 7), (7, 15), (15, 20)):
            file.extend(whole[begin:end])
    np.testing.assert_array_equal(open_sealed(tmp_path, "some").arrays["pieces"], whole)


def read_after_opening(folder: Path, kind: str) -> None:
    """A large file, of which everything is read that can be."""
    sealed = open_sealed(folder, kind, whole=False)
    for name, array in sealed.arrays.items():
        sealed.hold(name, np.zeros(1, np.int64), np.array([len(array)]))


def piece_by_piece(folder: Path, kind: str) -> None:
    """The same of a file that is not mapped."""
    unmapped = open_unmapped(folder, kind, whole=False)
    unmapped.read("numbers", 0, unmapped.length("numbers"))


OPENERS = pytest.mark.parametrize("opened", [open_sealed, open_unmapped])


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any file counts as large."""
    monkeypatch.setattr(reader, "LARGE", 0)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("opened", [read_after_opening, piece_by_piece])
def test_every_flipped_byte_of_a_large_file_is_noticed_when_it_is_read(
    tmp_path: Path, opened: Callable[[Path, str], None]
) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.add("numbers", np.arange(10))
    path = tmp_path / "some.seal"
    whole = path.read_bytes()
    opened(tmp_path, "some")
    for at in range(len(whole)):
        broken = bytearray(whole)
        broken[at] ^= 1
        path.write_bytes(broken)
        with pytest.raises(CollectionCorrupt, match=r"some\.seal"):
            opened(tmp_path, "some")


@pytest.mark.usefixtures("large")
def test_of_a_large_file_those_blocks_are_believed_that_hold(tmp_path: Path) -> None:
    """Entries of 4 bytes: block 0 has the file's mark and, from byte 64 on, entries 0 to 4,079; 4,096 are in each more.

    The damaged one is in block 2, which has entries 8,176 to 12,271.
    """
    numbers = np.arange(40_000, dtype="<u4")
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.add("numbers", numbers)
    damaged = tmp_path / "some.seal"
    content = bytearray(damaged.read_bytes())
    content[64 + 4 * 9_000] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(CollectionCorrupt, match=r"some\.seal does not match its checksum; run"):
        open_sealed(tmp_path, "some")
    sealed, unmapped = open_sealed(tmp_path, "some", whole=False), open_unmapped(tmp_path, "some", whole=False)
    for start, end, is_sound in (
        (0, 8_176, True), (8_175, 8_177, False), (12_271, 12_272, False), (12_272, 40_000, True), (0, 40_000, False),
        (9_000, 9_000, False), (0, 1, True),
    ):  # fmt: skip
        with contextlib.nullcontext() if is_sound else pytest.raises(CollectionCorrupt):
            sealed.hold("numbers", np.array([0, start]), np.array([1, end]))
        if start < end:
            with contextlib.nullcontext() if is_sound else pytest.raises(CollectionCorrupt):
                assert unmapped.read("numbers", start, end) == numbers[start:end].tobytes()
    assert sealed.blocks.problem == unmapped.blocks.problem == "some.seal does not match its checksum"


def test_what_is_cut_into_pieces_has_the_checksums_of_the_whole() -> None:
    content = np.random.default_rng(3).bytes(5 * BLOCK + 17)
    whole, pieces = BlockSums(), BlockSums()
    whole.update(content)
    for start, end in ((0, 1), (1, BLOCK), (BLOCK, BLOCK), (BLOCK, 3 * BLOCK + 5), (3 * BLOCK + 5, len(content))):
        pieces.update(content[start:end])
    wanted = [crc32(content[at : at + BLOCK]) for at in range(0, len(content), BLOCK)]
    assert whole.sums().tolist() == pieces.sums().tolist() == wanted
    assert BlockSums().sums().tolist() == []


def test_a_file_of_another_format_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "FORMAT", FORMAT - 1)
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.add("numbers", np.arange(10))
    with pytest.raises(CollectionCorrupt, match=rf"some of format {FORMAT - 1}, wanted is some of {FORMAT}"):
        open_sealed(tmp_path, "some")
    (tmp_path / "some.seal").write_bytes(b"RPOLSEAL" + bytes(100))  # as they began before format 9
    with pytest.raises(CollectionCorrupt, match=r"some\.seal is no sealed file"):
        open_unmapped(tmp_path, "some")


@OPENERS
def test_every_flipped_byte_is_noticed(tmp_path: Path, opened: Callable[[Path, str], object]) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.add("numbers", np.arange(10))
    path = tmp_path / "some.seal"
    whole = path.read_bytes()
    for at in range(len(whole)):
        broken = bytearray(whole)
        broken[at] ^= 1
        path.write_bytes(broken)
        with pytest.raises(CollectionCorrupt, match=r"some\.seal"):
            opened(tmp_path, "some")


@OPENERS
def test_every_cut_is_noticed(tmp_path: Path, opened: Callable[[Path, str], object]) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.add("numbers", np.arange(4))
    path = tmp_path / "some.seal"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(CollectionCorrupt, match=r"some\.seal"):
            opened(tmp_path, "some")


@OPENERS
def test_a_file_of_another_kind_is_not_taken(tmp_path: Path, opened: Callable[[Path, str], object]) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN):
        pass
    (tmp_path / "some.seal").rename(tmp_path / "other.seal")
    with pytest.raises(CollectionCorrupt, match="is some of format"):
        opened(tmp_path, "other")


def test_a_writer_that_fails_leaves_nothing_that_opens(tmp_path: Path) -> None:
    with contextlib.suppress(MemoryError), SealedWriter(tmp_path, "some", ORIGIN) as file:
        file.add("numbers", np.arange(4))
        raise MemoryError
    with pytest.raises(CollectionCorrupt):
        open_sealed(tmp_path, "some")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=5), unique=True), st.text(max_size=5))
def test_packed_strings_are_found_by_bisection(tmp_path: Path, texts: list[str], asked: str) -> None:
    ascending = sorted(texts)
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        write_packed(file, "texts", (text.encode() for text in ascending))
    packed = Packed(open_sealed(tmp_path, "some"), "texts")
    values = Sorted(len(packed), packed.text)
    assert list(values) == ascending
    assert [values.find(text) for text in ascending] == list(range(len(ascending)))
    assert values.find(asked) == (ascending.index(asked) if asked in ascending else None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=9)))
def test_strings_that_are_not_mapped_come_back(tmp_path: Path, strings: list[bytes]) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        write_packed(file, "texts", strings)
    unread = Unread(open_unmapped(tmp_path, "some"), "texts")
    assert [unread[at] for at in range(len(unread))] == strings


def test_strings_of_a_file_that_was_cut_since_are_refused(tmp_path: Path) -> None:
    with SealedWriter(tmp_path, "some", ORIGIN) as file:
        write_packed(file, "texts", [b"one", b"other"])
    unread = Unread(open_unmapped(tmp_path, "some"), "texts")
    with (tmp_path / "some.seal").open("r+b") as file_that_lies_there:
        file_that_lies_there.truncate(10)
    with pytest.raises(CollectionCorrupt, match=r"some\.seal was cut short"):
        unread[0]
