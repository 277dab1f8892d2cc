"""Keys: what is kept of them, and when another process knows of a change."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender.errors import AccessError
from recommender.keys import Key, KeyFile, KnownKeys, Scope
from recommender.keys.store import MOST_SESSIONS

READ = frozenset({Scope.READ})


def now() -> datetime:
    return datetime.now(UTC)


def make(file: KeyFile, name: str | None = None, expires: datetime | None = None) -> tuple[Key, str]:
    return file.create(READ, now(), name, None, expires)


def within_a_second(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 1.0
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_no_secret_is_kept_and_the_files_are_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        _, text = make(KeyFile(tmp_path / "access"), "scraper")
        known = KnownKeys(tmp_path / "access")
        assert known.by_secret(text) is not None
        paths = [tmp_path / "access", *(tmp_path / "access").iterdir()]
        assert [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
        secret = text.rpartition("_")[2].encode()
        assert not any(secret in path.read_bytes() for path in paths[1:])
        known.close()
    finally:
        os.umask(before)


def test_a_key_is_known_by_its_whole_text_alone(tmp_path: Path) -> None:
    file, known = KeyFile(tmp_path), KnownKeys(tmp_path)
    assert (known.are_needed(), known.by_secret("rk_00000000_" + "a" * 43)) == (False, None)
    key, text = make(file, "portal")
    _, other = make(file)
    assert known.by_secret(text) == key
    assert (key.name, key.scopes, key.company) == ("portal", READ, None)
    for wrong in ("", "x", text[:-1], text + "A", text.upper(), text[:12] + other[12:], other[:12] + text[12:]):
        assert known.by_secret(wrong) is None, wrong
    known.close()


def test_no_two_keys_ever_have_one_name(tmp_path: Path) -> None:
    file = KeyFile(tmp_path)
    make(file, "portal")
    assert file.revoke("portal", now()) is not None
    with pytest.raises(AccessError, match="named 'portal'; give another --name"):
        make(file, "portal")
    assert [key.name for key in file.listing()] == ["portal"]


def test_what_another_process_changes_is_so_within_a_second(tmp_path: Path) -> None:
    file, known = KeyFile(tmp_path), KnownKeys(tmp_path)
    assert not known.are_needed()
    key, text = make(file)
    assert known.by_secret(text) == key, "a key that is not known yet is looked for at once"
    assert known.are_needed()
    assert file.revoke(key.id, now()) is not None
    assert file.revoke(key.id, now()) is None
    assert within_a_second(lambda: known.by_secret(text) is None)
    assert known.are_needed(), "revoking the last key opens nothing"
    known.close()


def test_a_file_put_in_the_others_place_is_followed_and_one_that_went_opens_nothing(tmp_path: Path) -> None:
    file, known = KeyFile(tmp_path / "access"), KnownKeys(tmp_path / "access")
    _, text = make(file)
    assert known.by_secret(text) is not None
    elsewhere = KeyFile(tmp_path / "other")
    _, other = make(elsewhere)
    elsewhere.path.replace(file.path)
    assert known.by_secret(other) is not None
    assert known.by_secret(text) is None
    file.path.unlink()
    assert within_a_second(lambda: known.by_secret(other) is None)
    assert known.are_needed()
    known.close()


def test_a_key_ends_when_it_expires(tmp_path: Path) -> None:
    file, known = KeyFile(tmp_path), KnownKeys(tmp_path)
    key, text = make(file, expires=now() + timedelta(seconds=0.3))
    assert known.by_secret(text) == key
    time.sleep(0.3)
    assert known.by_secret(text) is None
    moment = now()
    ends = Key("a", "a", READ, moment, expires=moment + timedelta(days=1))
    assert (ends.is_good(moment), ends.is_good(moment + timedelta(days=1))) == (True, False)
    known.close()


def test_a_session_ends_with_its_time_its_key_or_when_it_is_closed(tmp_path: Path) -> None:
    file, known = KeyFile(tmp_path), KnownKeys(tmp_path)
    (key, text), soon = make(file), now() + timedelta(hours=1)
    for token in ("stays", "closed"):
        file.open_session(key.id, token, soon, now())
    file.open_session(key.id, "over", now() - timedelta(seconds=1), now())
    assert [known.by_session(token) for token in ("stays", "closed", "over", "x", text)] == [key, key, None, None, None]
    file.close_session("closed")
    assert within_a_second(lambda: known.by_session("closed") is None)
    assert known.by_session("stays") == key
    file.revoke(key.name, now())
    assert within_a_second(lambda: known.by_session("stays") is None)
    known.close()


def test_the_oldest_of_too_many_sessions_gives_way(tmp_path: Path) -> None:
    file, known = KeyFile(tmp_path), KnownKeys(tmp_path)
    key, _ = make(file)
    for number in range(MOST_SESSIONS + 2):
        file.open_session(key.id, f"t{number}", now() + timedelta(hours=1, seconds=number), now())
    found = [number for number in range(MOST_SESSIONS + 2) if known.by_session(f"t{number}")]
    assert found == list(range(2, MOST_SESSIONS + 2))
    known.close()


def test_a_file_that_cannot_be_read_is_an_error_and_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite").write_bytes(b"no database" * 1000)
    known = KnownKeys(tmp_path)
    for ask in (known.are_needed, lambda: known.by_session("x"), KeyFile(tmp_path).listing):
        with pytest.raises(AccessError, match="restore the file of keys"):
            ask()


def test_a_maker_that_got_no_further_than_the_file_is_no_key(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "keys.sqlite").close()
    (tmp_path / "keys.sqlite").touch()
    assert not KnownKeys(tmp_path).are_needed()
    assert KeyFile(tmp_path).listing() == []
