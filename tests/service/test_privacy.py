"""Contact details are in no answer, however they came in, unless the operator exposes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.service import create_app
from recommender.settings import Settings
from recommender.skills import Vocabulary
from tests.service.people import PLATFORM, Client, Rooms

MAIL, PHONE, LINK = "liv.orsta@mail.example", "+47 915 55 012", "https://liv.example/me"
SECRETS = (MAIL, "555 01", "liv.example", "liv-orsta", "1987")
WAYS: dict[str, dict[str, Any]] = {
    "keys at the top": {"email": MAIL, "Mobile No.": PHONE, "linkedin": "liv-orsta", "date_of_birth": "1987-05"},
    "a number": {"phoneNumber": 4791555012},
    "unknown keys of contact": {"contact": {"emails": [MAIL], "whatsapp": PHONE, "born": "1987"}},
    "unknown keys of roles": {"roles": [{"title": "Baker", "url": LINK, "manager_phone": PHONE}]},
    "extras of any depth": {"extras": {"a": [{"b": {"e-mail": "x", "note": f"reach {MAIL}, {PHONE}"}}, LINK]}},
    "keys that are addresses": {"extras": {MAIL: 1}},
    "texts": {
        "about": f"I bake.\n{MAIL} {PHONE} {LINK}", "highlights": [f"Call {PHONE}"], "persona": MAIL, "badges": [MAIL],
        "languages": [f"Norsk {PHONE}"], "certifications": [f"Licence, see {LINK}"], "location": f"Oslo, {PHONE}",
        "name": f"Liv {MAIL}", "title": f"Baker {PHONE}", "core_skills": [*PLATFORM, MAIL],
        "education": [{"school": MAIL, "degree": PHONE, "field": LINK}],
        "roles": [{"title": f"Baker {MAIL}", "company": f"Bakery {PHONE}", "bullets": [f"Baked; {MAIL}"]}],
    },
    "JSON Resume": {
        "basics": {
            "name": "Liv", "label": "Baker", "email": MAIL, "phone": PHONE, "url": LINK, "summary": f"Ask {MAIL}",
            "profiles": [{"network": "LinkedIn", "username": "liv-orsta", "url": LINK}], "birthDate": "1987-05-01",
        },
        "work": [{"name": "Bakery", "position": "Baker", "url": LINK, "contact": MAIL}],
        "projects": [{"name": "Oven", "url": LINK, "owner": {"mail": MAIL}}],
        "references": [{"name": "Per", "reference": f"good; {PHONE}"}],
        "custom": {"telegram": "@liv-orsta", "note": MAIL},
    },
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_contact_is_shown_to_nobody_however_it_came_in(client: TestClient, way: str) -> None:
    twin = {"title": "Baker", "core_skills": list(PLATFORM), "roles": [{"title": "Baker", "start": "2020"}]}
    assert client.put("/v1/profiles/twin", json=twin).status_code == 201
    body = WAYS[way] if "basics" in WAYS[way] else twin | WAYS[way]
    stored = client.put("/v1/profiles/liv", json=body)
    assert stored.status_code == 201, stored.text
    answers = [
        client.get(path)
        for path in ("/v1/profiles/liv", "/v1/profiles", "/v1/profiles/twin/similar", "/profiles/liv", "/profiles")
    ]
    answers.append(client.post("/v1/facets", json={"fields": ["title", "location", "company", "badge", "skill"]}))
    answers.append(client.get("/profiles/twin"))
    for answer in (stored, *answers):
        assert answer.status_code < 300, answer.text
        assert not [secret for secret in (*SECRETS, "4791555012") if secret in answer.text], answer.url


def test_a_table_s_unknown_columns_are_apart_too() -> None:
    table = b"name,title,E-Mail Address,LinkedIn,shift\nLiv,Baker,liv@mail.example,liv-orsta,night\n"
    (profile,) = read_bytes(table, source="t", vocabulary=Vocabulary.shipped(), on_notice=print)
    assert isinstance(profile, Profile)
    assert profile.extras == {"shift": "night"}
    assert profile.contact is not None
    assert profile.contact.emails == ("liv@mail.example",), "a known column by another name"
    assert profile.contact.extras == {"LinkedIn": "liv-orsta"}


def test_the_operator_sees_it_where_it_is_exposed(tmp_path: Path) -> None:
    with Client(create_app(Settings.load(data=tmp_path, expose_contact=True), Rooms)) as client:
        client.put("/v1/profiles/liv", json={"title": "Baker", "about": MAIL, "email": MAIL, "contact": {"fax": "1"}})
        got = client.get("/v1/profiles/liv").json()
    assert got["about"] == MAIL
    assert got["contact"]["extras"] == {"email": MAIL, "fax": "1"}


def test_who_puts_back_what_was_shown_wipes_nothing_out(tmp_path: Path) -> None:
    with Client(create_app(Settings.load(data=tmp_path / "pool"), Rooms)) as client:
        extras = {"note": MAIL, "shift": "night"}
        whole = {"title": "Baker", "about": f"I bake; {PHONE}", "email": MAIL, "extras": extras}
        client.put("/v1/profiles/liv", json=whole)
        shown = client.get("/v1/profiles/liv").json()
        answer = client.put("/v1/profiles/liv", json=shown | {"title": "Master Baker"})
        assert [notice["field"] for notice in answer.json()["notices"]] == ["about", "contact", "extras"]
        assert client.get("/v1/profiles/liv").json() == shown | {"title": "Master Baker", "as_of": shown["as_of"]}
    exposing = Settings.load(data=tmp_path / "pool", expose_contact=True)
    with Client(create_app(exposing, Rooms)) as client:
        got = client.get("/v1/profiles/liv").json()
        assert (got["title"], got["about"], got["extras"]["note"]) == ("Master Baker", f"I bake; {PHONE}", MAIL)
        assert got["contact"]["extras"] == {"email": MAIL}
    with Client(create_app(Settings.load(data=tmp_path / "pool"), Rooms)) as client:
        client.put("/v1/profiles/liv", json=shown | {"contact": {}})
    with Client(create_app(exposing, Rooms)) as client:
        assert MAIL not in json.dumps(client.get("/v1/profiles/liv").json()["contact"])


def test_what_is_held_apart_never_reaches_the_encoder(tmp_path: Path) -> None:
    base = {"title": "Baker", "about": "I bake bread.", "core_skills": ["Triage"]}
    more = {"email": MAIL, "contact": {"whatsapp": PHONE, "hobby": "Kafka"}, "extras": {"note": "Kafka nurse"}}
    with Rooms(Settings.load(data=tmp_path)) as rooms:
        plain, full = (
            next(iter(read_bytes(json.dumps(b).encode(), source="b", vocabulary=rooms.vocabulary, on_notice=print)))
            for b in (base, base | more)
        )
        assert isinstance(plain, Profile)
        assert isinstance(full, Profile)
        one, other = rooms.profile_encoder.encode([plain, full])
    assert (one.vector == other.vector).all()
    assert one.facts == other.facts
