"""One search box: a name, a value, a sentence; and what was understood of it, part by part."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from fastapi.testclient import TestClient

from tests.service.test_cards import hrefs, matched
from tests.service.test_pages import seen

SENTENCE = "platform engineer in Germany with Kafka, 10+ years, no Triage"


def asked(text: str, **more: str) -> str:
    return f"/search?{urlencode({'q': text, **more})}"


def dropped(link: str) -> list[str]:
    return parse_qs(link.partition("?")[2])["drop"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Ada Quill", "/profiles/ada"),
        ("quill ada", "/profiles/ada"),
        ("eng-003", "/profiles/eng-003"),
        ("Registered Nurse", "/profiles?title=registered+nurse"),
        ("apache kafka", "/profiles?skill=Kafka"),
        ("St Aldate Hospital", "/profiles?company_ever=st+aldate+hospital"),
        ("Leeds", "/profiles?city=leeds"),
        ("united kingdom", "/profiles?country=united+kingdom"),
        ("  ", "/profiles"),
    ],
)
def test_what_is_a_name_or_a_value_is_gone_to(filled: TestClient, text: str, path: str) -> None:
    answer = filled.get(asked(text), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert filled.get(asked(text)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "text", "path"),
    [
        ("name", "Robin Aastad", "/profiles?name=Robin+Aastad"),
        ("place", "texas", "/profiles?region=texas"),
        ("company", "northwind streams", "/profiles?company_ever=northwind+streams"),
    ],
)
def test_a_suggestion_that_is_taken_is_gone_to(filled: TestClient, kind: str, text: str, path: str) -> None:
    assert filled.get(asked(text, kind=kind), follow_redirects=False).headers["location"] == path


def test_a_sentence_is_answered_with_what_was_understood(filled: TestClient) -> None:
    page = seen(filled, asked(SENTENCE))
    for part in (
        "work platform engineer",
        "must Germany",
        "must Kafka",
        "must 10+ years",
        "not Triage",
        "Understood as",
    ):
        assert part in page.text, part
    found = filled.post("/v1/similar", json={"text": SENTENCE, "k": 10}).json()
    assert matched(page) == [one["profile_id"] for one in found["matches"]]
    assert found["matches"][0]["asked"] in page.text
    assert f"{found['counts']['every_must']} people meet every must" in page.text
    assert "105 people qualify" in page.text, "nurses are shut out, nobody else"


def test_a_part_is_taken_out_by_its_link(filled: TestClient) -> None:
    page = seen(filled, asked(SENTENCE, country="germany"))
    (link,) = [link for link in hrefs(page, "drop=") if dropped(link) == ["skill:triage"]]
    assert parse_qs(link.partition("?")[2])["country"] == ["germany"], "filters stay"
    without = seen(filled, link)
    assert "not Triage" not in without.text
    assert "must Kafka" in without.text
    (both,) = [one for one in hrefs(without, "drop=") if dropped(one) == ["skill:triage", "years"]]
    assert "must 10+ years" not in seen(filled, both).text


def test_a_must_is_made_strict_and_weighed_again(filled: TestClient) -> None:
    page = seen(filled, asked(SENTENCE))
    (link,) = [link for link in hrefs(page, "strict=") if "germany" in link]
    strict = seen(filled, link)
    assert "52 people qualify" in strict.text
    assert {one[:3] for one in matched(strict)} == {"eng"}
    assert asked(SENTENCE) in hrefs(strict, "q="), "and back"


def test_filters_more_and_less_like_work_on_a_sentence(filled: TestClient) -> None:
    page = seen(filled, asked("someone to run clusters for the catalog platform", country="germany", unlike="eng-001"))
    assert "52 people qualify" in page.text
    assert "less like Robin Bastad" in page.text
    hidden = {(a.get("name"), a.get("value")) for a in page.all("input") if a.get("type") == "hidden"}
    assert ("q", "someone to run clusters for the catalog platform") in hidden
    assert ("unlike", "eng-001") in hidden
    liked = seen(filled, asked("someone to run clusters", like="nurse-1"))
    assert "nurse-1" not in matched(liked)
    assert "more like Sam Wardwell 1" in liked.text


def test_a_short_text_that_is_pasted_is_asked_where_it_can_be_filtered_and_come_back_to(filled: TestClient) -> None:
    text = "We look for a nurse.\nMust have: triage, patient care\n"
    answer = filled.post("/match", data={"text": text, "kind": "text"}, follow_redirects=False)
    assert answer.status_code == 303
    assert parse_qs(answer.headers["location"].partition("?")[2]) == {"q": [text.strip()]}
    assert "Sam Wardwell" in filled.get(answer.headers["location"]).text
    long = filled.post(
        "/match", data={"text": text + "The work is varied. " * 100, "kind": "text"}, follow_redirects=False
    )
    assert (long.status_code, "Sam Wardwell" in long.text) == (200, True)


def test_a_name_that_is_misspelt_is_offered(filled: TestClient) -> None:
    page = seen(filled, asked("ada quil"))
    assert "Did you mean Ada Quill person, 1 ?" in page.text
    assert "/profiles/ada" in [a.get("href") for a in page.all("a")]


def test_what_contradicts_itself_is_said_on_the_page(filled: TestClient) -> None:
    page = seen(filled, asked("years:9-5 nurse", country="germany"), 422)
    assert [a for a in page.all("p") if a.get("role") == "alert"]


def test_the_box_is_on_every_page_with_what_was_typed(filled: TestClient) -> None:
    for path in ("/", "/profiles", "/profiles/ada", "/match", asked(SENTENCE)):
        boxes = [a for a in seen(filled, path).all("input") if a.get("name") == "q" and a.get("type") == "search"]
        assert [box.get("value") for box in boxes] == [SENTENCE if path.startswith("/search") else ""], path


def test_what_is_typed_is_text_and_never_markup(filled: TestClient) -> None:
    page = seen(filled, asked("<script>alert(1)</script> nurse \"' {{ 7*7 }}"))
    assert all(str(a.get("src", "")).startswith("/static/") for a in page.all("script"))
    assert "{{ 7*7 }}" in page.text
