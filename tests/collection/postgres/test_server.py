"""A pool whose server is started anew, follows another, lets roles do less, or is not there; what is shown of it."""

from __future__ import annotations

import logging
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from recommender.cli import main
from recommender.collection import LocalCollection, is_pool, make_pool, open_collection
from recommender.collection.copying import encoded
from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.server import schema
from recommender.collection.postgres.server.connections import plain_errors
from recommender.collection.postgres.server.place import place_of
from recommender.collection.postgres.view import PostgresView
from recommender.encoding.encoded import EncodedProfile
from recommender.errors import CollectionError, CollectionReadOnly, CollectionUnreachable, PoolNotFound
from recommender.pool_url import PoolUrl, masked, pool_place
from recommender.profile import Contact
from recommender.service.problems import problem_of
from recommender.settings import Settings
from tests.collection.contract import people
from tests.collection.postgres.server import FAST, Server


@pytest.fixture
def url(server: Server) -> str:
    return server.new_url()


def run(server: Server, url: str, *statements: str) -> None:
    name = place_of(url).schema
    with psycopg.connect(server.url(), autocommit=True, options=f"-c search_path={name},public") as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that a test may stop."""
    with Server(FAST) as one:
        yield one


def test_a_server_that_is_started_anew_is_asked_again(own: Server) -> None:
    with closing(PostgresCollection(own.new_url())) as pool:
        pool.upsert(people(5))
        with pool.view() as view:
            assert len(view) == 5
        own.stop()
        with pytest.raises(CollectionUnreachable, match="try again when it is back") as refused, pool.view():
            pass
        assert own.password not in str(refused.value)
        own.start()
        with pool.view() as view:
            assert len(view) == 5
        own.stop(signal.SIGINT)
        own.start()
        assert pool.delete(["p1"]) == ["p1"]


def test_a_replica_answers_and_takes_nothing(own: Server) -> None:
    url = own.new_url()
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(5))
        with (
            Server(FAST, copy_of=own) as replica,
            closing(open_collection(url.replace(str(own.port), str(replica.port)))) as copy,
        ):
            with copy.view() as view:
                assert len(view) == 5
            with pytest.raises(CollectionReadOnly, match="read replica"):
                copy.delete(["p1"])
            pool.delete(["p1"])
            deadline = time.monotonic() + 20
            while True:
                with copy.view() as view:
                    if len(view) == 4:
                        break
                assert time.monotonic() < deadline
                time.sleep(0.05)


def test_a_role_that_reads_cannot_write_and_sees_no_contact_unless_granted(server: Server, url: str) -> None:
    """What docs/scaling.md has operators grant."""
    name = place_of(url).schema
    with closing(PostgresCollection(url)) as pool:
        one = people(1)[0]
        reachable = msgspec.structs.replace(one.profile, contact=Contact(emails=("p0@example.org",)))
        pool.upsert([EncodedProfile(reachable, one.facts, one.vector, one.features, one.fingerprint)])
        run(
            server, url, f"CREATE ROLE {name}_reader LOGIN PASSWORD 'reader'",
            *schema.grants(place_of(url), f"{name}_reader", contacts=False),
        )  # fmt: skip
        as_reader = f"postgresql://{name}_reader:reader@127.0.0.1:{server.port}/postgres?schema={name}"
        with closing(open_collection(as_reader)) as reading:
            with reading.view() as view:
                assert view.profiles([1])[0] == msgspec.structs.replace(reachable, contact=None)
                assert view.facets(["skill"]) is not None
                assert len(view.search(one.vector, 3).rows) == 1
                assert view.suggest("a") is not None
            for write in (lambda: reading.delete(["p0"]), lambda: reading.upsert(people(2)), lambda: reading.compact()):
                with pytest.raises(CollectionReadOnly, match="this role may not"):
                    write()
            with (
                psycopg.connect(as_reader.partition("?")[0]) as plain,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                plain.execute(f"SELECT * FROM {name}.contacts".encode())
            run(server, url, f"GRANT SELECT ON contacts TO {name}_reader")
            with reading.view() as view:
                assert view.profiles([1])[0] == reachable
        run(server, url, f"DROP OWNED BY {name}_reader", f"DROP ROLE {name}_reader")


def test_a_role_that_writes_needs_not_own_the_tables(server: Server, url: str) -> None:
    name = place_of(url).schema
    make_pool(url)
    run(
        server, url, f"CREATE ROLE {name}_writer LOGIN PASSWORD 'writer'",
        *schema.grants(place_of(url), f"{name}_writer", contacts=True, write=True),
    )  # fmt: skip
    as_writer = f"postgresql://{name}_writer:writer@127.0.0.1:{server.port}/postgres?schema={name}"
    with closing(open_collection(as_writer)) as writing:
        writing.upsert(people(5))
        writing.upsert(people(3))
        assert writing.delete(["p1"]) == ["p1"]
        writing.seal()
    run(server, url, f"DROP OWNED BY {name}_writer", f"DROP ROLE {name}_writer")


def test_writers_of_many_threads_and_pools_take_turns(url: str) -> None:
    pools = [PostgresCollection(url) for _ in range(2)]
    generations: list[int] = []

    def write(at: int) -> None:
        generations.extend(pools[at % 2].upsert(people(4 + step)) for step in range(5))

    threads = [threading.Thread(target=write, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(generations)) == 20
    with pools[0].view() as view:
        assert (len(view), view.generation) == (8, max(generations))
        assert view.ids(view.rows()) == [f"p{at}" for at in range(8)] or len(set(view.ids(view.rows()))) == 8
    for pool in pools:
        pool.close()


def test_no_password_is_shown_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    url = PoolUrl("postgresql://ada:geheim@127.0.0.1:1/db?schema=x&sslpassword=geheim&sslmode=prefer")
    shown = "postgresql://ada:***@127.0.0.1:1/db?schema=x&sslpassword=***&sslmode=prefer"
    logging.getLogger("test").warning("%s %r", url, url)
    assert (str(url), f"{url}", masked(url)) == (shown, shown, shown)
    assert "geheim" not in caplog.text + repr(Settings.load(data=url)) + repr(place_of(url))
    for same in (pool_place(url), Settings.load(data=pool_place(url)).data, pickle.loads(pickle.dumps(url))):
        assert isinstance(same, PoolUrl)
        assert same == url
    assert place_of(url).conninfo == "postgresql://ada:geheim@127.0.0.1:1/db?sslpassword=geheim&sslmode=prefer"
    with pytest.raises(CollectionUnreachable) as refused:
        open_collection(url)
    assert "geheim" not in f"{refused.value!r}{refused.value}"
    problem = problem_of(refused.value)
    assert (problem.status, "ada" in str(problem.detail)) == (503, False)


def test_places_that_are_no_pool(server: Server, url: str) -> None:
    assert not is_pool(url)
    with pytest.raises(PoolNotFound, match="recommender ingest"):
        open_collection(url)
    name = place_of(url).schema
    run(server, url, f"CREATE SCHEMA {name}", f"CREATE TABLE {name}.other (a int)")
    with pytest.raises(CollectionError, match="other tables"):
        make_pool(url)
    with pytest.raises(CollectionError, match="small letters"):
        make_pool(server.url(schema="Robert'); DROP"))
    with pytest.raises(CollectionUnreachable, match="does not exist"):
        make_pool(server.url("nowhere"))
    with pytest.raises(CollectionError, match="no engine keeps a pool at mysql"):
        open_collection("mysql://host/db")


def test_a_pool_of_a_later_version_is_refused(server: Server, url: str) -> None:
    make_pool(url)
    run(server, url, "UPDATE pool SET version = 99")
    with pytest.raises(CollectionError, match="version 99"):
        open_collection(url)


def test_a_question_that_takes_too_long_is_ended(url: str) -> None:
    make_pool(url)
    slow = PostgresCollection(url + "&options=-c%20statement_timeout%3D50")
    with closing(slow) as pool, pool.view() as view, pytest.raises(CollectionUnreachable, match="took too long"):
        _ask(view, "SELECT pg_sleep(5)")


def _ask(view: PostgresView, statement: str) -> None:
    with plain_errors(view._place):
        view._snapshot.connection.execute(statement.encode())


def test_the_command_copies_either_way_and_asks(
    sample_pool: Path, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People of the sample through the command line: ids, scores, counts and headline are those of the folder."""

    def said(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out = capsys.readouterr()
        assert ended.value.code == 0, out.err
        return out.out

    some = tmp_path / "some"
    with closing(open_collection(sample_pool)) as pool, closing(LocalCollection(some)) as part, pool.view() as view:
        part.upsert(encoded(view, view.rows()[::9].tolist()))
        first, second = view.ids(view.rows()[[0, 9]])
    assert "all 400 are the same" in said("copy", str(some), url)
    assert said("copy", str(some), url).startswith("0 copied, 400 there already")
    for question in (
        ("similar", first, "--json"), ("similar", second, "--where", "years.min=5", "--json"),
        ("count", "--where", "skill:Python"), ("find", "data engineer in Berlin, Kafka, not PHP", "--json"),
    ):  # fmt: skip
        told = [said(*question, "--data", place) for place in (str(some), url)]
        answers: list[dict[str, Any]] = [msgspec.json.decode(one) for one in told if "--json" in question]
        same: list[Any] = [{key: value for key, value in one.items() if key != "generation"} for one in answers] or told
        assert same[0] == same[1], question
    assert said("check", "--data", url) == "nothing is wrong\n"
    assert "copied" in said("copy", url, str(tmp_path / "back"))
