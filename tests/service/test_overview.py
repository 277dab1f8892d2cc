"""The overview: every bar's number is that of the list it opens."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from recommender.profile import Role
from recommender.service.pages.pool.freshness import fresh_skills
from tests.service.people import POOL
from tests.service.test_pages import seen
from tests.service.test_similar import rooms


def bars(client: TestClient) -> dict[str, dict[str, tuple[int, str]]]:
    """Plot → label → its count and its link."""
    page = client.get("/overview").text
    found = {}
    for name, section in re.findall(r'<section class="card plot" id="(\w+)"(.*?)</section>', page, re.DOTALL):
        rows = re.findall(
            r'href="([^"]*)"><span class="label">(.*?)</span>.*?class="count">([\d,]+)', section, re.DOTALL
        )
        found[name] = {label: (int(count.replace(",", "")), link.replace("&amp;", "&")) for link, label, count in rows}
    return found


def test_the_plots_hold_what_the_pool_holds(filled: TestClient) -> None:
    shown = bars(filled)
    counts = {plot: {label: count for label, (count, _) in rows.items()} for plot, rows in shown.items()}
    assert counts["countries"] == {"Germany": 52, "United States": 53, "United Kingdom": 4}
    assert counts["seniority"] == {"Mid": 38, "Senior": 35, "Lead": 36}
    assert counts["occupations"] == {"Platform engineer": 104, "Registered nurse": 4, "Engineering manager": 1}
    assert counts["skills"]["Distributed Systems"] == 105
    assert counts["companies"]["St Aldate Hospital"] == 4
    assert sum(counts["years"].values()) == len(POOL)
    assert counts["years"]["15–17"] == sum(15 <= (person.years_of_experience or 0) <= 17 for person in POOL)


def test_each_bar_opens_the_list_of_exactly_those_people(filled: TestClient) -> None:
    for plot, rows in bars(filled).items():
        for label, (count, link) in list(rows.items())[:4]:
            page = seen(filled, link)
            said = re.search(r"([\d,]+) (?:person qualifies|people qualify)", page.text)
            assert said is not None, (plot, label)
            assert int(said[1].replace(",", "")) == count, (plot, label)


def test_a_skill_is_as_fresh_as_the_share_who_use_it_now(filled: TestClient) -> None:
    """Of the pool's 104 engineers all use two skills now; Ada's are among them, and Kafka is of an ended role."""
    with rooms(filled).collection.view() as view:
        found, looked_at = fresh_skills(view, rooms(filled).vocabulary)
    assert looked_at == len(POOL)
    assert {skill.name: (skill.now, skill.ever) for skill in found} == {
        "Distributed Systems": (105, 105),
        "Platform Infrastructure": (105, 105),
    }
    assert "100% now" in seen(filled, "/overview").text


def test_what_is_no_longer_used_is_less_fresh(client: TestClient) -> None:
    def person(number: int) -> dict[str, object]:
        roles = (
            Role(title="Weaver", start="2020", end="2021" if number % 4 else None, skills=("Jacquard weaving",)),
            Role(title="Dyer", start="2022", skills=("Indigo dyeing",)),
        )
        return {
            "id": f"w{number}",
            "title": "Dyer",
            "roles": [{n: getattr(r, n) for n in r.__struct_fields__} for r in roles],
        }

    assert client.post("/v1/profiles", json=[person(number) for number in range(24)]).status_code == 201
    with rooms(client).collection.view() as view:
        found, _ = fresh_skills(view, rooms(client).vocabulary)
    assert [(skill.name, skill.now, skill.ever) for skill in found] == [
        ("indigo dyeing", 24, 24),
        ("jacquard weaving", 6, 24),
    ]


@pytest.mark.parametrize("path", ["/overview"])
def test_an_empty_pool_says_how_to_fill_it(client: TestClient, path: str) -> None:
    assert "recommender ingest" in seen(client, path).text


def test_nobody_named_is_on_it(filled: TestClient) -> None:
    page = seen(filled, "/overview")
    assert "Ada Quill" not in page.text


def test_it_follows_what_is_written(client: TestClient) -> None:
    for number in range(2):
        client.put(f"/v1/profiles/p{number}", json={"title": "Night Baker", "location": "Cork, Ireland"})
        assert bars(client)["countries"] == {"Ireland": (number + 1, "/profiles?country=ireland")}
    client.delete("/v1/profiles/p0")
    assert bars(client)["occupations"]["Night baker"][0] == 1
