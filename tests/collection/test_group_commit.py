"""Work that waits together is committed together: each piece whole, or not at all.

The work inserts into a table of its own, so that what is stored is known by construction.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from recommender.collection import LocalCollection
from recommender.collection.local.truth import database
from recommender.collection.local.truth.group_commit import GroupCommit
from recommender.errors import CollectionError, ProfileNotFound

Work = Callable[[sqlite3.Connection], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pool with a table of notes, no note twice."""
    LocalCollection(tmp_path / "pool").close()
    connection = database.connect(tmp_path / "pool")
    connection.execute("CREATE TABLE notes (note TEXT UNIQUE)")
    connection.close()
    return tmp_path / "pool"


@pytest.fixture
def commits(folder: Path) -> Iterator[GroupCommit]:
    opened = GroupCommit(folder)
    yield opened
    opened.close()


def notes(folder: Path) -> list[str]:
    """What is stored, as another connection sees it."""
    connection = database.connect(folder, read_only=True)
    try:
        return [note for (note,) in connection.execute("SELECT note FROM notes ORDER BY note")]
    finally:
        connection.close()


def write(*given: str, then: BaseException | None = None) -> Work:
    """Work that inserts notes, and then fails where it is said how."""

    def work(connection: sqlite3.Connection) -> object:
        for note in given:
            connection.execute("INSERT INTO notes VALUES (?)", (note,))
        if then is not None:
            raise then
        return f"wrote {', '.join(given)}"

    return work


def as_one_group(commits: GroupCommit, *pieces: Work) -> list[object]:
    """Hand these in while another write is under way, so that they wait together; what each returned or raised."""
    outcomes: list[object] = [None] * len(pieces)
    begun, go_on = threading.Event(), threading.Event()

    def hold(connection: sqlite3.Connection) -> None:
        begun.set()
        assert go_on.wait(30)

    def hand_in(at: int) -> None:
        try:
            outcomes[at] = commits.run(pieces[at])
        except BaseException as error:
            outcomes[at] = error

    threads = [threading.Thread(target=commits.run, args=(hold,))]
    threads[0].start()
    assert begun.wait(30)
    try:
        for at in range(len(pieces)):
            threads.append(threading.Thread(target=hand_in, args=(at,)))
            threads[-1].start()
            deadline = time.monotonic() + 30
            while len(commits._waiting) <= at and time.monotonic() < deadline:
                time.sleep(0.001)
            assert len(commits._waiting) == at + 1
    finally:
        go_on.set()
        for thread in threads:
            thread.join(30)
    return outcomes


@pytest.mark.parametrize(
    "failure",
    [sqlite3.IntegrityError("of its own"), ProfileNotFound("nobody"), ValueError("no vector")],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_piece_that_fails_leaves_nothing_behind_and_takes_nothing_with_it(
    commits: GroupCommit, folder: Path, failure: Exception, place: int
) -> None:
    """Of three pieces of two notes each, one fails after both of its notes."""
    pieces = [write("a1", "a2"), write("b1", "b2")]
    pieces.insert(place, write("lost1", "lost2", then=failure))
    outcomes = as_one_group(commits, *pieces)
    assert outcomes.pop(place) is failure
    assert outcomes == ["wrote a1, a2", "wrote b1, b2"]
    assert notes(folder) == ["a1", "a2", "b1", "b2"]


def test_a_piece_may_write_what_one_that_failed_had_written_before(commits: GroupCommit, folder: Path) -> None:
    """The first is rolled back at once: its note is in nobody's way, while a note that stays does."""
    failed, same, again = as_one_group(
        commits, write("shared", then=ValueError("no")), write("shared"), write("other", "shared")
    )
    assert isinstance(failed, ValueError)
    assert same == "wrote shared"
    assert isinstance(again, sqlite3.IntegrityError)
    assert notes(folder) == ["shared"]


def test_what_waits_together_is_committed_once(commits: GroupCommit, folder: Path) -> None:
    statements: list[str] = []
    commits.run(lambda connection: connection.set_trace_callback(statements.append))
    statements.clear()
    as_one_group(commits, *(write(f"n{number}") for number in range(5)))
    assert [statement for statement in statements if statement in ("BEGIN IMMEDIATE", "COMMIT")] == [
        "BEGIN IMMEDIATE", "COMMIT", "BEGIN IMMEDIATE", "COMMIT",
    ], "one of what they waited for, one of all five"  # fmt: skip
    assert notes(folder) == [f"n{number}" for number in range(5)]


def test_what_fails_for_the_disk_s_reasons_concerns_the_group(commits: GroupCommit, folder: Path) -> None:
    """Nothing is stored and everybody is said so; the next write finds a connection of its own."""
    outcomes = as_one_group(
        commits, write("a"), write("b", then=sqlite3.OperationalError("disk I/O error")), write("c")
    )
    assert [type(outcome) for outcome in outcomes] == [CollectionError] * 3
    assert notes(folder) == []
    assert commits.run(write("d")) == "wrote d"
    assert notes(folder) == ["d"]


def test_an_interrupted_group_stores_nothing_and_one_thread_alone_is_interrupted(
    commits: GroupCommit, folder: Path
) -> None:
    outcomes = as_one_group(commits, write("a"), write("b", then=KeyboardInterrupt()), write("c"))
    interrupted = [outcome for outcome in outcomes if isinstance(outcome, KeyboardInterrupt)]
    message = [str(outcome) for outcome in outcomes if isinstance(outcome, CollectionError)]
    assert len(interrupted) == 1
    assert message == ["the write was interrupted; try again"] * 2
    assert notes(folder) == []
    assert commits.run(write("a")) == "wrote a"


def test_a_single_piece_that_fails_leaves_nothing_behind(commits: GroupCommit, folder: Path) -> None:
    with pytest.raises(ValueError, match="no vector"):
        commits.run(write("lost", then=ValueError("no vector")))
    assert commits.run(write("kept")) == "wrote kept"
    assert notes(folder) == ["kept"]


def test_closing_waits_for_what_was_handed_in_and_then_takes_nothing_more(commits: GroupCommit, folder: Path) -> None:
    begun = threading.Event()

    def slow(connection: sqlite3.Connection) -> object:
        begun.set()
        time.sleep(0.1)
        return write("kept")(connection)

    writer = threading.Thread(target=commits.run, args=(slow,))
    writer.start()
    assert begun.wait(30)
    commits.close()
    assert notes(folder) == ["kept"]
    writer.join(30)
    with pytest.raises(CollectionError, match="closed"):
        commits.run(write("late"))
    assert notes(folder) == ["kept"]
