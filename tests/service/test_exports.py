"""Tables of people: columns, what spreadsheets make of them, whose contact details are in them, and their trace."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recommender.facts import Facts
from recommender.profile import Contact, Profile, Role, profile_to_json
from recommender.service.pages.keeping.columns import Table, of_people, person
from recommender.service.pages.keeping.tables import as_csv, inert
from tests.service.guarded import Guarded
from tests.service.people import ADA
from tests.service.test_audit import entries


def rows(answer: Any) -> list[dict[str, str]]:
    """The lines of a CSV answer, by their headings."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.content.startswith(b"\xef\xbb\xbf"), "by which Excel knows UTF-8"
    assert answer.content.count(b"\n") == answer.content.count(b"\r\n")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_a_line_says_what_the_profile_says(filled: TestClient) -> None:
    answer = filled.get("/shortlist.csv?id=ada&id=nurse-1")
    ada, nurse = rows(answer)
    assert answer.headers["content-disposition"] == 'attachment; filename="shortlist.csv"'
    assert list(ada) == [
        *("Name", "Title", "Seniority", "Company now", "Location", "City", "Region", "Country", "Years of experience"),
        *("Core skills", "Other skills", "Languages", "Certifications", "Profile link", "ID", "Note"),
    ]
    assert ada == {
        "Name": "Ada Quill",
        "Title": "Engineering Manager",
        "Seniority": "lead",
        "Company now": "Northwind Streams",
        "Location": "San Jose, California, United States",
        "City": "San Jose",
        "Region": "California",
        "Country": "United States",
        "Years of experience": "16",
        "Core skills": "Distributed Systems; Platform Infrastructure; Kafka",
        "Other skills": "GraphQL; team health",
        "Languages": "",
        "Certifications": "",
        "Profile link": "http://localhost/profiles/ada",
        "ID": "ada",
        "Note": "",
    }
    assert (nurse["City"], nurse["Region"], nurse["Country"]) == ("Leeds", "England", "United Kingdom")


def test_json_keeps_lists_and_numbers_and_says_how_many(filled: TestClient) -> None:
    answer = filled.get("/shortlist.json?id=ada").json()
    assert (answer["total"], answer["exported"]) == (1, 1)
    (ada,) = answer["people"]
    assert ada["core_skills"] == ["Distributed Systems", "Platform Infrastructure", "Kafka"]
    assert (ada["years_of_experience"], ada["note"], ada["company_now"]) == (16, None, ["Northwind Streams"])


def test_notes_of_the_form_stand_with_their_person(filled: TestClient) -> None:
    form = {"id": ["nurse-1", "ada"], "note": ["", 'Call; she said "yes",\r\nthen wait']}
    found = {line["ID"]: line["Note"] for line in rows(filled.post("/shortlist.csv", data=form))}
    assert found == {"nurse-1": "", "ada": 'Call; she said "yes",\r\nthen wait'}


def test_nobody_and_nonsense_are_refused(filled: TestClient) -> None:
    assert "nobody is named" in filled.get("/shortlist.csv").json()["detail"]
    assert filled.post("/shortlist.json", data={"note": "x"}).status_code == 422
    assert filled.post("/shortlist.csv", data={"id": [str(n) for n in range(500)]}).status_code == 400
    assert rows(filled.get("/shortlist.csv?id=nobody")) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "\u00a0=1", "\uff1d1+1", "\uff0b1"]
)
def test_what_would_be_a_formula_is_text(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ada", "C++", "a=b", "'=1", "", "4-2", "e@x"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_a_formula_in_any_field_is_text_in_the_file() -> None:
    """Of lists, it is the cell that begins with it; inside one it does nothing."""
    evil = "=cmd|' /C calc'!A0"
    role = Role(company=evil, title=evil)
    profile = Profile(id=evil, name=evil, title=evil, location=evil, core_skills=(evil, "Kafka"), roles=(role,))
    cells = person(profile, Facts(skills=(evil,), places=(evil,)), evil, evil)
    written = as_csv(Table("t", of_people(False), (cells,), 1)).decode("utf-8-sig")
    _, line = csv.reader(io.StringIO(written, newline=""))
    assert [cell for cell in line if cell.startswith(("=", "+", "-", "@"))] == []
    assert line.count("'" + evil) >= 7


def test_numbers_stay_numbers() -> None:
    table = Table("t", ("points_unlike",), ({"points_unlike": -2.5},), 1)
    assert as_csv(table).decode("utf-8-sig") == "Points unlike\r\n-2.5\r\n"


def test_contact_details_go_with_their_scope_alone_and_every_table_is_written_down(guarded: Guarded) -> None:
    seeing, reading = guarded.key("read", "contact", name="portal"), guarded.key("read", name="other")
    (plain,) = rows(guarded.client.get("/shortlist.csv?id=ada", headers=reading))
    assert "Emails" not in plain
    assert entries(guarded) == [("other", "exported", 1)]
    whole, none = rows(guarded.client.get("/shortlist.csv?id=ada&id=eng-001", headers=seeing))
    assert (whole["Emails"], whole["Phones"]) == ("ada.quill@example.org", "'+1 555 0100")
    assert none["Emails"] == ""
    assert entries(guarded)[1:] == [("portal", "exported", 2), ("portal", "read contact", 1)]


def test_contact_details_in_texts_are_masked(client: TestClient) -> None:
    liv = Profile(id="liv", name="Liv", title="Baker liv@mail.example", contact=Contact(emails=("liv@mail.example",)))
    assert client.put("/v1/profiles/liv", content=profile_to_json(liv)).status_code == 201
    assert "mail.example" not in client.get("/shortlist.csv?id=liv").text
    assert "mail.example" not in json.dumps(client.get("/shortlist.json?id=liv").json())


def test_a_table_that_cannot_be_written_down_is_not_sent(guarded: Guarded) -> None:
    from recommender.audit import AuditLog

    key = guarded.key("read")
    AuditLog(guarded.settings.access_folder).path.mkdir()
    answer = guarded.client.get("/shortlist.csv?id=ada", headers=key)
    assert answer.status_code == 503
    assert str(ADA.name) not in answer.text
