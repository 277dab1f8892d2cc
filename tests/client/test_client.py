"""The client against a real server on a socket, and against answers that a server seldom gives."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from recommender.client import AsyncClient, Client, Retries, ServiceError
from recommender.collection import Filter
from recommender.errors import FilterError, ProfileNotFound, QueryError, ReadingError
from recommender.keys import KeyFile, Scope
from recommender.matching import Query
from recommender.settings import Settings
from tests.service.live import ROOT, serving
from tests.service.people import ADA, POOL, Rooms, engineer, nurse

AT_ONCE = Retries(most=3, first_seconds=0.001)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("client")
    with Rooms(Settings.load(data=folder / "pool")) as recommender:
        list(recommender.ingest(POOL))
    with serving(folder) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_answers_are_the_packages_own_values(client: Client, tmp_path: Path) -> None:
    with Rooms(Settings.load(data=tmp_path / "pool")) as here:
        list(here.ingest(POOL))
        own = here.similar(Query(like=("ada",), k=5, where=Filter(skills_all=("Kafka",))))
    by_id = client.similar("ada", k=5, where={"skills_all": ["Kafka"]})
    assert by_id.matches == own.matches
    assert by_id.headline == own.headline
    assert client.similar(Query(like=("ada",)), k=5, where="skills_all=Kafka").matches == own.matches
    assert client.similar(ADA, k=5, where="skill:Kafka").matches == own.matches
    assert (
        client.similar("ada", k=5, where=Filter(skills_all=("Kafka",)), weights={"skills": 1.0}).matches == own.matches
    )


def test_every_page_of_matches_and_of_a_listing_is_gone_through(client: Client) -> None:
    ids = [match.profile_id for match in client.matches("ada", k=17)]
    assert len(ids) == len(set(ids)) == len(POOL) - 1
    assert [profile.id for profile in client.profiles(page=13)] == sorted(str(profile.id) for profile in POOL)
    assert client.count().count == len(POOL)
    assert client.count("title_contains=nurse").count == sum("Nurse" in str(profile.title) for profile in POOL)


def test_what_is_told_of_the_pool(client: Client) -> None:
    assert client.ready().profiles == len(POOL)
    (first,) = client.facets("title_contains=nurse", fields=["title"], limit=1).facets["title"]
    assert (first.value, first.count) == ("registered nurse", client.count("title_contains=nurse").count)
    assert client.suggest("ada qui").suggestions[0].value == "Ada Quill"
    assert [part.values for part in client.understand("nurse, triage").request.skills] == [("Triage",)]


def test_profiles_are_linked_and_taken_apart(client: Client, address: str) -> None:
    ids = ["visitor/ä", "visitor/b"]
    for at, profile_id in enumerate(ids):
        client.put(msgspec.structs.replace(nurse(at), id=profile_id))
    assert client.link(*ids).profile_ids == client.linked(ids[1]).profile_ids == tuple(ids)
    client.unlink(*ids)
    assert client.linked(ids[1]).profile_ids == ("visitor/b",)

    async def likewise() -> None:
        async with AsyncClient(address) as asked:
            assert (await asked.link(*ids)).profile_ids == tuple(ids)
            await asked.unlink(*ids)
            assert (await asked.linked(ids[0])).profile_ids == ("visitor/ä",)
            with pytest.raises(ServiceError, match="not linked"):
                await asked.unlink(*ids)

    asyncio.run(likewise())
    for profile_id in ids:
        client.delete(profile_id)


def test_profiles_are_stored_got_and_removed(client: Client) -> None:
    somebody = msgspec.structs.replace(nurse(3), id="visitor/ä 1")
    assert client.put(somebody).stored == 1
    assert client.get("visitor/ä 1").name == somebody.name
    client.delete("visitor/ä 1")
    with pytest.raises(ProfileNotFound, match="visitor/ä 1") as gone:
        client.get("visitor/ä 1")
    assert gone.value.profile_id == "visitor/ä 1"
    with pytest.raises(ValueError, match="no id"):
        client.put(msgspec.structs.replace(somebody, id=None))


def test_an_upload_tells_how_far_it_is_and_what_was_refused(client: Client) -> None:
    people = [msgspec.structs.replace(engineer(number), id=f"up-{number}") for number in range(5)]
    people[3] = msgspec.structs.replace(people[3], years_of_experience=900)
    done = list(client.upload(iter(people), batch=2))
    assert [(one.sent, one.stored) for one in done] == [(2, 2), (4, 1), (5, 1)]
    assert [one.place for one in done[1].rejected] == ["record 4"]
    for person in people[:3]:
        client.delete(str(person.id))
    client.delete("up-4")


def test_what_cannot_be_asked_raises_as_it_would_here(client: Client) -> None:
    with pytest.raises(FilterError, match="colour"):
        client.count({"colour": ["red"]})
    with pytest.raises(QueryError, match="k is 0"):
        client.similar("ada", k=0)
    with pytest.raises(ReadingError, match="years_of_experience"):
        client.put(msgspec.structs.replace(engineer(1), years_of_experience=900))


def test_a_key_is_sent(tmp_path: Path) -> None:
    with Rooms(Settings.load(data=tmp_path / "pool")) as recommender:
        list(recommender.ingest(POOL[:5]))
    settings = Settings.load(data=tmp_path / "pool")
    key_file = KeyFile(settings.access_folder)
    _, secret = key_file.create(frozenset({Scope.READ}), datetime.now(UTC), "reader", None, None)
    with serving(tmp_path) as server:
        there = f"http://127.0.0.1:{server.port}"
        with Client(there, key=secret) as client:
            assert client.count().count == 5
            with pytest.raises(ServiceError, match="scope 'write'") as lacking:
                client.delete("ada")
            assert lacking.value.status == 403
        with Client(there) as client, pytest.raises(ServiceError, match="no key was sent"):
            client.count()


def test_from_an_event_loop(address: str) -> None:
    async def ask() -> None:
        async with AsyncClient(address) as client:
            answers = await asyncio.gather(*(client.similar(f"eng-{number:03}", k=3) for number in range(12)))
            assert [len(answer.matches) for answer in answers] == [3] * 12
            assert len([match async for match in client.matches("ada", k=50)]) == len(POOL) - 1
            assert len([profile async for profile in client.profiles()]) == len(POOL)
            assert [one.stored async for one in client.upload([msgspec.structs.replace(nurse(1), id="a")])] == [1]
            await client.delete("a")
            assert (await client.count()).count == len(POOL)
            assert (await client.understand("nurse")).generation > 0
            assert (await client.facets()).count == len(POOL)
            assert (await client.suggest("ada")).suggestions
            assert (await client.ready()).status == "ready"
            with pytest.raises(ProfileNotFound):
                await client.get("nobody")
            with pytest.raises(ValueError, match="no id"):
                await client.put(msgspec.structs.replace(ADA, id=None))

    asyncio.run(ask())


def answering(*answers: httpx.Response | Exception) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """What gives these answers, one after the other, and the requests that it got."""
    left, got = list(answers), list[httpx.Request]()

    def answer(request: httpx.Request) -> httpx.Response:
        got.append(request)
        first = left.pop(0)
        if isinstance(first, Exception):
            raise first
        return first

    return httpx.MockTransport(answer), got


GOOD = httpx.Response(200, json={"count": 7, "generation": 1})


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ((httpx.Response(503), httpx.Response(429, headers={"retry-after": "0"}), GOOD), 3),
        ((httpx.ConnectError("refused"), GOOD), 2),
        ((httpx.ReadError("broken off"), GOOD), 2),
    ],
)
def test_later_is_asked_again(answers: tuple[httpx.Response | Exception, ...], asked: int) -> None:
    transport, got = answering(*answers)
    with Client("http://there/under", retries=AT_ONCE, transport=transport) as client:
        assert client.count().count == 7
    assert len(got) == asked
    assert str(got[0].url) == "http://there/under/v1/count"


@pytest.mark.parametrize(
    ("answer", "asked", "message"),
    [
        (lambda: httpx.Response(503, headers={"retry-after": "3600"}), 1, "503 from"),
        (lambda: httpx.Response(503), 4, "503 from"),
        (lambda: httpx.Response(500, html="<p>proxy"), 1, "500 from http://there/v1/count.*check the address"),
        (lambda: httpx.ConnectError("refused"), 4, "no answer from http://there: refused; check that"),
        (lambda: httpx.Response(200, html="<p>a page"), 1, "no answer of this service"),
    ],
)
def test_what_stays_away_is_said(answer: Callable[[], httpx.Response | Exception], asked: int, message: str) -> None:
    transport, got = answering(*(answer() for _ in range(asked)))
    with (
        Client("http://there", retries=AT_ONCE, transport=transport) as client,
        pytest.raises(ServiceError, match=message),
    ):
        client.count()
    assert len(got) == asked


def test_what_must_not_happen_twice_is_not_sent_twice() -> None:
    nameless = msgspec.structs.replace(nurse(1), id=None)
    transport, got = answering(httpx.ReadError("broken off"))
    with Client("http://there", retries=AT_ONCE, transport=transport) as client, pytest.raises(ServiceError):
        list(client.upload([nameless]))
    assert len(got) == 1


def test_the_readmes_example_runs(address: str) -> None:
    (example,) = re.findall(r"^```py\n(.*?)^```", (ROOT / "README.md").read_text(), flags=re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example.replace("http://localhost:8000", address), "README.md", "exec"), names)
    assert len(names["answer"].matches) == 5  # type: ignore[attr-defined]
    assert names["done"].rejected == ()  # type: ignore[attr-defined]
