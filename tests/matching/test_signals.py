from __future__ import annotations

import math
from typing import Any

import numpy as np

from recommender.encoding.features import COLUMNS, GROUPS, Features
from recommender.encoding.sparse import END
from recommender.matching.compared.pairs import Pairs
from recommender.matching.signals import (
    career_cosine,
    dot_sparse,
    measure_pairs,
    segment_sum,
    seniority_closeness,
    weights_by_id,
    years_closeness,
)


def features(**columns: Any) -> Features:
    """Features of some profiles: of each named column a list of entries a profile; other columns are empty."""
    people = len(next(iter(columns.values())))
    offsets, values = {group: np.zeros(people + 1, np.int64) for group in GROUPS}, {}
    for column in COLUMNS:
        given = columns.get(column.name)
        entries = [entry for own in given for entry in own] if given else []
        values[column.name] = np.array(entries, column.dtype)
        if given:
            offsets[column.group] = np.cumsum([0, *map(len, given)])
    return Features(offsets, values)


def test_slices_are_summed_each_by_itself_and_empty_ones_are_unknown() -> None:
    """Slices [], [1, 2], [], [4], []; one value more follows the last."""
    sums = segment_sum(np.array([1.0, 2.0, 4.0, 0.0]), np.array([0, 0, 2, 2, 3, 3]))
    assert np.array_equal(sums, [math.nan, 3, math.nan, 4, math.nan], equal_nan=True)


def test_sparse_vectors_are_multiplied_by_what_they_share() -> None:
    """Words (3: .5, 9: .25), a skill (700: 1), no occupation; with (9: 2, 11: 8) it is .5; (3: 1, 9: 4) gives 1.5."""
    query_profile = features(sparse_id=[[3, 9, 700]], sparse_weight=[[0.5, 0.25, 1]], sparse_count=[[[2, 1, 0]]])
    pool = features(
        sparse_id=[[9, 11], [], [3, 9, 700, 900]],
        sparse_weight=[[2, 8], [], [1, 4, 0.5, 1]],
        sparse_count=[[[2, 0, 0]], [[0, 0, 0]], [[2, 1, 1]]],
    )
    words, skills, occupations = dot_sparse(Pairs.of_one(query_profile, pool))
    assert np.array_equal(words, [0.5, math.nan, 1.5], equal_nan=True)
    assert np.array_equal(skills, [math.nan, math.nan, 0.5], equal_nan=True)
    assert np.isnan(occupations).all()


def test_years_count_up_to_twelve_and_the_first_apart_does_not() -> None:
    """Of 8 years: 40 count as 12, four apart, three beyond the first; 7 are as good as 8; unknown ones are unknown."""
    apart = years_closeness(Pairs.of_one(features(years=[[8]]), features(years=[[40], [7], [4], [-1]])))
    assert np.array_equal(apart, [-3, 0, -3, math.nan], equal_nan=True)


def test_levels_are_apart_by_their_number_and_unknown_ones_are_unknown() -> None:
    """The lowest level, 0, is known; -1 is not."""
    pool = features(seniority=[[4], [2], [0], [-1]])
    for own, apart in ((2, [-2, 0, -2, math.nan]), (0, [-4, -2, 0, math.nan]), (-1, [math.nan] * 4)):
        found = seniority_closeness(Pairs.of_one(features(seniority=[[own]]), pool))
        assert np.array_equal(found, apart, equal_nan=True)


def test_years_that_the_subject_does_not_tell_are_unknown_with_everybody() -> None:
    pool = features(years=[[0], [12], [-1]])
    assert np.isnan(years_closeness(Pairs.of_one(features(years=[[-1]]), pool))).all()
    assert np.array_equal(
        years_closeness(Pairs.of_one(features(years=[[0]]), pool)), [0, -11, math.nan], equal_nan=True
    )


def test_codes_times_scales_give_the_cosine() -> None:
    """(3, 4) / 5 with itself is 1, with (4, -3) / 5 is 0; a vector of zeros has none."""
    query_profile = features(career_code=[[[3, 4]]], career_scale=[[0.2]])
    pool = features(career_code=[[[3, 4]], [[4, -3]], [[0, 0]]], career_scale=[[0.2], [0.2], [0]])
    assert np.allclose(career_cosine(Pairs.of_one(query_profile, pool)), [1, 0, math.nan], equal_nan=True)


def test_every_id_has_a_weight_and_most_have_none() -> None:
    with weights_by_id(features(sparse_id=[[3, 700]], sparse_weight=[[0.5, 0.25]])) as weights:
        assert {int(at): float(weights[at]) for at in np.flatnonzero(weights)} == {3: 0.5, 700: 0.25}
        assert len(weights) == END
    with weights_by_id(features(sparse_id=[[]], sparse_weight=[[]])) as weights:
        assert not weights.any()


def test_pairs_of_several_query_profiles_are_each_compared_with_their_own() -> None:
    """Two query profiles of 8 and 2 years, one levelled; the first has the first two of the pool, the other the last.

    Words: (9: .5) with (9: 2) is 1, with nothing unknown; (11: 1) with (11: 8) is 8.
    """
    own = [
        features(
            sparse_id=[[id_]], sparse_weight=[[weight]], sparse_count=[[[1, 0, 0]]],
            years=[[years]], seniority=[[level]], career_code=[[code]], career_scale=[[0.2]],
        )
        for id_, weight, years, level, code in ((9, 0.5, 8, 4, [3, 4]), (11, 1, 2, -1, [4, 3]))
    ]  # fmt: skip
    pool = features(
        sparse_id=[[9, 11], [], [11]], sparse_weight=[[2, 8], [], [8]],
        sparse_count=[[[2, 0, 0]], [[0, 0, 0]], [[1, 0, 0]]], years=[[10], [8], [8]], seniority=[[2], [4], [3]],
        career_code=[[[3, 4]], [[4, 3]], [[4, 3]]], career_scale=[[0.2]] * 3,
    )  # fmt: skip
    measured = measure_pairs(Pairs(own, pool, np.array([0, 2, 3])))
    assert np.array_equal(measured["words"], [1, math.nan, 8], equal_nan=True)
    assert measured["years"].tolist() == [-1, 0, -5]
    assert np.array_equal(measured["seniority"], [-2, 0, math.nan], equal_nan=True)
    np.testing.assert_allclose(measured["career"], [1, 0.96, 1], atol=1e-6)
