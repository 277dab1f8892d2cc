"""Adding somebody by a page: a file or a text, what was read of it, and what is saved."""

from __future__ import annotations

import html
import json
import re

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.profile import profile_to_json
from tests.service.guarded import OWN, Guarded
from tests.service.guarded import PAGE as BROWSER
from tests.service.people import ADA, POOL, nurse
from tests.service.test_pages import HOSTILE, Seen
from tests.service.test_profiles import PAGE


def read(client: TestClient, text: str = "", **more: str) -> Seen:
    answer = client.post("/add", data={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return Seen(answer.text)


def form_of(page: Seen, action: str) -> dict[str, str]:
    """What a browser would send of the page's controls, but for long texts."""
    assert action in [form.get("action") for form in page.all("form")]
    return {str(a["name"]): str(a.get("value") or "") for a in page.all("input") if a.get("type") in ("text", "hidden")}


def test_a_page_is_read_beside_its_original_and_saved_with_corrections(client: TestClient) -> None:
    page = read(client, PAGE)
    assert "Read as a profile page" in page.text
    fields = form_of(page, "/add/save")
    assert (fields["name"], fields["title"], fields["roles[0].company"]) == (
        "Grace Fieldstone",
        "Staff Nurse",
        "St Aldate Hospital",
    )
    answer = client.post("/add/save", data=fields | {"title": "Charge Nurse"}, follow_redirects=False)
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert place.endswith("#similar")
    profile = client.get(f"/v1{place.removesuffix('#similar')}").json()
    assert (profile["title"], profile["core_skills"]) == ("Charge Nurse", ["Patient Care", "Triage"])
    assert profile["roles"][0]["start"] == "2018-01", "what was not sent is as it was read"


def test_each_value_leads_to_its_words(client: TestClient) -> None:
    answer = client.post("/add", data={"text": PAGE}).text
    marks = {number: html.unescape(text) for number, text in re.findall(r'<mark id="at-(\d+)">([^<]*)</mark>', answer)}
    link = re.search(r'for="roles\[0\]\.start">From</label> <a class="from" href="#at-(\d+)"', answer)
    assert link is not None
    assert marks[link[1]] == "Jan 2018"
    skill = re.search(r'<a href="#at-(\d+)">Triage</a>', answer)
    assert skill is not None
    assert marks[skill[1]] == "Triage"
    assert set(re.findall(r'href="#at-(\d+)"', answer)) <= marks.keys()
    body = re.search(r'<div class="words"[^>]*>(.*?)</div>', answer, re.DOTALL)
    assert body is not None
    assert html.unescape(re.sub(r"<[^>]*>", "", body[1])).strip() == PAGE.strip(), "all of it, as it was sent"


def test_what_was_worked_out_and_not_read_says_so(client: TestClient) -> None:
    """The years are those of the one role."""
    resume = "Otto Marl\nWelder\n\nExperience\nWelder, Ship Works\nFeb 2016 - Feb 2020\n- Welded hulls"
    answer = client.post("/add", data={"text": resume}).text
    assert re.search(r'Years of experience</label> <span class="from">not in these words</span>', answer)
    assert not re.search(r"Title</label> <span", answer)


def test_nothing_is_stored_before_it_is_saved(client: TestClient) -> None:
    read(client, PAGE)
    assert client.post("/v1/count", json={}).json()["count"] == 0


def test_a_file_is_known_by_its_content(client: TestClient) -> None:
    resume = {
        "basics": {"name": "Otto Marl", "label": "Welder"},
        "work": [{"name": "Ship Works", "position": "Welder", "startDate": "2019-02"}],
    }
    answer = client.post("/add", data={"text": ""}, files={"file": ("cv.txt", json.dumps(resume))})
    page = Seen(answer.text)
    assert "Read as a JSON Resume" in page.text
    fields = form_of(page, "/add/save")
    assert (fields["name"], fields["roles[0].start"]) == ("Otto Marl", "2019-02")
    assert "Ship Works" in re.findall(r"<mark[^>]*>([^<]*)</mark>", answer.text)


def test_binary_files_are_read_and_shown_as_text(client: TestClient) -> None:
    rtf = rb"{\rtf1\ansi Otto Marl\par Welder\par \par Experience\par Welder, Ship Works, Jan 2019 - Present\par}"
    answer = client.post("/add", files={"file": ("cv.rtf", rtf)})
    assert "Read as a document in RTF" in Seen(answer.text).text
    assert "Jan 2019" in re.findall(r"<mark[^>]*>([^<]*)</mark>", answer.text)


def test_a_request_leads_to_the_matches(client: TestClient) -> None:
    asked = "We are looking for a staff nurse in Leeds, 5+ years"
    page = read(client, asked)
    assert "This asks for people" in page.text
    assert {"name": "kind", "type": "hidden", "value": "text"} in page.all("input")
    assert client.post("/match", data={"kind": "text", "text": asked}).status_code == 200
    assert "Read as a résumé" in read(client, asked, person="1").text, "whoever says so is believed"


def test_everybody_of_a_file_is_saved_together(client: TestClient) -> None:
    lines = b"\n".join(profile_to_json(nurse(number)) for number in range(3))
    answer = client.post("/add", files={"file": ("all.jsonl", lines)}).text
    assert "3 people in this file" in Seen(answer).text
    packed = re.search(r'<textarea name="people" hidden>\n(.*?)</textarea>', answer, re.DOTALL)
    assert packed
    assert client.post("/add/all", data={"people": html.unescape(packed[1])}, follow_redirects=False).status_code == 303
    assert client.post("/v1/count", json={}).json()["count"] == 3


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"text": "  "}, 422, "choose a file or paste a text"),
        ({"text": "[1, 2"}, 422, "record 1: a record is a JSON object"),
        ({"text": "x" * 120_000}, 413, "raise the setting max_body_bytes"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays(
    client: TestClient, sent: dict[str, str], status: int, said: str
) -> None:
    answer = client.post("/add", data=sent)
    assert answer.status_code == status
    alert = re.search(r'role="alert">([^<]*)<', answer.text)
    assert alert is not None
    assert said in alert[1]
    if status != 413:
        assert html.escape(sent["text"], quote=False) in answer.text


def test_a_wrong_date_is_said_and_what_was_typed_stays(client: TestClient) -> None:
    fields = form_of(read(client, PAGE), "/add/save") | {"roles[0].start": "spring", "title": "Charge Nurse"}
    answer = client.post("/add/save", data=fields)
    assert answer.status_code == 422
    assert "roles[0].start: &#39;spring&#39; is no date" in answer.text
    again = form_of(Seen(answer.text), "/add/save")
    assert (again["roles[0].start"], again["title"]) == ("spring", "Charge Nurse")
    assert client.post("/v1/count", json={}).json()["count"] == 0


def test_who_would_be_replaced_is_said(client: TestClient) -> None:
    client.put("/v1/profiles/ada", content=profile_to_json(ADA))
    other = msgspec.structs.replace(nurse(1), id="ada")
    assert "Ada Quill is stored under this id already" in read(client, profile_to_json(other).decode()).text


def test_what_was_doubtful_is_said_where_it_is(client: TestClient) -> None:
    text = PAGE.replace("Jan 2018Present · 8 yrs", "Jan 2018Feb 2017")
    answer = client.post("/add", data={"text": text}).text
    assert re.search(
        r'id="roles\[0\]\.end"[^>]*>(?:(?!<p class="field">).)*ends in 2017-02, before it begins', answer, re.S
    )


def test_a_hostile_text_is_shown_as_text(client: TestClient) -> None:
    page = read(client, PAGE.replace("I look after people.", HOSTILE))
    assert "{{ 7*7 }}" in page.text
    assert all("/static/" in str(a.get("src")) for a in page.all("script"))
    assert not [a for _, a in page.tags if any(name.startswith("on") or name == "style" for name in a)]


def test_reading_needs_a_key_that_reads_and_saving_one_that_writes(guarded: Guarded) -> None:
    reader = guarded.key("read") | BROWSER | OWN
    answer = guarded.client.post("/add", data={"text": PAGE}, headers=reader)
    assert answer.status_code == 200
    assert "lacks the scope “write”" in answer.text
    assert guarded.client.post("/add/save", data={"base": "{}"}, headers=reader).status_code == 403
    fields = form_of(Seen(answer.text), "/add/save")
    writer = guarded.key("read", "write") | OWN
    assert guarded.client.post("/add/save", data=fields, headers=writer, follow_redirects=False).status_code == 303


def test_a_bent_form_is_refused_in_one_line(filled: TestClient) -> None:
    for path, sent in (("/add/save", {"base": "x"}), ("/add/all", {"people": "x"}), ("/restore", {"profile": "x"})):
        answer = filled.post(path, data=sent)
        assert answer.status_code == 400, path
    answer = filled.post("/add", content=b"--x--", headers={"content-type": "multipart/form-data"})
    assert answer.status_code == 400
    assert filled.post("/v1/count", json={}).json()["count"] == len(POOL)
