"""Whatever rots of a pool's files, what it answers is right or the damage is named; nothing ends in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.collection.local.sealed.file import reader
from recommender.collection.local.truth.place import FILE_NAME
from tests.collection import rot


@pytest.mark.parametrize("sealed", [True, False])
def test_nothing_wrong_is_answered_in_silence(tmp_path: Path, sealed: bool) -> None:
    assert rot.try_rot(tmp_path, 60, seed=1, sealed=sealed) == []


def test_nothing_wrong_is_answered_in_silence_from_files_that_are_checked_as_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "LARGE", 0)
    assert rot.try_rot(tmp_path, 60, seed=2, sealed=True) == []


@pytest.mark.parametrize("bit", range(32))
def test_a_format_that_rotted_is_refused_or_changes_nothing(tmp_path: Path, bit: int) -> None:
    right = rot.grow(tmp_path / "pool", sealed=False)
    file = tmp_path / "pool" / FILE_NAME
    whole = bytearray(file.read_bytes())
    whole[60 + bit // 8] ^= 1 << bit % 8  # SQLite keeps a file's `user_version` in these four
    file.write_bytes(whole)
    found = rot.message(tmp_path / "pool")
    assert found.answers == right or (found.answers is None and found.names_damage)


@pytest.mark.slow
@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("seed", range(100, 104))
def test_nothing_wrong_is_answered_in_silence_over_and_over(tmp_path: Path, sealed: bool, seed: int) -> None:
    assert rot.try_rot(tmp_path, 1_000, seed=seed, sealed=sealed) == []


def test_a_page_that_lies_in_the_place_of_any_other_is_noticed(tmp_path: Path) -> None:
    """A misdirected write: both pages are sound in themselves, and SQLite reads on."""
    right = rot.grow(tmp_path / "pool", sealed=False)
    database = tmp_path / "pool" / FILE_NAME
    whole = database.read_bytes()
    pages = [whole[at : at + 4096] for at in range(0, len(whole), 4096)]
    for at in range(len(pages)):
        for other in range(0, len(pages), 2):
            content = b"".join([*pages[:at], pages[other], *pages[at + 1 :]])
            database.write_bytes(content)
            now = rot.message(tmp_path / "pool")
            assert now.names_damage or now.answers == right or content == whole, (at, other)


@pytest.mark.parametrize("silenced", ["checksums", "arithmetic"])
def test_the_looking_notices_a_pool_that_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silenced: str
) -> None:
    if silenced == "checksums":
        monkeypatch.setattr("recommender.collection.common.checksums.problem", lambda *_: None)
        monkeypatch.setattr("recommender.collection.common.checksums.of_document", lambda _: 0)
        monkeypatch.setattr("recommender.collection.local.view.crc32", lambda _: 0)
    else:
        monkeypatch.setattr("recommender.collection.local.generation.state._set_aside", lambda state, _: state)
    # most of what is packed cannot be unpacked any more once a byte of it rotted, which is noticed without a checksum
    assert rot.try_rot(tmp_path, 200, seed=1, sealed=False)


def test_rules_of_a_table_that_rotted_are_found(tmp_path: Path) -> None:
    """SQLite reads on where a rule of a table names a column that is not there, and opens the file to no writer."""
    rot.grow(tmp_path / "pool", sealed=False)
    database = tmp_path / "pool" / FILE_NAME
    content = database.read_bytes()
    assert content.count(b"CHECK (one = 1)") == 1
    database.write_bytes(content.replace(b"CHECK (one = 1)", b"CHECK (onf = 1)"))
    assert any("no such column" in problem for problem in rot.looked_at(tmp_path / "pool"))
