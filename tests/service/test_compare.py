"""People side by side: skills by who has them, points as the matcher gives them, and addresses of too few or many."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from recommender.facts import Facts
from recommender.profile import Profile, profile_to_json
from recommender.service.pages.keeping.comparison import skills_compared
from tests.service.people import ADA
from tests.service.test_pages import Seen, seen


def facts(core: str, others: str = "") -> Facts:
    """Of one letter a skill; the core skills come first."""
    return Facts(core_skills=tuple(core), skills=tuple(sorted(core + others)))


def test_skills_are_of_all_of_some_or_of_one() -> None:
    """D and B are everybody's; C is the first two's, A the outer two's."""
    found = skills_compared([facts("DC", "BAX"), facts("DYC", "B"), facts("BD", "AZ")])
    assert found.by_all == ("D", "B")
    assert [(skill.name, skill.has) for skill in found.by_several] == [
        ("C", (True, True, False)),
        ("A", (True, False, True)),
    ]
    assert found.by_one == (("X",), ("Y",), ("Z",))


def test_core_skills_come_first_and_contact_details_do_not() -> None:
    found = skills_compared([facts("CA", "Z"), Facts(skills=("A", "Z", "C", "x@mail.example"))])
    assert found.by_all == ("C", "A", "Z")
    assert found.by_one == ((), ())


def test_the_page_says_what_each_is_and_what_they_share(filled: TestClient) -> None:
    page = seen(filled, "/compare?id=ada&id=eng-001")
    for part in (
        "The others are measured by Ada Quill",
        "Seniority Lead Experience 16 years Place San Jose, California, United States Works at Northwind Streams",
        "MSc, Computer Science · Harbour University · 2007 – 2009",
        "Both have (3) Distributed Systems Platform Infrastructure Kafka",
        "Only Ada Quill",
        "GraphQL",
    ):
        assert part in page.text, part
    assert "Some have" not in page.text
    labels = [str(a.get("aria-label")) for a in page.all("svg") if a.get("class") == "career"]
    assert len(labels) == 2


def test_the_points_are_those_that_the_matcher_gives_the_pair(filled: TestClient) -> None:
    asked = {"like": ["ada"], "k": 2, "where": {"profile_ids": ["eng-001", "nurse-1"]}}
    matches = {m["profile_id"]: m for m in filled.post("/v1/similar", json=asked).json()["matches"]}
    page = seen(filled, "/compare?id=ada&id=nurse-1&id=eng-001")
    table = page.text.partition("How close to Ada Quill")[2]
    for signal, name in (("career", "Career"), ("skills", "Skills"), ("years", "Years")):
        points = {one: {c["signal"]: c["points"] for c in match["contributions"]} for one, match in matches.items()}
        given = [f"{points[one].get(signal, 0):.1f} of" for one in ("nurse-1", "eng-001")]
        line = table.partition(name)[2]
        assert line.lstrip().startswith(given[0]), (name, line[:60])
        assert given[1] in line[:40], (name, line[:60])
    assert f"Score of 100 {matches['nurse-1']['score']:.1f} {matches['eng-001']['score']:.1f}" in table


def test_who_says_nothing_of_their_work_is_compared_without_points(client: TestClient) -> None:
    for profile in (Profile(id="blank", name="Tove Blank"), ADA):
        client.put(f"/v1/profiles/{profile.id}", content=profile_to_json(profile))
    page = seen(client, "/compare?id=blank&id=ada")
    assert "Nothing to compare by: the profile of Tove Blank does not say what work is done." in page.text
    assert "No roles." in page.text
    assert "Seniority — Experience — Place — Works at — Education —" in page.text


def test_careers_share_one_axis(filled: TestClient) -> None:
    """Ada's begins in January 2010, the other's in May 2019, both go on until February 2026: 194 months, 112 before."""
    page = seen(filled, "/compare?id=eng-001&id=ada")
    bars = [a for a in page.all("svg") if a.get("height") == "36"]
    assert (bars[0]["x"], bars[0]["width"]) == ("57.732%", "42.268%")
    assert "0.0%" in {bar["x"] for bar in bars[1:]}


def test_the_first_can_be_another_and_anybody_taken_out(filled: TestClient) -> None:
    page = seen(filled, "/compare?id=ada&id=nurse-1&id=eng-001")
    links = [str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/compare?")]
    assert links == [
        "/compare?id=nurse-1&id=eng-001",
        "/compare?id=nurse-1&id=ada&id=eng-001",
        "/compare?id=ada&id=eng-001",
        "/compare?id=eng-001&id=ada&id=nurse-1",
        "/compare?id=ada&id=nurse-1",
    ]


def ticked(page: Seen) -> list[tuple[str, bool]]:
    """Who can be chosen on the page of a choice, and who is already."""
    boxes = [a for a in page.all("input") if a.get("name") == "id" and "form" not in a]
    return [(str(a["value"]), "checked" in a) for a in boxes]


def test_one_alone_is_offered_those_closest(filled: TestClient) -> None:
    page = seen(filled, "/compare?id=ada")
    closest = [m["profile_id"] for m in filled.get("/v1/profiles/ada/similar?k=8").json()["matches"]]
    assert ticked(page) == [("ada", True), *((one, False) for one in closest)]
    assert "Choose whom to compare with Ada Quill" in page.text


def test_more_than_four_are_refused_with_a_choice(filled: TestClient) -> None:
    ids = [f"eng-{number:03}" for number in range(5)]
    page = seen(filled, "/compare?" + "&".join(f"id={one}" for one in ids), 422)
    assert "5 people are too many to stand side by side: at most 4 do. Choose which." in page.text
    assert ticked(page) == [(one, at < 4) for at, one in enumerate(ids)]


def test_ids_that_nobody_has_are_said(filled: TestClient) -> None:
    assert "Nobody in this pool has the id “x&y”" in seen(filled, "/compare?id=ada&id=x%26y&id=eng-001").text
    page = seen(filled, "/compare?id=nobody&id=ada")
    assert "Nobody in this pool has the id “nobody”" in page.text
    assert "Choose whom to compare with Ada Quill" in page.text
    assert "Two to 4 people" in seen(filled, "/compare").text


@pytest.mark.parametrize("query", ["id=ada&id=ada", "id=&id=ada"])
def test_nobody_is_compared_with_themselves(filled: TestClient, query: str) -> None:
    assert "Choose whom to compare" in seen(filled, f"/compare?{query}").text


def test_a_match_leads_to_the_comparison_with_whom_it_is_like(filled: TestClient) -> None:
    page = seen(filled, "/profiles/ada")
    first = filled.get("/v1/profiles/ada/similar?k=1").json()["matches"][0]["profile_id"]
    assert f"/compare?id=ada&id={first}" in {str(a.get("href")) for a in page.all("a")}
    assert "/compare?id=ada&id=ada" not in {str(a.get("href")) for a in page.all("a")}
