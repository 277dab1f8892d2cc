"""Tables of people: columns, what spreadsheets make of them, whose contact details are in them, and their trace."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recommender.insights import Derived
from recommender.profile import Contact, Profile, Role, profile_to_json
from recommender.service.pages.keeping.columns import Table, of_people, person
from recommender.service.pages.keeping.tables import as_csv, inert
from recommender.service.pages.keeping.views import taken
from recommender.service.routes.pages.keeping import views
from tests.service.guarded import Guarded
from tests.service.people import ADA
from tests.service.test_audit import entries
from tests.service.test_pages import seen


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


def test_of_nobody_the_headings_are_left_and_too_many_are_refused(filled: TestClient) -> None:
    for query in ("", "?id=nobody"):
        answer = filled.get(f"/shortlist.csv{query}")
        assert rows(answer) == []
        assert answer.text.startswith("\ufeffName,Title,")
    assert filled.post("/shortlist.json", data={"note": "x"}).json()["people"] == []
    assert filled.post("/shortlist.csv", data={"id": [str(n) for n in range(500)]}).status_code == 400
    assert filled.post("/shortlist.csv", data={"id": [str(n) for n in range(201)]}).status_code == 422


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
    cells = person(profile, Derived(skills=(evil,), places=(evil,)), evil, evil)
    written = as_csv(Table("t", of_people(with_contact=False, with_moves=False), (cells,), 1)).decode("utf-8-sig")
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


def test_the_people_of_a_view_are_those_of_its_filters_in_its_order(filled: TestClient) -> None:
    """The 52 of the 104 engineers who live in Germany, the most experienced first."""
    page = seen(filled, "/profiles?location=germany&sort=-years")
    (link,) = [str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/profiles.csv")]
    assert "Export all 52" in page.text
    answer = filled.get(link)
    found = rows(answer)
    assert answer.headers["content-disposition"] == 'attachment; filename="people.csv"'
    assert len(found) == 52
    assert {line["Country"] for line in found} == {"Germany"}
    years = [int(line["Years of experience"]) for line in found]
    assert years == sorted(years, reverse=True)
    assert len(set(years)) > 5


def test_the_matches_of_a_view_have_rank_score_and_points(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada?seniority=senior")
    (link,) = [str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/matches.csv")]
    found = rows(filled.get(link))
    where = '{"seniority":["senior"]}'
    matches = filled.get(f"/v1/profiles/ada/similar?k=100&where={where}").json()["matches"]
    assert len(found) == len(matches) > 10
    for line, match in zip(found, matches, strict=True):
        assert (line["Rank"], line["Score"], line["Band"]) == (
            str(match["rank"]),
            str(match["score"]),
            match["band"],
        )
        assert (line["ID"], line["Name"]) == (match["profile_id"], match["name"])
        points = {c["signal"]: c["points"] for c in match["contributions"]}
        assert float(line["Points career"]) == points.get("career", 0)
        assert sum(float(v) for k, v in line.items() if k.startswith("Points ")) == pytest.approx(match["score"])
        assert line["Shared skills"] == "; ".join(match["shared_skills"])


def test_a_table_that_is_not_whole_says_so(filled: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_PEOPLE", 10)
    monkeypatch.setattr(views, "MOST_MATCHES", 3)
    answer = filled.get("/profiles.json")
    assert (answer.json()["total"], answer.json()["exported"], len(answer.json()["people"])) == (109, 10, 10)
    assert 'filename="people-first-10-of-109.json"' in answer.headers["content-disposition"]
    answer = filled.get("/matches.csv?of=ada")
    assert 'filename="matches-first-3-of-108.csv"' in answer.headers["content-disposition"]
    assert len(rows(answer)) == 3
    assert taken(12_345, 5_000) == "the first 5,000 of 12,345"
    assert taken(5_000, 5_000) == "all 5,000"


def test_matches_that_are_to_be_more_or_less_like_somebody_are_exported_so(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada?like=eng-001&unlike=eng-002")
    (link,) = [str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/matches.json")]
    asked = {"like": ["ada", "eng-001"], "unlike": ["eng-002"], "k": 200}
    matches = filled.post("/v1/similar", json=asked).json()["matches"]
    found = filled.get(link).json()
    assert [one["id"] for one in found["people"]] == [match["profile_id"] for match in matches]
    assert [one["score"] for one in found["people"]] == [match["score"] for match in matches]
    assert min(one["points_unlike"] for one in found["people"]) < 0


def test_matches_of_nobody_are_refused(filled: TestClient) -> None:
    assert filled.get("/matches.csv").status_code == 422
    assert filled.get("/matches.csv?of=nobody").status_code == 404


def test_a_view_that_leaves_is_written_down(guarded: Guarded) -> None:
    key = guarded.key("read", name="portal")
    assert guarded.client.get("/profiles.csv", headers=key).status_code == 200
    assert guarded.client.get("/matches.json?of=ada", headers=key).status_code == 200
    assert entries(guarded) == [("portal", "exported", 3), ("portal", "exported", 2)]
