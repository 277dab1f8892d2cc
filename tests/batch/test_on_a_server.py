"""A pool in PostgreSQL is matched as one in a folder is, and a run over it goes on over its first generation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from recommender.batch import ALL, match, pieces
from recommender.collection import LocalCollection
from recommender.collection.copying import copy_into
from recommender.collection.postgres.collection import PostgresCollection
from recommender.encoding import ProfileEncoder
from recommender.matching import Matcher
from recommender.skills import Vocabulary
from tests.batch.test_match import read
from tests.batch.test_resuming import Stopping
from tests.collection.postgres.conftest import server  # noqa: F401
from tests.collection.postgres.server import Server
from tests.service.people import ADA, HashedWords, engineer, nurse

ENCODER = ProfileEncoder(HashedWords(), Vocabulary.shipped())
PEOPLE = (ADA, *(engineer(number) for number in range(8)), *(nurse(number) for number in range(3)))


@pytest.fixture
def pool(server: Server) -> Iterator[PostgresCollection]:  # noqa: F811
    with closing(PostgresCollection(server.new_url())) as pool:
        pool.upsert(ENCODER.encode(PEOPLE))
        yield pool


@pytest.mark.parametrize("way", [{}, {"explain": False}, {"neighbours": True}])
def test_rows_are_those_of_the_same_pool_in_a_folder(
    way: dict[str, bool], pool: PostgresCollection, tmp_path: Path
) -> None:
    with closing(LocalCollection(tmp_path / "pool")) as copy:
        with pool.view() as view:
            copy_into(view, copy)
            generation = view.generation
        match(Matcher(copy, ENCODER), ALL, tmp_path / "folder.jsonl", k=4, **way)  # type: ignore[arg-type]
    done = match(Matcher(pool, ENCODER), ALL, tmp_path / "server.jsonl", k=4, **way)  # type: ignore[arg-type]
    assert (done.queries, done.generation) == (len(PEOPLE), generation)
    assert read(tmp_path / "server.jsonl") == [
        {**row, "generation": generation} for row in read(tmp_path / "folder.jsonl")
    ]


def test_an_interrupted_run_goes_on_over_the_generation_it_began_with(
    pool: PostgresCollection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though somebody left and somebody came, and the server may have been away."""
    monkeypatch.setattr(pieces, "MOST_QUERIES", 2)
    matcher, out = Matcher(pool, ENCODER), tmp_path / "out" / "m.parquet"
    match(matcher, ALL, tmp_path / "whole.parquet", k=3)
    with pytest.raises(KeyboardInterrupt):
        match(matcher, ALL, out, k=3, engine=Stopping(matcher, 2))
    pool.delete(["ada"])
    pool.upsert(ENCODER.encode([nurse(20)]))
    assert match(matcher, ALL, out, k=3).kept == 4
    assert out.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert {path.name for path in out.parent.iterdir()} == {"m.parquet", "m.summary.json"}
