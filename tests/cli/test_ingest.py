"""`ingest`: nobody is lost on the way in, and what the last line says is what the pool then holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.settings import Settings
from recommender.wiring import Recommender
from tests.cli.conftest import Run

CREW = {"Dr. Ines Moor.txt": "Optometrist", "Dr. Olaf Brandt.txt": "Boilermaker", "sub/Dr. Ines Moor.txt": "Rigger"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, job in CREW.items():
        path = tmp_path / "cvs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        history = f"Experience\n{job}\nFernhill Works\nMay 2014 - June 2021\nKept the day shift going."
        path.write_text(f"{path.stem.removeprefix('Dr. ')}\n{job}\n\n{history}\n")
    return tmp_path / "cvs"


def ids(data: Path) -> list[str]:
    with Recommender(Settings.load(data=data)) as recommender, recommender.collection.view() as view:
        return sorted(view.ids(view.rows()))


def test_a_folder_of_folders_is_read_again_to_the_same_people(run: Run, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "pool"
    assert run("ingest", folder, "--data", data) == (0, "3 stored, 0 unchanged, 0 rejected\n", "")
    assert run("ingest", folder, "--data", data) == (0, "0 stored, 3 unchanged, 0 rejected\n", "")
    assert ids(data) == ["Dr. Ines Moor", "Dr. Olaf Brandt", "sub/Dr. Ines Moor"]


def test_one_id_in_two_files_is_refused_with_both_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"id": "a", "title": "Rigger"}\n\n{"id": "b", "title": "Nurse"}\n')
    (tmp_path / "two.csv").write_text("id,title,skills\nc,Cook,Baking\na,Welder,TIG\n")
    data = tmp_path / "pool"
    done = run("ingest", tmp_path / "one.jsonl", tmp_path / "two.csv", "--data", data)
    assert (done.status, done.out) == (1, "3 stored, 0 unchanged, 1 rejected\n")
    assert done.err == (
        "rejected: two.csv: record 2: id: 'a' is the id of one.jsonl, record 1 too, and neither replaces the other; "
        "give one of them another id\n"
    )
    assert json.loads(run("export", "a", "--data", data).out)["profile"]["title"] == "Rigger"
    assert ids(data) == ["a", "b", "c"]


def test_numbers_of_nameless_records_avoid_the_names_of_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "crew.jsonl").write_text('{"title": "Rigger"}\n{"title": "Welder"}\n')
    (tmp_path / "crew-2.jsonl").write_text('{"title": "Cook"}\n')
    read = [json.loads(line)["id"] for line in run("read", tmp_path).out.splitlines()]
    assert sorted(read) == ["crew", "crew-2", "crew.jsonl-2"]


def test_nothing_that_could_be_stored_is_status_2_and_makes_no_pool(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "years_of_experience": -4}\n{"id": " ", "title": "Cook"}\n')
    done = run("ingest", tmp_path / "bad.jsonl", "--data", tmp_path / "pool")
    assert (done.status, done.out) == (2, "0 stored, 0 unchanged, 2 rejected\n")
    assert [line.split(": ")[:4] for line in done.err.splitlines()] == [
        ["rejected", "bad.jsonl", "line 1", "years_of_experience"],
        ["rejected", "bad.jsonl", "line 2", "id"],
    ]
    assert not (tmp_path / "pool").exists()


def test_an_empty_folder_is_status_2_and_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cvs").mkdir()
    done = run("ingest", tmp_path / "cvs", "--data", tmp_path / "pool")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_a_file_that_goes_while_others_are_read_costs_itself_alone(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        (folder / "Dr. Olaf Brandt.txt").unlink(missing_ok=True)

    monkeypatch.setattr("recommender.cli.common.Reader._format_of", gone)
    done = run("ingest", folder, "--data", tmp_path / "pool")
    assert (done.status, done.out) == (1, "2 stored, 0 unchanged, 1 rejected\n")
    assert done.err.startswith("rejected: Dr. Olaf Brandt.txt: record 1: No such file")


def test_a_name_that_is_no_text_can_be_printed(run: Run, tmp_path: Path) -> None:
    path = Path(str(tmp_path) + "/caf\udce9.jsonl")
    path.write_text('{"title": 5}\n')
    done = run("read", path)
    assert (done.status, done.err[:26]) == (2, "rejected: caf\ufffd.jsonl: line")


@pytest.mark.parametrize("profile_id", ["", " a", "..", "a\u0000"])
def test_an_id_option_that_cannot_be_is_refused(run: Run, folder: Path, profile_id: str) -> None:
    done = run("read", folder / "Dr. Ines Moor.txt", "--id", profile_id)
    assert (done.status, done.out) == (2, "")
    assert "the id " in done.err


def test_a_crash_is_never_some_rejected(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python ends a crash with 1, which here says that all but some records were stored."""

    def broken(self: Recommender, *_: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Recommender, "_begin", broken)
    done = run("ingest", folder, "--data", tmp_path / "pool")
    assert done.status == 2
    assert "stopped: 0 stored and 0 unchanged until then\n" in done.err
    assert done.err.endswith("error: a fault of this program, please report it: RuntimeError: a fault of ours\n")


def test_an_error_of_the_system_is_one_line(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Recommender, *_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Recommender, "_begin", full)
    done = run("ingest", folder, "--data", tmp_path / "pool")
    assert done.status == 2
    assert done.err.splitlines()[1:] == ["error: [Errno 28] No space left on device"]
