"""With keys, nothing is asked without one; each opens what its scopes say, and contact details with theirs alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

from recommender.keys import KeyFile, Scope
from recommender.profile import profile_to_json
from recommender.service import create_app
from recommender.service.access.needs import needed
from recommender.settings import Settings
from tests.service.guarded import PAGE, Guarded
from tests.service.people import ADA, Client, Rooms

MAIL = "ada.quill@example.org"
#: Every route with what it needs, "key" for any key; what is not here is refused by the test below.
NEEDS = {
    ("GET", "/healthz"): None,
    ("GET", "/readyz"): None,
    ("GET", "/sign-in"): None,
    ("POST", "/sign-in"): None,
    ("POST", "/sign-out"): None,
    ("GET", "/docs"): "key",
    ("GET", "/metrics"): "admin",
    ("GET", "/search"): "read",
    **dict.fromkeys((("POST", "/v1/profiles"), ("PUT", "/v1/profiles/x"), ("DELETE", "/v1/profiles/x")), "write"),
    **dict.fromkeys((("POST", "/v1/profiles/x/linked"), ("DELETE", "/v1/profiles/x/linked/x")), "write"),
    ("POST", "/unlink/x"): "write",
    **{("GET", path): "read" for path in ("/", "/profiles", "/profiles/x", "/match", "/v1/profiles", "/v1/profiles/x")},
    **{
        ("GET", path): "read"
        for path in (
            "/v1/profiles/x/similar",
            "/v1/profiles/x/insights",
            "/v1/profiles/x/linked",
            "/v1/suggest",
            "/values",
        )
    },
    **dict.fromkeys((("GET", "/shortlist"), ("GET", "/compare")), "read"),
    **{("GET", f"/{name}.{kind}"): "read" for name in ("profiles", "matches") for kind in ("csv", "json")},
    **{(method, f"/shortlist.{kind}"): "read" for method in ("GET", "POST") for kind in ("csv", "json")},
    ("GET", "/overview"): "read",
    **{("GET", path): "read" for path in ("/map", "/map/points", "/map/person", "/map/where")},
    ("GET", "/add"): "read",
    ("POST", "/add"): "read",
    **dict.fromkeys((("POST", path) for path in ("/add/save", "/add/all", "/restore")), "write"),
    **dict.fromkeys(((method, f"/{page}/x") for method in ("GET", "POST") for page in ("edit", "delete")), "write"),
    **{("POST", path): "read" for path in ("/match", "/v1/similar", "/v1/understand", "/v1/count", "/v1/facets")},
}


def within_a_second(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 1.0
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_every_route_needs_what_the_table_says(guarded: Guarded) -> None:
    app: Any = guarded.client.app
    found = {
        (method, re.sub(r"\{[^}]*\}", "x", route.path)): needed(route.path, method)
        for include in app.routes
        for route in getattr(getattr(include, "original_router", None), "routes", [include])
        if isinstance(route, Route) and not route.path.startswith(("/openapi", "/static"))
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {key: need if need is None else (*need, "key")[0] for key, need in found.items()} == NEEDS


def test_with_a_key_nothing_is_asked_without_one(guarded: Guarded) -> None:
    assert guarded.client.get("/v1/profiles/ada").status_code == 200, "on loopback, until there is a key"
    guarded.key("read")
    within_a_second(lambda: guarded.client.get("/v1/profiles/ada").status_code == 401)
    for (method, path), need in NEEDS.items():
        answer = guarded.client.request(method, path)
        if need is None:
            assert answer.status_code in (200, 303, 401), path
            continue
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="recommender"'), path
        assert answer.json()["type"] == "urn:recommender:problem:no-key"
    assert guarded.client.get("/healthz").status_code == guarded.client.get("/readyz").status_code == 200
    for path in ("/openapi.json", "/nowhere", "/v1/nothing"):
        assert guarded.client.get(path).status_code == 401, "what there is, is nobody's business"
    assert guarded.client.get("/static/pages.css").status_code == 200
    assert guarded.client.options("/v1/similar").status_code == 401
    assert guarded.client.request("PATCH", "/v1/profiles").status_code == 401


@pytest.mark.parametrize("scope", [None, *Scope])
def test_a_key_opens_what_its_scopes_say_and_nothing_else(guarded: Guarded, scope: Scope | None) -> None:
    key = guarded.key(*([scope] if scope else []))
    for (method, path), need in NEEDS.items():
        if need is None:
            continue
        answer = guarded.client.request(method, path, headers=key)
        if need in ("key", scope):
            assert answer.status_code not in (401, 403), (path, answer.text)
        else:
            assert answer.status_code == 403, path
            assert f"lacks the scope '{need}'" in answer.text
            assert answer.headers["www-authenticate"].endswith(f'error="insufficient_scope", scope="{need}"')
            assert answer.json()["type"] == "urn:recommender:problem:missing-scope"


def test_a_key_is_sent_either_way(guarded: Guarded) -> None:
    text = guarded.key("read")["authorization"].split()[1]
    for headers in ({"x-api-key": text}, {"authorization": f"bearer  {text}"}):
        assert guarded.client.get("/v1/profiles/ada", headers=headers).status_code == 200
    for headers in (
        {"authorization": f"Basic {text}"},
        {"authorization": text},
        {"authorization": "Bearer "},
        {"authorization": f"Bearer {text}x"},
        {"authorization": f"Bearer {text[:-1]}"},
        {"authorization": "Bearer wrong", "x-api-key": text},
        {"x-api-key": ""},
        {"cookie": f"recommender_session={text}"},
    ):
        answer = guarded.client.get("/v1/profiles/ada", headers=headers)
        assert answer.status_code == 401, headers
        assert text not in answer.text


def test_a_revoked_or_expired_key_is_refused_within_a_second(guarded: Guarded) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.5)
    revoked, expired = guarded.key("read", name="old"), guarded.key("read", expires=soon)
    assert guarded.client.get("/v1/profiles/ada", headers=revoked).status_code == 200
    guarded.file.revoke("old", datetime.now(UTC))
    for key in (revoked, expired):
        within_a_second(lambda key=key: guarded.client.get("/v1/profiles/ada", headers=key).status_code == 401)  # type: ignore[misc]
    answer = guarded.client.get("/v1/profiles/ada", headers=revoked)
    assert answer.headers["www-authenticate"] == 'Bearer realm="recommender", error="invalid_token"'
    assert answer.json()["type"] == "urn:recommender:problem:not-a-key"


def test_contact_details_leave_with_their_scope_alone(guarded: Guarded) -> None:
    body = profile_to_json(ADA).replace(b'"extras":{}', b'"extras":{"note":"mail %s"}' % MAIL.encode())
    assert MAIL.encode() in body
    reading, seeing = guarded.key("read", "write", "moves", "admin"), guarded.key("read", "contact", "write")
    assert guarded.client.put("/v1/profiles/ada", content=body, headers=seeing).status_code == 200
    for path in ("/v1/profiles/ada", "/v1/profiles", "/v1/profiles/eng-001/similar", "/profiles/ada", "/profiles", "/"):
        for headers in (reading, reading | PAGE):
            answer = guarded.client.get(path, headers=headers)
            assert answer.status_code == 200, path
            assert MAIL not in answer.text, path
    for path in ("/v1/profiles/ada", "/v1/profiles"):
        assert guarded.client.get(path, headers=seeing).text.count(MAIL) == 3, path


def test_the_setting_exposes_nothing_where_keys_are_needed(tmp_path: Path) -> None:
    settings = Settings.load(data=tmp_path / "pool", expose_contact=True)
    with Rooms(settings) as recommender:
        list(recommender.ingest([ADA]))
    read = frozenset({Scope.READ})
    with Client(create_app(settings, Rooms)) as client:
        assert MAIL in client.get("/v1/profiles/ada").text
        _, text = KeyFile(settings.access_folder).create(read, datetime.now(UTC), None, None, None)
        answer = client.get("/v1/profiles/ada", headers={"x-api-key": text})
        within_a_second(lambda: MAIL not in client.get("/v1/profiles/ada", headers={"x-api-key": text}).text)
        assert answer.status_code == 200


def test_who_may_not_see_contact_wipes_none_out(guarded: Guarded) -> None:
    writing, seeing = guarded.key("read", "write"), guarded.key("read", "contact")
    shown = guarded.client.get("/v1/profiles/ada", headers=writing).json()
    answer = guarded.client.put("/v1/profiles/ada", json=shown | {"title": "Director"}, headers=writing)
    assert [notice["field"] for notice in answer.json()["notices"]] == ["contact"]
    stored = guarded.client.get("/v1/profiles/ada", headers=seeing).json()
    assert (stored["title"], stored["contact"]["emails"]) == ("Director", [MAIL])


def test_another_machine_is_not_let_in_without_keys(tmp_path: Path) -> None:
    """An application that listens elsewhere, however it came to be run."""
    settings = Settings.load(data=tmp_path / "pool", host="0.0.0.0", allowed_hosts=("localhost",))
    with Client(create_app(settings, Rooms)) as client:
        assert client.get("/v1/profiles").status_code == 401
        assert client.get("/healthz").status_code == 200


def test_a_file_of_keys_that_cannot_be_read_lets_nobody_in(guarded: Guarded) -> None:
    key = guarded.key("read")
    assert guarded.client.get("/v1/profiles/ada", headers=key).status_code == 200
    guarded.file.path.unlink()
    guarded.file.path.write_bytes(b"no database" * 1000)
    time.sleep(0.3)
    for headers in (key, {}):
        answer = guarded.client.get("/v1/profiles/ada", headers=headers)
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:recommender:problem:access-unavailable"
        assert str(guarded.file.path.parent) not in answer.text


def test_the_document_says_what_each_route_needs(guarded: Guarded) -> None:
    document = guarded.client.get("/openapi.json", headers=guarded.key()).json()
    schemes = document["components"]["securitySchemes"]
    assert (schemes["bearer"]["scheme"], schemes["key"]["name"]) == ("bearer", "X-API-Key")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            need = NEEDS[method.upper(), re.sub(r"\{[^}]*\}", "x", path)]
            assert operation.get("security") == (need and [{"bearer": [need]}, {"key": [need]}]), path
            assert {"401", "403", "429"} <= operation["responses"].keys() or need is None
