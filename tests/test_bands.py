"""Where bands begin, by hand; and that the shipped ones begin where the measurement put them."""

from __future__ import annotations

import json

import pytest

from benchmarks.bands import RESULTS, lowest, measured, rising, shares
from recommender.matching.scoring_config import ScoringConfig


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([0.0, 1.0], [0.0, 1.0]),
        ([1.0, 0.0], [0.5, 0.5]),
        ([0.0, 1.0, 0.0, 1.0], [0.0, 0.5, 0.5, 1.0]),
        ([3.0, 2.0, 1.0], [2.0, 2.0, 2.0]),
    ],
)
def test_values_that_fall_are_pooled(values: list[float], expected: list[float]) -> None:
    assert rising(values) == expected


def test_a_band_begins_where_its_grade_is_more_likely_than_not() -> None:
    """At 20 nobody is good; of those at 40.2 and 50 one of two; from 60 on all."""
    pairs = [(20.0, 1.0), (40.2, 3.0), (50.0, 1.0), (60.0, 2.5), (70.0, 3.0)]
    assert lowest(pairs, 2.5) == 41, "the next whole score"
    assert lowest(pairs, 1.0) == 20
    assert lowest([(90.0, 0.0)], 2.5) == 100, "never so"


def test_shares_are_of_the_pairs_from_where_a_band_begins_to_the_next() -> None:
    begins = {"very close": 60.0, "close": 40.0, "related": 30.0}
    found = shares([(70, 3), (60, 2), (59.9, 2), (35, 0.5), (10, 0)], begins)
    assert {band: (one["pairs"], one["grade 2.5+"], one["mean grade"]) for band, one in found.items()} == {
        "very close": (2, 0.5, 2.5),
        "close": (1, 0.0, 2.0),
        "related": (1, 0.0, 0.5),
        "distant": (1, 0.0, 0.0),
    }


def test_bands_begin_by_some_seeds_and_are_reported_on_others() -> None:
    apart = measured({"a": [(80, 3)], "c": [(20, 0)]}, {"b": [(10, 0), (90, 3)]})
    assert (apart["seeds"], apart["pairs"]) == (3, 4)
    assert apart["begins"] == {"very close": 80, "close": 80, "related": 80}
    assert apart["on the others"]["very close"]["pairs"] == 1
    assert apart["on the others"]["distant"]["pairs"] == 1


@pytest.mark.parametrize(
    ("name", "config"), [("profiles", ScoringConfig.shipped()), ("requests", ScoringConfig.for_requests())]
)
def test_the_shipped_bands_begin_where_people_put_them(name: str, config: ScoringConfig) -> None:
    begins = json.loads(RESULTS.read_text())[name]["begins"]
    assert (config.very_close, config.close, config.related) == tuple(begins.values())
