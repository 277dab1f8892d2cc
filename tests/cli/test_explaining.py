"""`recommender read --explain`: how files are read, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TABLE = "Candidate Name,Job Title,Current Employer,Key Skills,Stage\n"
TABLE += "Li Wen,Welder,Kiln & Co,TIG; MIG,Offer\nBo,,,,\nA,b,c,d,e,f\n"
TAKEN = "'Candidate Name' → name, 'Job Title' → title, 'Current Employer' → company, 'Key Skills' → other_skills"
COUNTS = "{} roles, 0 education, 0 core skills, {} other skills, 0 languages, 0 certifications, 0 bullets"
TEXT = "Inés Falk\nNurse\nLeeds, England\nExperience\nNurse, Northgate Hospital, 2016 – 2019\n- Led.\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE)
    return path


def test_columns_and_records_for_people(run: Run, table: Path) -> None:
    done = run("read", "--explain", table)
    assert done.status == 1
    assert done.out.splitlines() == [
        "people.csv: read as csv",
        f"  columns: {TAKEN}",
        "  kept in extras: 'Stage'",
        "  record 1: Li Wen, Welder",
        f"    {COUNTS.format(1, 2)}, 0 characters of prose",
        "  record 2: Bo, no title",
        f"    {COUNTS.format(0, 0)}, 0 characters of prose",
        "  rejected: people.csv: line 4: 6 cells under 5 columns; quote the commas in text",
        "  2 records, 1 rejected, 0 notices",
    ]


def test_one_value_a_file_for_programs(run: Run, table: Path, tmp_path: Path) -> None:
    text = tmp_path / "résumé.txt"
    text.write_bytes(TEXT.encode("cp1252"))
    done = run("read", "--explain", "--json", table, text, "--map", "name=Candidate Name", "--format", "csv")
    assert json.loads(done.out.splitlines()[0])["columns"]["Candidate Name"] == "name"
    [explained] = [json.loads(line) for line in run("read", "--explain", "--json", text).out.splitlines()]
    assert (explained["format"], explained["columns"], explained["rejected"]) == ("text", {}, [])
    [record] = explained["records"]
    assert (record["name"], record["roles"], record["bullets"]) == ("Inés Falk", 1, 1)
    assert explained["notices"] == ["résumé.txt: line 1: not UTF-8: read as Windows-1252; save the file as UTF-8"]


def test_what_is_not_read_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = run("read", "--explain", path)
    assert done.status == 2
    assert done.out.splitlines()[0] == "old.doc: read as nothing"
    assert ".doc of Word 97" in done.out
