"""Without explanations: who is in the answers, and how alike, are to the last bit what `similar` gives."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.collection import Filter, View
from recommender.encoding.features import COLUMNS, GROUPS, Features
from recommender.errors import ProfileNotFound, QueryError
from recommender.matching import Query, Ranks
from recommender.matching.compared.shared import each, features_of, taken
from recommender.settings import Settings
from tests.service.people import ADA, POOL, Rooms

WHERE = Filter(location=("Berlin",))


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    rooms = Rooms(Settings.load(data=tmp_path_factory.mktemp("ranked") / "pool"))
    list(rooms.ingest(POOL))
    return rooms


@pytest.mark.parametrize("k", [1, 3, 50, 200])
@pytest.mark.parametrize("where", [Filter(), WHERE])
def test_they_are_those_of_similar(k: int, where: Filter, rooms: Rooms) -> None:
    queries = [Query(like=(str(person.id),), k=k, where=where) for person in POOL]
    with rooms.collection.view() as view:
        found = rooms.matcher.ranked_many(queries, view)
        assert found == [Ranks.of(rooms.matcher.similar(query, view)) for query in queries]


def test_questions_that_are_more_than_one_profile_are_answered_beside_them(rooms: Rooms) -> None:
    queries = [
        Query(like=("ada",)),
        Query(text="nurse, triage"),
        Query(like=("nobody",)),
        Query(profile=ADA),
        Query(like=("ada", "nurse-1")),
        Query(like=("ada",), diversity=0.5),
        Query(like=("ada",), k=0),
    ]
    with rooms.collection.view() as view:
        found = rooms.matcher.ranked_many(queries, view)
        for query, one in zip(queries, found, strict=True):
            if isinstance(one, Ranks):
                assert one == Ranks.of(rooms.matcher.similar(query, view))
    assert [type(one) for one in found] == [Ranks, Ranks, ProfileNotFound, Ranks, Ranks, Ranks, QueryError]


def test_no_document_is_read(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    with rooms.collection.view() as view:
        monkeypatch.setattr(type(view), "profiles", None)
        monkeypatch.setattr(type(view), "facts", None)
        (one, other) = rooms.matcher.ranked_many([Query(like=("ada",)), Query(like=("nurse-2",))], view)
    assert isinstance(one, Ranks)
    assert isinstance(other, Ranks)
    assert len(one.profile_ids) == len(other.profile_ids) == 10


def same(one: Features, other: Features) -> bool:
    return all(np.array_equal(one.offsets[group], other.offsets[group]) for group in GROUPS) and all(
        np.array_equal(one.columns[column.name], other.columns[column.name]) for column in COLUMNS
    )


def test_rows_read_once_are_the_rows(rooms: Rooms) -> None:
    """By their place among the distinct ones, as they come, and each by itself."""
    with rooms.collection.view() as view:
        repeated = np.array([3, 0, 3, 3, 1, 0, 3, 1, 1, 3])
        assert same(features_of(view, repeated), view.features(repeated))
        assert same(taken(view.features([4, 5]), np.array([1, 1, 0])), view.features([5, 5, 4]))
        assert all(map(same, each(view.features([2, 0])), (view.features([2]), view.features([0]))))
        read = list[int]()

        class Counting:
            def features(self, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Features:
                read.append(len(rows))
                return view.features(rows)

        counted: View = Counting()  # type: ignore[assignment]
        features_of(counted, repeated)
        features_of(counted, np.arange(6))
    assert read == [3, 6]
