"""The pages, read as a visitor would: with an HTML parser."""

from __future__ import annotations

from html.parser import HTMLParser

import msgspec
import pytest
from fastapi.testclient import TestClient

from recommender.profile import Education, Profile, Role, profile_to_json
from tests.service.people import ADA, POOL
from tests.service.test_profiles import PAGE

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}"


class Seen(HTMLParser):
    """Tags, text and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data + " "

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def seen(client: TestClient, path: str, status: int = 200) -> Seen:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Seen(answer.text)


def options(page: Seen, name: str) -> dict[str, bool]:
    """Value → whether it is chosen."""
    return {
        str(a["value"]): "checked" in a for a in page.all("input") if a.get("name") == name and a["type"] == "checkbox"
    }


def test_home_shows_somebody_and_ends_in_the_line(filled: TestClient) -> None:
    page = seen(filled, "/")
    assert "Ada Quill" in page.text, "of those with the featured skills, hers is the fullest page"
    for part in (
        "Engineering Manager",
        "16 yrs experience",
        "Open to Work",
        "Ran search for 90 million people.",
        "Infrastructure engineer who leads",
        "team health",
        "Mar 2021 – Present · 5 yrs · Los Gatos, California · Hybrid",
        "Borealis Mail 2 roles",
        "Harbour University",
        (
            "100+ more professionals with Distributed Systems & Platform Infrastructure "
            "— explore similar profiles based on matching skills and experience"
        ),
        "108 people qualify",
    ):
        assert part in page.text, part


def test_each_match_links_to_its_own_page_and_shows_what_http_answers(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada")
    for match in filled.get("/v1/profiles/ada/similar").json()["matches"]:
        assert {"href": f"/profiles/{match['profile_id']}"} in page.all("a")
        assert f"{match['score']:.4f}" in page.text
        for reason in match["reasons"]:
            assert reason["text"] in page.text
        for contribution in match["contributions"]:
            assert f"{contribution['points']:+.4f}" in page.text


def test_the_bar_of_a_match_is_as_long_as_its_score(filled: TestClient) -> None:
    from recommender.matching import Query
    from recommender.service.pages.cards import cards
    from tests.service.test_similar import rooms

    for card in cards(rooms(filled).similar(Query(like=("ada",), k=20))):
        last = card.segments[-1]
        assert last.start + last.width == pytest.approx(card.match.score)
        starts = [segment.start for segment in card.segments]
        assert starts == sorted(starts)


def test_filters_narrow_the_matches_and_count_what_else_could_be_chosen(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada?country=germany&seniority=lead")
    lead_in_germany = [p for p in POOL if p.location == "Berlin, Germany" and (p.title or "").startswith("Lead")]
    assert f"{len(lead_in_germany)} people qualify" in page.text
    assert options(page, "country")["germany"]
    assert not options(page, "country")["united states"], "still there to choose: places widen"
    assert options(page, "seniority") == {"lead": True, "senior": False, "mid": False}
    matched = {str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/profiles/eng")}
    assert {href.partition("#")[0] for href in matched} <= {f"/profiles/{p.id}" for p in lead_in_germany}


def test_what_was_chosen_can_be_taken_back_one_by_one(filled: TestClient) -> None:
    page = seen(filled, "/profiles?location=germany&location=texas&years=5-9")
    taken_back = {str(a["aria-label"]): a["href"] for a in page.all("a") if "aria-label" in a}
    assert taken_back == {
        "Take away the filter Germany": "/profiles?location=texas&years_from=5&years_to=9",
        "Take away the filter Texas": "/profiles?location=germany&years_from=5&years_to=9",
        "Take away the filter 5–9 years": "/profiles?location=germany&location=texas",
    }
    assert "3 chosen" in page.text


def test_a_filter_nobody_meets_says_so(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada?city=atlantis")
    assert "Nobody qualifies" in page.text
    assert "Clear all filters" in page.text
    assert "Nobody in this pool has the city “Atlantis”" in page.text
    assert options(page, "city")["atlantis"], "what was chosen can be taken back"


@pytest.mark.parametrize("query", ["years=nonsense", "k=-1", "k=x", "seniority=", "years=99-1", "skill=%00", "k=99999"])
def test_a_bent_url_is_still_a_page(filled: TestClient, query: str) -> None:
    seen(filled, f"/profiles/ada?{query}")
    seen(filled, f"/profiles?{query}")


def test_show_more_shows_more(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada?seniority=senior&k=20")
    assert len([a for a in page.all("article") if "match" in str(a.get("class"))]) == 20
    assert "/profiles/ada?seniority=senior&k=30#match-20" in [a.get("href") for a in page.all("a")]


def test_people_lists_counts_and_pages(filled: TestClient) -> None:
    page = seen(filled, "/profiles")
    assert f"{len(POOL)} profiles in this pool" in page.text
    seen_names: list[str] = []
    path = "/profiles?title=platform+engineer"
    while path:
        page = seen(filled, path)
        assert "104 people qualify" in page.text
        seen_names += [str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/profiles/")]
        links = [str(a["href"]) for a in page.all("a") if a.get("rel") == "next"]
        path = links[0] if links else ""
    assert sorted(seen_names) == sorted(f"/profiles/eng-{n:03}" for n in range(104))


def test_match_reads_a_page_and_shows_who_is_closest(filled: TestClient) -> None:
    answer = filled.post("/match", data={"text": PAGE, "kind": "page"})
    assert answer.status_code == 200
    page = Seen(answer.text)
    assert "Grace Fieldstone" in page.text
    assert "4 more professionals with patient care & triage" in page.text.casefold()
    assert "Sam Wardwell" in page.text
    assert filled.post("/v1/count", json={}).json()["count"] == len(POOL), "nothing is stored"


def test_match_takes_a_job_description(filled: TestClient) -> None:
    answer = filled.post("/match", data={"text": "Registered Nurse, triage and patient care", "kind": "text"})
    assert answer.status_code == 200
    assert "Sam Wardwell" in answer.text


@pytest.mark.parametrize("kind", ["page", "text"])
def test_match_of_nothing_says_what_to_do(filled: TestClient, kind: str) -> None:
    answer = filled.post("/match", data={"text": "  ", "kind": kind})
    assert answer.status_code == 422
    assert "paste some" in Seen(answer.text).text


def test_an_empty_pool_says_how_to_fill_it(client: TestClient) -> None:
    assert "recommender ingest" in seen(client, "/").text
    assert "Nobody qualifies" in seen(client, "/profiles").text
    answer = client.post("/match", data={"text": "A nurse", "kind": "text"})
    assert answer.status_code == 200
    assert "no profile to compare" in Seen(answer.text).text


def test_a_page_that_is_not_there_is_a_page_for_people_and_a_problem_for_programs(filled: TestClient) -> None:
    assert "no profile with id 'nobody'" in seen(filled, "/profiles/nobody", 404).text
    assert "404" in seen(filled, "/nope", 404).text
    answer = filled.get("/profiles/nobody", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_a_profile_says_is_text_and_never_markup(client: TestClient) -> None:
    role = Role(company=HOSTILE, title=HOSTILE, start="2020", location=HOSTILE, bullets=(HOSTILE,), skills=(HOSTILE,))
    hostile = Profile(
        id="bad'id",
        name=HOSTILE,
        title=HOSTILE,
        location=HOSTILE,
        badges=(HOSTILE,),
        highlights=(HOSTILE,),
        persona=HOSTILE,
        core_skills=(HOSTILE, "Kafka"),
        other_skills=(HOSTILE,),
        about=HOSTILE,
        roles=(role,),
        education=(Education(school=HOSTILE, degree=HOSTILE, field=HOSTILE),),
        languages=(HOSTILE,),
    )
    for profile in (hostile, msgspec.structs.replace(hostile, id="twin"), ADA):
        assert client.put(f"/v1/profiles/{profile.id}", content=profile_to_json(profile)).status_code == 201
    pages = ["/", "/profiles", "/profiles/bad'id", "/profiles/twin", f"/profiles/twin?skill={HOSTILE}&title={HOSTILE}"]
    for path in pages:
        page = seen(client, path)
        sources = {str(a.get("src", "")) for a in page.all("script")}
        assert all(source.startswith("/static/") for source in sources), path
        assert all(str(a.get("src")).partition("?")[0] == "/static/mark.svg" for a in page.all("img")), path
        assert not [a for _, a in page.tags if any(name.startswith("on") or name == "style" for name in a)], path
        assert "{{ 7*7 }}" in page.text, path
    answer = client.post("/match", data={"text": f"</textarea>{HOSTILE}", "kind": "text"})
    assert all(str(a.get("src")).startswith("/static/") for a in Seen(answer.text).all("script"))


def test_every_page_can_be_found_around_without_eyes(filled: TestClient) -> None:
    for path in ("/", "/profiles", "/match", "/profiles/nobody"):
        page = seen(filled, path, 404 if path.endswith("nobody") else 200)
        assert [a.get("lang") for a in page.all("html")] == ["en"]
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main")) == 1, path
        ids = [a["id"] for _, a in page.tags if "id" in a]
        assert len(ids) == len(set(ids)), path
        labelled = {a.get("for") for a in page.all("label")}
        for box in page.all("textarea") + [a for a in page.all("input") if a.get("type") == "search"]:
            assert box.get("id") in labelled, path
        targets = {str(a["href"])[1:] for a in page.all("a") if str(a.get("href")).startswith("#")}
        assert targets <= set(ids), path
