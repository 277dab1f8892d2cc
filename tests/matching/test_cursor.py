from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from recommender.errors import QueryError
from recommender.matching import Matcher, Query
from recommender.matching.ranking.rank import WINDOW
from tests.matching.fakes import encoder, matcher_of, people, person


def walk(matcher: Matcher, query: Query) -> list[tuple[str, float]]:
    shown: list[tuple[str, float]] = []
    while True:
        answer = matcher.similar(query)
        assert [match.rank for match in answer.matches] == list(
            range(len(shown) + 1, len(shown) + len(answer.matches) + 1)
        )
        shown += [(match.profile_id, match.score) for match in answer.matches]
        if answer.next_cursor is None:
            return shown
        query = msgspec.structs.replace(query, cursor=answer.next_cursor)


@pytest.mark.parametrize("query", [Query(like=("nurse-0",), k=30), Query(like=("welder-3",), k=70, diversity=0.8)])
def test_pages_hold_everyone_once_in_order(query: Query, tmp_path: Path) -> None:
    """450 people: a window, and a tail of the others."""
    matcher = matcher_of(people(150), tmp_path)
    shown = walk(matcher, query)
    assert len(shown) == len({who for who, _ in shown}) == 449
    scores = [score for _, score in shown]
    assert scores == sorted(scores, reverse=True)
    whole = matcher.similar(msgspec.structs.replace(query, k=WINDOW)).matches
    assert [who for who, _ in shown[: WINDOW - 20]] == [match.profile_id for match in whole[: WINDOW - 20]]


def test_writes_between_pages_repeat_and_skip_nobody(tmp_path: Path) -> None:
    matcher = matcher_of(people(150), tmp_path)
    query, shown, gone = Query(like=("nurse-0",), k=40), [], set()
    for page in range(100):
        answer = matcher.similar(query)
        shown += [match.profile_id for match in answer.matches]
        if answer.next_cursor is None:
            break
        query = msgspec.structs.replace(query, cursor=answer.next_cursor)
        matcher.collection.upsert(encoder().encode([person(1000 + page, "nurse"), person(page + 1, "nurse")]))
        gone.add(f"welder-{page + 120}")
        matcher.collection.delete([f"welder-{page + 120}"])
    first = {str(profile.id) for profile in people(150)} - {"nurse-0"}
    assert len(shown) == len(set(shown))
    assert first - gone <= set(shown)


def test_a_cursor_is_good_for_its_question_alone(tmp_path: Path) -> None:
    matcher = matcher_of(people(5), tmp_path)
    cursor = matcher.similar(Query(like=("nurse-0",), k=2)).next_cursor
    assert cursor is not None
    assert matcher.similar(Query(like=("nurse-0",), k=5, cursor=cursor)).matches[0].rank == 3
    with pytest.raises(QueryError, match="another question"):
        matcher.similar(Query(like=("nurse-1",), k=2, cursor=cursor))
