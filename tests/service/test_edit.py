"""Editing and deleting somebody by their pages, and the undo of it."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from recommender.profile import profile_to_json
from tests.service.guarded import OWN, Guarded
from tests.service.guarded import PAGE as BROWSER
from tests.service.people import ADA
from tests.service.test_add import form_of
from tests.service.test_audit import entries
from tests.service.test_pages import Seen, seen


@pytest.fixture
def stored(client: TestClient) -> TestClient:
    assert client.put("/v1/profiles/ada", content=profile_to_json(ADA)).status_code == 201
    return client


def test_a_profile_links_to_its_form_and_to_its_deletion(stored: TestClient) -> None:
    links = [a.get("href") for a in seen(stored, "/profiles/ada").all("a")]
    assert {"/edit/ada", "/delete/ada"} <= set(links)


def test_an_edit_changes_what_was_changed_and_keeps_what_is_hidden(stored: TestClient) -> None:
    fields = form_of(seen(stored, "/edit/ada"), "/edit/ada")
    assert "ada.quill@example.org" not in str(fields)
    answer = stored.post("/edit/ada", data=fields | {"title": "Head of Search"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/profiles/ada")
    from tests.service.test_similar import rooms

    after = rooms(stored).get("ada")
    assert (after.title, after.contact, after.roles) == ("Head of Search", ADA.contact, ADA.roles)


def test_an_edit_of_what_was_changed_meanwhile_is_not_lost_and_replaces_nothing(stored: TestClient) -> None:
    fields = form_of(seen(stored, "/edit/ada"), "/edit/ada")
    stored.post("/edit/ada", data=fields | {"title": "Head of Search"})
    answer = stored.post("/edit/ada", data=fields | {"name": "Ada Moor"})
    assert answer.status_code == 409
    assert "changed this profile meanwhile" in answer.text
    assert form_of(Seen(answer.text), "/edit/ada")["name"] == "Ada Moor"
    assert stored.get("/v1/profiles/ada").json()["name"] == "Ada Quill"


def test_a_deletion_is_asked_done_and_undone_from_its_page(stored: TestClient) -> None:
    asked = seen(stored, "/delete/ada")
    assert "Delete Ada Quill?" in asked.text
    assert stored.get("/v1/profiles/ada").status_code == 200, "asking deletes nobody"
    done = stored.post("/delete/ada")
    assert "Ada Quill is deleted" in done.text
    assert stored.get("/v1/profiles/ada").status_code == 404
    copy = re.search(r'name="profile" value="([^"]*)"', done.text)
    assert copy
    assert "ada.quill@example.org" not in done.text, "whoever may not see contact details gets none to carry"
    back = stored.post("/restore", data={"profile": html.unescape(copy[1])}, follow_redirects=False)
    assert back.headers["location"] == "/profiles/ada"
    after = stored.get("/v1/profiles/ada").json()
    assert (after["title"], len(after["roles"])) == ("Engineering Manager", 3)
    twice = stored.post("/restore", data={"profile": html.unescape(copy[1])})
    assert twice.status_code == 409, "who was stored anew meanwhile is not replaced"


def test_who_is_not_there_has_neither_form_nor_deletion(stored: TestClient) -> None:
    for path in ("/edit/nobody", "/delete/nobody"):
        seen(stored, path, 404)
        assert stored.post(path, data={}).status_code == 404


def test_deletions_and_edits_need_the_scope_and_are_written_down(guarded: Guarded) -> None:
    reader, writer = guarded.key("read") | BROWSER | OWN, guarded.key("read", "write", "contact") | BROWSER | OWN
    page = guarded.client.get("/profiles/ada", headers=reader).text
    assert "/edit/ada" not in page
    for path in ("/edit/ada", "/delete/ada"):
        assert guarded.client.get(path, headers=reader).status_code == 403
        assert guarded.client.post(path, data={}, headers=reader).status_code == 403
    gone = guarded.client.post("/delete/ada", headers=writer).text
    assert "ada.quill@example.org" in gone, "who may see contact details takes them along"
    assert [did for _, did, _ in entries(guarded)][-1] == "deleted"
