"""What a question asks where it says nothing of it."""

from __future__ import annotations

from recommender.collection import Filter
from recommender.matching import Query


def test_a_question_asks_for_ten_of_everybody_in_plain_order() -> None:
    plain = Query(like=("a",))
    assert (plain.k, plain.where, plain.exclude_ids, plain.min_score) == (10, Filter(), (), None)
    assert (plain.weights, plain.diversity, plain.fold_duplicates, plain.cursor) == ({}, 0, False, None)
    assert (plain.unlike, plain.profile, plain.text) == ((), None, None)
