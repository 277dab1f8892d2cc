"""The page of the shortlist: the address holds the people, takes them out and puts them back."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from recommender.errors import QueryError
from recommender.service.pages.keeping.chosen import MOST_KEPT, address, ids_given
from tests.service.guarded import Guarded
from tests.service.test_pages import Seen, seen


def names(page: Seen) -> list[str]:
    """Who is on the list, by the boxes for the notes on them."""
    return [str(box["data-note"]) for box in page.all("textarea")]


def links(page: Seen, attribute: str) -> dict[str | None, str | None]:
    """The value of the attribute → where its link leads."""
    return {a[attribute]: a["href"] for a in page.all("a") if attribute in a}


def test_it_shows_the_people_of_the_address_in_its_order(filled: TestClient) -> None:
    page = seen(filled, "/shortlist?id=nurse-1&id=ada&id=nurse-1&id=")
    assert names(page) == ["nurse-1", "ada"]
    assert "2 people." in page.text
    assert [a["value"] for a in page.all("input") if a.get("form") == "compare"] == ["nurse-1", "ada"]


def test_who_is_taken_out_can_be_put_back_where_they_were(filled: TestClient) -> None:
    page = seen(filled, "/shortlist?id=nurse-1&id=ada&id=nurse-2")
    without = links(page, "data-remove")["ada"]
    assert without == "/shortlist?id=nurse-1&id=ada&id=nurse-2&without=ada"
    page = seen(filled, str(without))
    assert names(page) == ["nurse-1", "nurse-2"]
    assert "Ada Quill was taken off the shortlist." in page.text
    page = seen(filled, str(links(page, "data-restore")["ada"]))
    assert names(page) == ["nurse-1", "ada", "nurse-2"]


def test_who_is_not_in_the_pool_is_said_and_left_out(filled: TestClient) -> None:
    page = seen(filled, "/shortlist?id=ada&id=nobody")
    assert names(page) == ["ada"]
    assert "Nobody in this pool has the id “nobody”" in page.text
    assert links(page, "data-remove")["nobody"] == "/shortlist?id=ada"


def test_an_empty_one_says_how_to_fill_it(filled: TestClient) -> None:
    assert "Nobody is on the shortlist" in seen(filled, "/shortlist").text


def test_more_than_an_address_holds_are_refused() -> None:
    many = [f"p{number}" for number in range(MOST_KEPT)]
    assert len(ids_given(many)) == MOST_KEPT
    with pytest.raises(QueryError, match=f"{MOST_KEPT + 1} people.*give fewer"):
        ids_given([*many, "one more"])


def test_an_address_names_ids_of_any_kind() -> None:
    assert address(["a&b", "c/d é"], without="x") == "id=a%26b&id=c%2Fd+%C3%A9&without=x"


def test_every_card_can_be_ticked_and_the_form_works_without_javascript(filled: TestClient) -> None:
    for path, ids in (("/profiles/ada", 11), ("/profiles", 24)):
        page = seen(filled, path)
        ticks = [a for a in page.all("input") if a.get("form") == "tray" and a.get("name") == "id"]
        assert len(ticks) == ids, path
        (form,) = [a for a in page.all("form") if a.get("id") == "tray"]
        assert (form["method"], form["action"]) == ("get", "/compare")
        assert [a["formaction"] for a in page.all("button") if "formaction" in a] == ["/shortlist"]


def test_what_the_browser_keeps_is_of_who_signed_in(guarded: Guarded, filled: TestClient) -> None:
    def owner(client: TestClient, **headers: str) -> str:
        page = client.get("/profiles", headers={"accept": "text/html"} | headers).text
        (tray,) = [a for a in Seen(page).all("form") if a.get("id") == "tray"]
        return str(tray["data-owner"])

    one, other = guarded.key("read"), guarded.key("read")
    assert owner(filled) == ""
    assert len({owner(guarded.client, **one), owner(guarded.client, **other), ""}) == 3
