"""The OpenAPI document says what is really taken and given, and `/docs` needs nothing from elsewhere."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from recommender.profile import profile_to_json
from tests.service.people import ADA
from tests.service.test_pages import Seen

CONTRACT = {
    "/v1/profiles/{profile_id}": {"put", "get", "delete"},
    "/v1/profiles": {"post", "get"},
    "/v1/profiles/{profile_id}/similar": {"get"},
    "/v1/profiles/{profile_id}/insights": {"get"},
    "/v1/profiles/{profile_id}/linked": {"get", "post"},
    "/v1/profiles/{profile_id}/linked/{other}": {"delete"},
    "/v1/similar": {"post"},
    "/v1/understand": {"post"},
    "/v1/suggest": {"get"},
    "/v1/count": {"post"},
    "/v1/facets": {"post"},
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/metrics": {"get"},
}


@pytest.fixture(scope="module")
def document(filled: TestClient) -> dict[str, Any]:
    body: dict[str, Any] = filled.get("/openapi.json").json()
    return body


def check(document: dict[str, Any], path: str, method: str, status: int, body: Any) -> None:
    """The body is what the document says of this answer."""
    content = document["paths"][path][method]["responses"][str(status)]["content"]
    (media,) = content.values()
    jsonschema.validate(body, {**media["schema"], "components": document["components"]})


def test_every_route_of_the_contract_is_there_and_no_page(document: dict[str, Any]) -> None:
    assert {path: set(methods) for path, methods in document["paths"].items()} == CONTRACT


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = {part.split('"')[0] for part in json.dumps(document).split("#/components/schemas/")[1:]}
    assert {"Answer", "Match", "Profile", "Filter", "Problem", "SimilarRequest", "StoreAnswer"} <= names
    assert names <= document["components"]["schemas"].keys()


def test_answers_are_what_the_document_says(filled: TestClient, document: dict[str, Any]) -> None:
    one = "/v1/profiles/{profile_id}"
    check(document, one, "get", 200, filled.get("/v1/profiles/ada").json())
    check(document, one, "get", 404, filled.get("/v1/profiles/nobody").json())
    check(document, f"{one}/similar", "get", 200, filled.get("/v1/profiles/ada/similar").json())
    check(document, f"{one}/insights", "get", 200, filled.get("/v1/profiles/ada/insights").json())
    check(document, f"{one}/linked", "get", 200, filled.get("/v1/profiles/ada/linked").json())
    check(document, "/v1/similar", "post", 422, filled.post("/v1/similar", json={}).json())
    check(document, "/v1/profiles", "get", 200, filled.get("/v1/profiles?limit=3").json())
    check(document, "/v1/suggest", "get", 200, filled.get("/v1/suggest?q=ad").json())
    check(document, "/v1/count", "post", 200, filled.post("/v1/count", json={}).json())
    check(document, "/v1/facets", "post", 200, filled.post("/v1/facets", json={}).json())
    check(document, "/readyz", "get", 200, filled.get("/readyz").json())


def test_what_stores_says_what_the_document_says(client: TestClient, document: dict[str, Any]) -> None:
    lines = profile_to_json(ADA) + b'\n{"title": 7}\n'
    answer = client.post("/v1/profiles", content=lines, headers={"content-type": "application/x-ndjson"})
    check(document, "/v1/profiles", "post", 207, answer.json())
    check(
        document, "/v1/profiles/{profile_id}", "put", 201, client.put("/v1/profiles/b", json={"title": "Nurse"}).json()
    )
    check(document, "/v1/profiles", "post", 422, client.post("/v1/profiles", json={"title": 7}).json())


def test_examples_can_be_sent_as_they_stand(client: TestClient, document: dict[str, Any]) -> None:
    for named in ("x", "ada-quill-2019"):
        client.put(f"/v1/profiles/{named}", json={"title": "Nurse"})
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                if "example" in content:
                    answer = client.request(method, path.format(profile_id="x"), json=content["example"])
                    assert answer.status_code < 300, (path, media, answer.text)
                    check(document, path, method, answer.status_code, answer.json())


def test_every_answer_is_shown_by_an_example_of_its_schema(document: dict[str, Any]) -> None:
    """Those of problems have the status that they are shown for, and a type that the service knows."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                for media, content in answer.get("content", {}).items():
                    check(document, path, method, int(status), content["example"])
                    if media == "application/problem+json":
                        assert content["example"]["status"] == int(status), (path, status)
                        assert content["example"]["type"].startswith("urn:recommender:problem:")


def test_an_example_of_a_match_adds_up(document: dict[str, Any]) -> None:
    content = document["paths"]["/v1/similar"]["post"]["responses"]["200"]["content"]["application/json"]
    (match,) = content["example"]["matches"]
    assert sum(one["points"] for one in match["contributions"]) == match["score"]


def test_parameters_are_shown_by_what_can_be_asked(filled: TestClient, document: dict[str, Any]) -> None:
    listing = document["paths"]["/v1/profiles"]["get"]["parameters"]
    where = next(one["example"] for one in listing if one["name"] == "where")
    assert filled.get("/v1/profiles", params={"where": where}).status_code == 200


def test_every_error_is_told_in_the_same_form(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                assert int(status) < 400 or list(answer["content"]) == ["application/problem+json"], path
    assert "HTTPValidationError" not in json.dumps(document)


def test_a_profile_answered_is_a_profile_taken(filled: TestClient, document: dict[str, Any]) -> None:
    taken = document["paths"]["/v1/profiles"]["post"]["requestBody"]["content"]
    assert {"application/json", "application/x-ndjson", "text/plain"} < set(taken)
    profile = filled.get("/v1/profiles/ada").json()
    jsonschema.validate(profile, {**taken["application/json"]["schema"], "components": document["components"]})
    jsonschema.validate([profile], {**taken["application/json"]["schema"], "components": document["components"]})


def test_docs_load_only_what_this_server_has(filled: TestClient) -> None:
    page = Seen(filled.get("/docs").text)
    files = [a["src"] for a in page.all("script")] + [a["href"] for a in page.all("link")]
    assert "/static/swagger/swagger-ui-bundle.js" in files
    for name in files:
        assert filled.get(str(name)).status_code == 200, name


def test_docs_have_the_header_of_the_pages_and_are_packed(filled: TestClient) -> None:
    answer = filled.get("/docs", headers={"accept-encoding": "gzip"})
    assert 'href="/docs" aria-current="page">API</a>' in answer.text
    for path in ("/docs", "/openapi.json", "/static/swagger/swagger-ui-bundle.js", "/static/swagger/swagger-ui.css"):
        assert filled.get(path, headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip", path


def test_every_field_of_every_schema_is_described(filled: TestClient) -> None:
    schemas = filled.get("/openapi.json").json()["components"]["schemas"]
    silent = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, of_field in schema.get("properties", {}).items()
        if not of_field.get("description")
    ]
    assert silent == []
    assert schemas["Match"]["properties"]["rank"]["description"] == "From 1."
    assert "exact" in schemas["CountAnswer"]["properties"]["count"]["description"]


def test_every_parameter_is_described(filled: TestClient) -> None:
    paths = filled.get("/openapi.json").json()["paths"]
    silent = [
        (path, parameter["name"])
        for path, methods in paths.items()
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        if not parameter.get("description") and parameter["in"] == "query"
    ]
    assert silent == []
