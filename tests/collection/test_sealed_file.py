"""Sealed files come back as they were written, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as numbers

from recommender.collection.local.sealed.packed import Packed, Sorted, Unread, write_packed
from recommender.collection.local.sealed.sealed_file import Origin, SealedWriter, open_sealed, open_unmapped
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


OPENERS = pytest.mark.parametrize("opened", [open_sealed, open_unmapped])


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
