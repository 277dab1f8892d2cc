"""A pool whose profiles are on three other servers: the same contract, and nothing incomplete when one is down."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from recommender.cli import main
from recommender.collection import Filter, check, open_collection
from recommender.collection.postgres.collection import PostgresCollection
from recommender.collection.postgres.query.where import condition
from recommender.collection.postgres.server.nodes import spread
from recommender.collection.postgres.server.place import place_of
from recommender.errors import CollectionError, CollectionUnreachable
from tests.collection.contract import CollectionContract, Opened, assert_contents, check_history, people
from tests.collection.model import Model
from tests.collection.people import person, vector
from tests.collection.postgres.server import Server

#: Nodes that lose nothing that was acknowledged when they are killed.
SMALL = {"fsync": "off", "full_page_writes": "off"} | {"shared_buffers": "16MB"}


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Server]]:
    """Three servers."""
    with ExitStack() as stack:
        yield [stack.enter_context(Server(SMALL)) for _ in range(3)]


@pytest.fixture
def url(server: Server, nodes: list[Server]) -> str:
    """Of a pool that is spread over them."""
    url = server.new_url()
    PostgresCollection(url).close()
    spread(place_of(url), [node.url(schema=place_of(url).schema) for node in nodes])
    return url


@pytest.mark.slow
class TestSpreadCollection(CollectionContract):
    """One coordinator and three nodes: the whole contract, which takes a minute of them."""

    @pytest.fixture
    def opened(self, url: str) -> Opened:
        return lambda: PostgresCollection(url)


def test_a_short_history_equals_brute_force(url: str) -> None:
    check_history(lambda: PostgresCollection(url), seed=5, operations=8, batch=12)


def test_each_node_holds_a_share_and_its_index_is_asked(url: str, nodes: list[Server]) -> None:
    with closing(PostgresCollection(url, index_from=500)) as pool:
        pool.upsert(people(600))
        pool.seal()
        shares = [held(url, [node]) for node in nodes]
        assert sum(shares) == 600
        assert min(shares) > 150
        rng, hits = random.Random(1), 0
        with pool.view() as view:
            for _ in range(20):
                query = vector(rng)
                hits += len(set(view.search(query, 10).rows) & set(view.search(query, 10, exact=True).rows))
            assert view.plans[0].way in ("lists", "exact")
        assert hits >= 198
        assert check(url) == []


@pytest.mark.parametrize(
    "where",
    [
        Filter(exclude_ids=("p1", "p2")),
        Filter(not_=Filter(skills_any=("Go",))),
        Filter(skills_none=("Go",), title_contains="data engineer"),
        Filter(any_of=(Filter(profile_ids=("p1",)), Filter(not_=Filter(seniority=("senior",))))),
    ],
)
def test_nodes_check_the_whole_of_a_filter(url: str, where: Filter) -> None:
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(3))
        with pool.view() as view:
            asked = condition(where)
            plan = view._snapshot.connection.execute(
                f"EXPLAIN (VERBOSE) SELECT seq FROM profiles_0 WHERE {asked.sql} ".encode(),
                asked.values,
            )
            lines = [line for (line,) in plan]
    assert not [line for line in lines if "Filter:" in line], "left to the coordinator, which has every row sent for it"


def test_what_is_gone_is_forgotten_by_nodes_once_nobody_sees_it(url: str, nodes: list[Server]) -> None:
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(30))
        with pool.view() as view:
            pool.delete(["p3", "p4"])
            pool.upsert([person("p5", random.Random(1))])
            assert len(view.rows()) == 30
        assert held(url, nodes) == 31
        assert pool.compact().profiles == 28
        assert held(url, nodes) == 28


def test_a_node_that_is_down_makes_every_answer_fail_and_none_smaller(url: str, nodes: list[Server]) -> None:
    model = Model()
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(30))
        model.upsert(people(30))
        nodes[1].stop(signal.SIGKILL)
        try:
            with pytest.raises(CollectionUnreachable, match="cannot be asked"), pool.view():
                pass
            with pytest.raises(CollectionUnreachable):
                pool.upsert(people(40))
        finally:
            nodes[1].start()
        with pool.view() as view:
            assert_contents(view, model, view.rows())
            assert view.count(Filter(skills_any=("Go",))) == len(model.ids(Filter(skills_any=("Go",))))
        pool.upsert(people(40))
        with pool.view() as view:
            assert len(view.rows()) == 40
        assert check(url) == []


def test_a_node_that_is_killed_while_it_answers_makes_no_answer_wrong(url: str, nodes: list[Server]) -> None:
    query, go_on = vector(random.Random(4)), threading.Event()
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(60))

        def answer() -> tuple[object, ...]:
            with pool.view() as view:
                found = view.search(query, 20)
                return view.ids(found.rows), found.scores.tobytes(), view.count(Filter(skills_any=("Go",))), len(view)

        right, wrong, refused = answer(), list[object](), [0, 0]

        def ask() -> None:
            while not go_on.is_set():
                try:
                    given = answer()
                    wrong.extend([given] if given != right else [])
                    refused[1] += 1
                except CollectionUnreachable:
                    refused[0] += 1

        askers = [threading.Thread(target=ask) for _ in range(3)]
        for asker in askers:
            asker.start()
        for _ in range(3):
            time.sleep(0.2)
            nodes[2].stop(signal.SIGKILL)
            time.sleep(0.1)
            nodes[2].start()
        time.sleep(0.2)
        go_on.set()
        for asker in askers:
            asker.join()
        assert wrong == []
        assert min(refused) > 0
        assert answer() == right


def test_what_a_change_left_on_nodes_that_did_not_happen_is_undone(url: str, nodes: list[Server]) -> None:
    """As if the coordinator had died after its nodes committed and before it did."""
    schema, model = place_of(url).schema, Model()
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(12))
        model.upsert(people(12))
        rows(nodes[0], f"UPDATE {schema}.part SET gone = 99")
        rows(nodes[1], f"CREATE TABLE {schema}.ghosts AS SELECT * FROM {schema}.part LIMIT 1")
        rows(nodes[1], f"UPDATE {schema}.ghosts SET id = 'ghost', seq = 77")
        rows(nodes[1], f"INSERT INTO {schema}.part SELECT * FROM {schema}.ghosts")
        with pool.view() as view:
            assert_contents(view, model, view.rows())
            assert len(view.rows()) == 12
        late = [person("late", random.Random(3))]
        pool.upsert(late)
        model.upsert(late)
        with pool.view() as view:
            assert_contents(view, model, view.rows())
            assert len(view.rows()) == 13
        assert held(url, nodes) == 13
        assert check(url) == []


def test_a_pool_that_holds_somebody_is_not_spread(server: Server, nodes: list[Server]) -> None:
    url = server.new_url()
    with closing(PostgresCollection(url)) as pool:
        pool.upsert(people(1))
    with pytest.raises(CollectionError, match="spread a new one"):
        spread(place_of(url), [node.new_url() for node in nodes])
    with closing(open_collection(url)) as there, there.view() as view:
        assert len(view) == 1


def test_the_command_spreads_a_new_pool(
    server: Server, nodes: list[Server], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, there = server.new_url(), [node.new_url() for node in nodes]
    for arguments, said in (
        ([url, *there], "lie on 3 servers"),
        ([str(tmp_path / "pool"), *there], "lies on one machine"),
    ):
        with pytest.raises(SystemExit):
            main(["spread", *arguments])
        assert said in "".join(capsys.readouterr())
    with closing(open_collection(url)) as pool:
        pool.upsert(people(9))
        with pool.view() as view:
            assert len(view.rows()) == 9


def held(url: str, nodes: list[Server]) -> int:
    """Rows on all nodes, those that nobody sees among them."""
    return sum(int(str(rows(node, f"SELECT count(*) FROM {place_of(url).schema}.part")[0][0])) for node in nodes)


def rows(server: Server, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []
