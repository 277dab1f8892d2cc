"""The list of people: its order, its numbered pages, and values by a few letters."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from recommender.service.pages.paging import Paging
from tests.service.people import POOL
from tests.service.test_pages import Seen, options, seen


def listed(page: Seen) -> list[str]:
    links = [str(a["href"]) for a in page.all("a")]
    return [link.removeprefix("/profiles/") for link in links if link.startswith("/profiles/")]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "ada"),
        ("-years", "eng-014"),
        ("years", "eng-000"),
        ("updated", "ada"),
        ("-updated", "nurse-3"),
        ("height", "ada"),
        ("", "ada"),
    ],
)
def test_people_come_in_the_order_asked_for(filled: TestClient, sort: str, first: str) -> None:
    page = seen(filled, f"/profiles?sort={sort}")
    assert listed(page)[0] == first
    chosen = [str(a["value"]) for a in page.all("option") if "selected" in a]
    assert chosen == [sort if sort not in ("", "height") else "name"]


def test_numbered_pages_hold_everybody_once_in_any_order(filled: TestClient) -> None:
    for sort in ("name", "-years", "-updated"):
        found = [one for number in range(1, 6) for one in listed(seen(filled, f"/profiles?sort={sort}&page={number}"))]
        assert sorted(found) == sorted(str(person.id) for person in POOL)


def test_a_page_keeps_filters_and_order_and_a_filter_begins_at_the_first_page(filled: TestClient) -> None:
    page = seen(filled, "/profiles?country=germany&sort=-years&page=2")
    links = {str(a["href"]) for a in page.all("a") if a.get("rel") in ("next", "prev")}
    assert links == {
        "/profiles?sort=-years&country=germany&page=1",
        "/profiles?sort=-years&country=germany&page=3",
    }
    hidden = {(a.get("name"), a.get("value")) for a in page.all("input") if a.get("type") == "hidden"}
    assert ("sort", "-years") in hidden
    assert not [name for name, _ in hidden if name == "page"]


@pytest.mark.parametrize(
    ("asked", "count", "expected"),
    [
        ("", 0, (1, 1, 0)),
        ("1", 24, (1, 1, 0)),
        ("2", 25, (2, 2, 24)),
        ("9", 25, (2, 2, 24)),
        ("0", 100, (1, 5, 0)),
        ("x", 100, (1, 5, 0)),
        ("٣", 100, (1, 5, 0)),
        ("99999999999", 100, (1, 5, 0)),
    ],
)
def test_a_page_number_is_one_there_is(asked: str, count: int, expected: tuple[int, int, int]) -> None:
    paging = Paging.of(asked, count, 24)
    assert (paging.number, paging.last, paging.before) == expected


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, (1,)),
        (1, 5, (1, 2, None, 5)),
        (3, 5, (1, 2, 3, 4, 5)),
        (5, 9, (1, None, 4, 5, 6, None, 9)),
        (9, 9, (1, None, 8, 9)),
    ],
)
def test_numbers_that_are_offered(number: int, last: int, shown: tuple[int | None, ...]) -> None:
    assert Paging(number, last, 0).shown == shown


def test_a_value_that_is_typed_is_added_and_one_that_nobody_has_comes_with_near_ones(filled: TestClient) -> None:
    page = seen(filled, "/profiles?country=UK&country=germny")
    assert options(page, "country")["united kingdom"], "a text box of the same name adds to the ticks"
    assert "Nobody in this pool has the country “Germny”; did you mean Germany ?" in page.text
    assert "/profiles?country=united+kingdom&country=germany" in [a["href"] for a in page.all("a")]


@pytest.mark.parametrize("path", ["/profiles", "/profiles/ada", "/search"])
def test_what_excludes_itself_is_met_by_nobody_and_said(filled: TestClient, path: str) -> None:
    page = seen(filled, f"{path}?q=platform+engineer&skill=Kafka&skill_none=Kafka")
    assert "“Skills: all of these” asks for 'Kafka', which “Skills: none of these” excludes" in page.text
    assert "0 people qualify" in page.text
    assert "Take away the filter without Kafka" in {a.get("aria-label") for a in page.all("a")}


def test_a_folded_facet_is_opened_by_a_link(filled: TestClient) -> None:
    assert options(seen(filled, "/profiles"), "company") == {}
    assert "/profiles?open=company#filters" in [a["href"] for a in seen(filled, "/profiles").all("a")]
    assert options(seen(filled, "/profiles?open=company"), "company")["st aldate hospital"] is False


def test_values_come_with_the_counts_of_those_left(filled: TestClient) -> None:
    found = filled.get("/values?of=city&q=lee&country=united+kingdom").json()
    assert found == [{"value": "leeds", "label": "Leeds", "count": 4, "chosen": False}]
    assert filled.get("/values?of=city&q=san+jose").json()[0]["count"] == 1
    assert filled.get("/values?of=city&q=san+jose&about=ada").json()[0]["count"] == 0
    assert filled.get("/values?of=title&q=registered").json()[0]["value"] == "registered nurse"
    assert filled.get("/values?of=height&q=1").status_code == 422
