"""Which files a command reads, and what ids their nameless records get: each its own, in any order, again and again."""

from __future__ import annotations

import os
import random
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.cli.files import File, files_of
from recommender.reading import Notice, Rejected
from recommender.validity import fault_of_id


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("I weld.")
    return folder


def found(*paths: Path) -> list[File]:
    lines: list[Notice | Rejected] = []
    files = files_of(paths, lines.append)
    assert not lines, lines
    return files


def ids(*paths: Path) -> list[str]:
    return [file.profile_id for file in found(*paths)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["tamsin.txt"], ["tamsin"]),
        (["profiles.jsonl.gz"], ["profiles"]),
        (["people.gz"], ["people"]),
        (["Dr. Ines Moor.txt", "Dr. Olaf Brandt.txt"], ["Dr. Ines Moor", "Dr. Olaf Brandt"]),
        (["Dr. Ines Moor", "Dr. Olaf Brandt"], ["Dr. Ines Moor", "Dr. Olaf Brandt"]),
        (["cv.v1.pdf", "cv.v2.pdf"], ["cv.v1", "cv.v2"]),
        (["a.pdf", "a.txt", "b.txt"], ["a.pdf", "a.txt", "b"]),
        (["a.TXT"], ["a"]),
        (["smith.odt"], ["smith.odt"]),
        (["smith.rtf"], ["smith"]),
        (["nurses/cv.txt", "welders/cv.txt"], ["nurses/cv", "welders/cv"]),
        (["cv.txt", "x/cv.txt", "x/y/cv.txt"], ["cv", "x/cv", "x/y/cv"]),
        (["a.txt", "a.txt.txt", "b.txt"], ["a", "a.txt", "b"]),
        (["Zoe\u0308.txt"], ["Zoë"]),
    ],
)
def test_ids_of_the_files_of_a_folder(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    assert ids(made(tmp_path, *names)) == expected


def test_files_given_one_by_one_take_in_the_folders_that_tell_them_apart(tmp_path: Path) -> None:
    made(tmp_path, "anna/cv.txt", "ben/cv.txt", "carl/letter.txt", "x/ben/cv.txt")
    given_ = [tmp_path / name for name in ("anna/cv.txt", "ben/cv.txt", "carl/letter.txt", "x/ben/cv.txt")]
    wanted = ["anna/cv", f"{tmp_path.name}/ben/cv", "letter", "x/ben/cv"]
    assert ids(*given_) == wanted
    assert ids(*reversed(given_)) == wanted[::-1]
    assert [file.source for file in found(*given_[:2])] == ["anna/cv.txt", "ben/cv.txt"]


@pytest.mark.parametrize("first", ["sub", "."])
def test_a_file_given_twice_is_read_once_by_its_longer_name(tmp_path: Path, first: str) -> None:
    made(tmp_path, "sub/a.txt", "b.txt")
    paths = sorted([tmp_path, tmp_path / "sub", tmp_path / "sub/a.txt"], key=lambda path: path.name != first)
    assert sorted(ids(*paths)) == ["b", "sub/a"]


@pytest.mark.parametrize(
    "names",
    [
        ["a\x01.txt", "a\x02.txt"],
        ["a\u200b.txt", "a.txt", "a_.txt"],
        ["Zoe\u0308.txt", "Zo\u00eb.txt"],
        [" .txt", "\u2003.txt"],
        ["x/similar.txt", "y/similar.txt"],
        [f"{'x' * 250}.txt", f"{'x' * 249}y.txt", f"{'d' * 150}/{'x' * 150}.txt"],
        ["a.txt", "a.pdf", "a.txt.txt", "a.pdf.txt"],
        [" a.txt", "a .txt", "a.txt"],
    ],
)  # fmt: skip
def test_names_that_are_no_ids_give_ids_that_are_and_differ(tmp_path: Path, names: list[str]) -> None:
    files = found(made(tmp_path, *names))
    assert len({file.profile_id for file in files}) == len(names)
    assert [fault_of_id(f"{file.profile_id}-123456") for file in files] == [None] * len(names)


def test_a_name_that_is_no_text_is_read_and_can_be_told_of(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe8.txt"):
        (tmp_path / os.fsdecode(name)).write_text("I weld.")
    files = found(tmp_path)
    assert len({file.profile_id for file in files}) == 2
    assert all(file.profile_id.startswith("caf\ufffd") and file.source.encode() for file in files)


_NAMES = st.text(st.sampled_from("ab.\u00e9\u0308 -~\x01" + string.digits[:2]), min_size=1, max_size=5).filter(
    lambda name: name[0] != "." and not name.startswith("~$")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.tuples(_NAMES, _NAMES, st.sampled_from(["", ".txt", ".pdf", ".gz"])), max_size=8))
def test_every_file_has_an_id_of_its_own_that_no_order_changes(
    tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, str, str]]
) -> None:
    folder = made(tmp_path_factory.mktemp("any"), "x", *(f"{top}/{name}{suffix}" for top, name, suffix in names))
    files = found(folder)
    assert len({file.profile_id for file in files}) == len(files) == len({file.source for file in files})
    assert [fault_of_id(file.profile_id) for file in files] == [None] * len(files)
    paths = [file.path for file in files]
    alone = {file.path: file for file in found(*paths)}
    random.Random(0).shuffle(paths)
    assert {file.path: file for file in found(*paths)} == alone


def test_what_programs_leave_behind_is_skipped_in_one_line(tmp_path: Path) -> None:
    names = [".DS_Store", ".git/config", "Thumbs.db", "__MACOSX/a.txt", "sub/~$cv.docx", "sub/.x", "sub/.y"]
    lines: list[Notice | Rejected] = []
    assert [file.profile_id for file in files_of([made(tmp_path, "cv.txt", *names)], lines.append)] == ["cv"]
    [line] = lines
    assert isinstance(line, Notice)
    assert line.message.startswith("skipped, as no profiles of their own: .DS_Store, .git, Thumbs.db, __MACOSX, sub/")
    assert line.message.endswith(" and 2 more")
    assert [file.profile_id for file in files_of([tmp_path / "sub/.x"], lines.append)] == [".x"], "named, it is read"


def test_links_that_go_round_end(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "sub/up").symlink_to(tmp_path)
    (tmp_path / "other").symlink_to(tmp_path / "sub")
    (tmp_path / "c.txt").symlink_to(tmp_path / "a.txt")
    lines: list[Notice | Rejected] = []
    assert {file.path.name for file in files_of([tmp_path], lines.append)} == {"a.txt", "b.txt"}
    assert [type(line) for line in lines] == [Notice]
    assert "c.txt (again)" in lines[0].line


def test_what_cannot_be_read_costs_itself_alone(tmp_path: Path) -> None:
    made(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    os.mkfifo(tmp_path / "pipe")
    lines: list[Notice | Rejected] = []
    assert [file.profile_id for file in files_of([tmp_path], lines.append)] == ["a"]
    assert [(type(line), Path(line.source).name) for line in lines] == [
        (Rejected, name) for name in ("gone.txt", "pipe", "round")
    ]


def test_an_empty_folder_is_told_of(tmp_path: Path) -> None:
    lines: list[Notice | Rejected] = []
    assert files_of([tmp_path], lines.append) == []
    assert [line.line.partition(": ")[2] for line in lines] == [
        "no file to read stands in this folder; give one that holds profiles"
    ]
