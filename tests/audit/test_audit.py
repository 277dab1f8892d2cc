"""The audit log: what it holds, what it does not, and that nothing in it can be changed unseen."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from recommender.audit import AuditLog, Deed, verified
from recommender.audit.entry import BEGINNING
from recommender.errors import AccessError


def three(folder: Path) -> AuditLog:
    log = AuditLog(folder)
    log.record("portal", Deed.READ_CONTACT, ["ada", "liv"], "req-1")
    log.record("portal", Deed.DELETED, ["ada"])
    log.record("command line (0)", Deed.EXPORTED, ["liv"])
    return log


def test_it_says_who_did_what_and_names_nobody(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        log = three(tmp_path / "access")
    finally:
        os.umask(before)
    first, second, third = verified(log.path)
    assert (first.who, first.did, first.request) == ("portal", "read contact", "req-1")
    assert first.whom == (log.person("ada"), log.person("liv"))
    assert second.whom == (log.person("ada"),)
    assert (third.who, third.did, third.whom) == ("command line (0)", "exported", (log.person("liv"),))
    assert (first.previous, second.previous, third.previous) == (BEGINNING, first.hash, second.hash)
    # as whole values: three letters of a name may be digits of a hash by chance
    assert not any(name in log.path.read_bytes() for name in (b'"ada"', b'"liv"'))
    paths = [log.path.parent, *log.path.parent.iterdir()]
    assert [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_without_its_key_nobody_can_be_told_from_it(tmp_path: Path) -> None:
    one, other = three(tmp_path / "one"), three(tmp_path / "other")
    assert one.person("ada") != other.person("ada")
    (tmp_path / "one" / "audit.key").unlink()
    assert one.person("ada") is None
    assert len(list(verified(one.path))) == 3, "the chain needs no key"


def test_nobody_is_no_entry(tmp_path: Path) -> None:
    AuditLog(tmp_path / "access").record("portal", Deed.READ_CONTACT, [])
    assert not (tmp_path / "access").exists()


def broken(log: AuditLog, lines: list[bytes]) -> str:
    log.path.write_bytes(b"".join(lines))
    with pytest.raises(AccessError) as caught:
        list(verified(log.path))
    return str(caught.value)


def test_what_was_changed_is_named_by_its_line(tmp_path: Path) -> None:
    log = three(tmp_path)
    lines = log.path.read_bytes().splitlines(keepends=True)
    changed = lines[1].replace(b"portal", b"nobody")
    assert "line 2 was changed" in broken(log, [lines[0], changed, lines[2]])
    assert "line 2 was changed" in broken(log, [lines[0], lines[1].replace(b'"at"', b' "at"'), lines[2]])
    assert "line 2 does not follow" in broken(log, [lines[0], lines[2]])
    assert "line 1 does not follow" in broken(log, lines[1:])
    assert "line 2 does not follow" in broken(log, [lines[0], lines[2], lines[1]])
    assert "line 2 does not follow" in broken(log, [lines[0], *lines])
    assert "line 2 is no entry" in broken(log, [lines[0], b"{}\n", *lines[1:]])
    assert "line 3 is cut off" in broken(log, [*lines[:2], lines[2][:-40]])
    log.path.write_bytes(b"".join(lines))
    forged = msgspec.structs.replace(list(verified(log.path))[1], who="nobody").sealed()
    assert "line 3 does not follow" in broken(log, [lines[0], forged.line(), lines[2]]), "with a hash of its own too"


def test_what_a_crash_left_of_a_line_is_no_break(tmp_path: Path) -> None:
    """It was never acknowledged: the next entry goes in its place. A long line before it is read back whole."""
    log = AuditLog(tmp_path)
    log.path.write_bytes(b'{"at":')
    log.record("portal", Deed.READ_CONTACT, [f"p{number}" for number in range(1000)])
    with log.path.open("ab") as file:
        file.write(log.path.read_bytes()[:50_000].rstrip(b"\n")[:-10])
    log.record("portal", Deed.DELETED, ["p1"])
    assert [len(entry.whom) for entry in verified(log.path)] == [1000, 1]


def test_a_log_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "access").write_text("a file where the folder goes")
    with pytest.raises(AccessError):
        AuditLog(tmp_path / "access").record("portal", Deed.DELETED, ["ada"])
    log = three(tmp_path / "other")
    log.path.write_bytes(b"no entry\n")
    with pytest.raises(AccessError, match="recommender audit verify"):
        log.record("portal", Deed.DELETED, ["ada"])


WRITER = """
import sys
from pathlib import Path
from recommender.audit import AuditLog, Deed
for number in range(20):
    AuditLog(Path(sys.argv[1])).record(sys.argv[2], Deed.READ_CONTACT, [f"p{number}"])
"""


def test_processes_and_threads_add_to_one_chain(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in ("one", "other")]
    log = AuditLog(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: log.record("threads", Deed.DELETED, [f"p{number}"]), range(20)))
    assert [writer.wait() for writer in writers] == [0, 0]
    entries = list(verified(log.path))
    assert sorted(entry.who for entry in entries) == ["one"] * 20 + ["other"] * 20 + ["threads"] * 20
    for name in ("one", "other"):
        mine = [entry.whom for entry in entries if entry.who == name]
        assert mine == [(log.person(f"p{number}"),) for number in range(20)], "in the order of each"
