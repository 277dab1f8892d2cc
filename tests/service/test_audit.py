"""What requests add to the audit log, and what happens where it cannot be written."""

from __future__ import annotations

from pathlib import Path

from recommender.audit import AuditLog, verified
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.guarded import Guarded
from tests.service.people import ADA, Client, Rooms


def entries(guarded: Guarded) -> list[tuple[str, str, int]]:
    """(who, did, how many) of each entry."""
    path = AuditLog(guarded.settings.access_folder).path
    return [(entry.who, entry.did, len(entry.whom)) for entry in verified(path)]


def test_whose_contact_details_were_seen_is_written_down(guarded: Guarded) -> None:
    """Of the three people, Ada alone has some."""
    seeing = guarded.key("read", "contact", "write", name="portal")
    reading = guarded.key("read", "write", name="other")
    for path in ("/v1/profiles/ada", "/v1/profiles", "/profiles/ada", "/profiles", "/"):
        assert guarded.client.get(path, headers=seeing).status_code == 200
        assert guarded.client.get(path, headers=reading).status_code == 200
    for path in ("/v1/profiles/eng-001", "/v1/profiles/nobody", "/v1/profiles/ada/similar", "/v1/profiles?limit=0"):
        guarded.client.get(path, headers=seeing)
    assert entries(guarded) == [("portal", "read contact", 1)] * 5
    log = AuditLog(guarded.settings.access_folder)
    assert {entry.whom for entry in verified(log.path)} == {(log.person("ada"),)}


def test_who_was_deleted_is_written_down(guarded: Guarded) -> None:
    key = guarded.key("write", name="portal")
    assert guarded.client.delete("/v1/profiles/nobody", headers=key).status_code == 404
    assert guarded.client.delete("/v1/profiles/ada").status_code == 401
    assert entries(guarded) == []
    assert guarded.client.delete("/v1/profiles/ada", headers=key).status_code == 204
    assert entries(guarded) == [("portal", "deleted", 1)]


def test_nothing_is_shown_or_deleted_that_cannot_be_written_down(guarded: Guarded) -> None:
    key = guarded.key("read", "contact", "write")
    log = AuditLog(guarded.settings.access_folder)
    log.path.mkdir()
    for answer in (
        guarded.client.get("/v1/profiles/ada", headers=key),
        guarded.client.get("/profiles/ada", headers=key),
        guarded.client.delete("/v1/profiles/ada", headers=key),
    ):
        assert answer.status_code == 503
        assert "ada.quill" not in answer.text
        assert str(log.path.parent) not in answer.text
    log.path.rmdir()
    assert guarded.client.get("/v1/profiles/ada", headers=key).status_code == 200


def test_on_loopback_without_keys_it_says_so(tmp_path: Path) -> None:
    settings = Settings.load(data=tmp_path / "pool", expose_contact=True)
    with Rooms(settings) as recommender:
        list(recommender.ingest([ADA]))
    with Client(create_app(settings, Rooms)) as client:
        client.get("/v1/profiles/ada")
    assert [entry.who for entry in verified(tmp_path / "pool.access" / "audit.jsonl")] == ["local"]
