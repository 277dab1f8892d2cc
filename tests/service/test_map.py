"""The map: everybody of the pool on a plane, who they are, and the same in words."""

from __future__ import annotations

import re
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import pytest
from fastapi.testclient import TestClient

from recommender.profile import profile_to_json
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.people import ADA, POOL, Client, Rooms, engineer, nurse
from tests.service.test_pages import seen


class Points(NamedTuple):
    """What the page draws."""

    generation: int
    x: list[float]
    y: list[float]
    levels: list[int]
    flags: list[int]

    def admitted(self) -> list[int]:
        return [number for number, flag in enumerate(self.flags) if flag & 1]


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An application over the whole pool, of whose own the tests add and delete people, each the ones of its own."""
    settings = Settings.load(data=tmp_path_factory.mktemp("mapped") / "pool")
    with Rooms(settings) as recommender:
        list(recommender.ingest(POOL))
    with Client(create_app(settings, Rooms)) as client:
        yield client


def points(client: TestClient, query: str = "") -> Points:
    """The points, once they are worked out."""
    for _ in range(200):
        answer = client.get(f"/map/points?{query}")
        if answer.status_code == 200:
            break
        assert answer.status_code == 202
        time.sleep(0.05)
    magic, count, generation = struct.unpack_from("<4sII", answer.content)
    assert magic == b"MAP1"
    assert len(answer.content) == 12 + 7 * count
    places = np.frombuffer(answer.content, "<u2", 2 * count, 12).reshape(count, 2) / 65_535
    _, levels, flags = np.frombuffer(answer.content, "u1", 3 * count, 12 + 4 * count).reshape(3, count).tolist()
    return Points(generation, places[:, 0].tolist(), places[:, 1].tolist(), levels, flags)


def who(client: TestClient, found: Points, number: int) -> str:
    return str(client.get(f"/map/person?n={number}&g={found.generation}").json()["id"])


def test_everybody_is_a_point_and_each_point_is_somebody(mapped: TestClient) -> None:
    found = points(mapped)
    assert len(found.x) == len(POOL)
    assert {who(mapped, found, number) for number in range(len(POOL))} == {person.id for person in POOL}
    (ada,) = mapped.get(f"/map/where?id=ada&id=nobody&g={found.generation}").json().values()
    said = mapped.get(f"/map/person?n={ada}&g={found.generation}").json()
    assert said == {
        "id": "ada",
        "name": "Ada Quill",
        "title": "Engineering Manager",
        "location": "San Jose, California, United States",
    }
    assert found.levels[ada] == 5, "lead, the fifth of seven"


def test_who_does_other_work_is_elsewhere(mapped: TestClient) -> None:
    """The four nurses are nearest to each other."""
    found = points(mapped)
    numbers = mapped.get("/map/where", params={"id": [f"nurse-{n}" for n in range(4)], "g": found.generation}).json()
    places = np.array([found.x, found.y]).T
    for number in numbers.values():
        apart = np.hypot(*(places - places[number]).T)
        assert set(np.argsort(apart)[:4].tolist()) == set(numbers.values())


def test_filters_say_whom_to_dim(mapped: TestClient) -> None:
    found = points(mapped, "country=germany&seniority=lead")
    wanted = {p.id for p in POOL if p.location == "Berlin, Germany" and (p.title or "").startswith("Lead")}
    assert {who(mapped, found, number) for number in found.admitted()} == wanted
    page = seen(mapped, "/map?country=germany&seniority=lead")
    assert f"{len(wanted)} of {len(POOL)} people qualify" in page.text


def test_a_person_and_those_near_are_marked_and_named(mapped: TestClient) -> None:
    found = points(mapped, "near=nurse-1")
    assert [who(mapped, found, number) for number, flag in enumerate(found.flags) if flag & 4] == ["nurse-1"]
    near = {who(mapped, found, number) for number, flag in enumerate(found.flags) if flag & 2}
    assert {"nurse-0", "nurse-2", "nurse-3"} <= near
    page = seen(mapped, "/map?near=nurse-1")
    assert "Nearest to Sam Wardwell 1" in page.text
    links = [str(a["href"]) for a in page.all("a") if str(a.get("href")).startswith("/profiles/")]
    assert set(links[:4]) == {f"/profiles/nurse-{n}" for n in range(4)}
    assert "Nearest to" not in seen(mapped, "/map?near=nobody").text


def test_the_table_says_where_everybody_is(mapped: TestClient) -> None:
    found = points(mapped)
    page = mapped.get("/map").text
    rows = re.findall(r'<th scope="row">([^<]*)</th><td>([\d,]+)</td>', page)
    assert sum(int(count) for _, count in rows) == len(POOL)
    middle = sum(1 / 3 <= x < 2 / 3 and 1 / 3 <= y < 2 / 3 for x, y in zip(found.x, found.y, strict=True))
    assert dict(rows).get("Middle", "0") == str(middle)
    legend = dict(
        re.findall(r"</span>(Lead|Senior|Mid) <span class=\"quiet\">(\d+)", mapped.get("/map?by=seniority").text)
    )
    assert legend == {"Mid": "38", "Senior": "35", "Lead": "36"}


def test_who_comes_is_placed_by_neighbours_and_who_goes_is_not_drawn(mapped: TestClient) -> None:
    before = points(mapped)
    new = msgspec.structs.replace(nurse(2), id="nurse-new")
    assert mapped.put("/v1/profiles/nurse-new", content=profile_to_json(new)).status_code == 201
    after = points(mapped)
    assert len(after.x) == len(before.x) + 1
    numbers = mapped.get(f"/map/where?id=nurse-new&id=nurse-2&id=ada&g={after.generation}").json()
    x, y = np.array(after.x), np.array(after.y)
    apart = {
        name: np.hypot(x[n] - x[numbers["nurse-new"]], y[n] - y[numbers["nurse-new"]]) for name, n in numbers.items()
    }
    assert apart["nurse-2"] < apart["ada"]
    assert mapped.get(f"/map/person?n=0&g={before.generation}").status_code == 409, "numbers may mean others now"
    assert mapped.delete("/v1/profiles/nurse-new").status_code == 204
    last = points(mapped)
    assert len(last.x) == len(before.x)
    assert mapped.get(f"/map/where?id=nurse-new&g={last.generation}").json() == {}


def test_contact_details_in_a_title_are_masked(tmp_path: Path) -> None:
    settings = Settings.load(data=tmp_path / "pool", expose_contact=True)
    with Client(create_app(settings, Rooms)) as client:
        title = "Engineer, write to ada.quill@example.org"
        for person in (msgspec.structs.replace(ADA, title=title), engineer(1), engineer(2)):
            client.put(f"/v1/profiles/{person.id}", content=profile_to_json(person))
        found = points(client)
        said = [client.get(f"/map/person?n={number}&g={found.generation}").text for number in range(3)]
        assert "example.org" not in "".join(said) + client.get("/map?near=eng-001").text


@pytest.mark.parametrize(
    ("query", "status"), [("n=x&g=1", 422), ("n=1", 422), ("n=1&g=99999999999", 422), ("n=999999&g=", 422)]
)
def test_a_bent_question_about_a_point_is_refused(mapped: TestClient, query: str, status: int) -> None:
    points(mapped)
    assert mapped.get(f"/map/person?{query}").status_code == status


def test_a_point_that_is_not_there_is_said(mapped: TestClient) -> None:
    generation = points(mapped).generation
    assert mapped.get(f"/map/person?n=99999&g={generation}").status_code == 404


def test_an_empty_pool_says_how_to_fill_it(client: TestClient) -> None:
    assert "recommender ingest" in seen(client, "/map").text


def test_a_pool_that_can_only_be_read_is_drawn_all_the_same(tmp_path: Path) -> None:
    settings = Settings.load(data=tmp_path / "pool")
    with Rooms(settings) as recommender:
        list(recommender.ingest(POOL[:9]))

    class ReadOnly(Rooms):
        """A pool that refuses what would write to it."""

        def __enter__(self) -> ReadOnly:
            from recommender.errors import CollectionReadOnly

            def refuse(_: object) -> bool:
                raise CollectionReadOnly("the pool can only be read; give rights to write")

            self.collection.lay_out = refuse  # type: ignore[method-assign, assignment]
            return self

    with Client(create_app(settings, ReadOnly)) as client:
        assert len(points(client).x) == 9
