"""The scoring configuration is whole, or nothing is asked with it; and a cursor belongs to the one it began with."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from recommender.errors import QueryError, ScoringConfigError
from recommender.matching import Matcher, Query
from recommender.matching.scoring_config import ScoringConfig, Signal
from recommender.matching.signals import SIGNALS, measure
from tests.matching.fakes import encoder, matcher_of, person

SHIPPED = ScoringConfig.shipped()


def test_the_signals_are_those_that_are_measured() -> None:
    features = encoder().encode([person(1, "nurse")])[0].features
    assert tuple(measure(features, features)) == SIGNALS == tuple(SHIPPED.signals)


@pytest.mark.parametrize("name", SIGNALS)
def test_one_without_a_signal_is_refused(tmp_path: Path, name: str) -> None:
    rest = {signal: value for signal, value in SHIPPED.signals.items() if signal != name}
    matcher = matcher_of([person(1, "nurse")], tmp_path)
    with pytest.raises(ScoringConfigError, match=f"lacks signal {name!r}; give it a range and a weight"):
        Matcher(matcher.collection, matcher.profile_encoder, msgspec.structs.replace(SHIPPED, signals=rest))


def test_one_with_a_signal_that_nobody_measures_is_refused() -> None:
    more = {**SHIPPED.signals, "charm": Signal(0, 1, 1)}
    with pytest.raises(ScoringConfigError, match="unknown signal 'charm'"):
        msgspec.structs.replace(SHIPPED, signals=more).check(SIGNALS)


def test_a_cursor_is_not_read_on_by_another_configuration(tmp_path: Path) -> None:
    matcher = matcher_of([person(number, "nurse") for number in range(4)], tmp_path)
    cursor = matcher.similar(Query(like=("nurse-0",), k=1)).next_cursor
    assert cursor is not None
    moved = msgspec.structs.replace(SHIPPED, close=51)
    other = Matcher(matcher.collection, matcher.profile_encoder, moved)
    assert len(matcher.similar(Query(like=("nurse-0",), k=1, cursor=cursor)).matches) == 1
    with pytest.raises(QueryError, match="another question"):
        other.similar(Query(like=("nurse-0",), k=1, cursor=cursor))


def test_counter_examples_are_measured_by_the_configuration_given_whatever_is_asked_in_words(tmp_path: Path) -> None:
    """A text has weights of its own; how like a counter-example somebody is, those of profiles say."""
    people = [person(number, trade) for number in range(3) for trade in ("nurse", "welder")]
    matcher = matcher_of(people, tmp_path)
    wide = {name: msgspec.structs.replace(signal, low=-1000, high=1000) for name, signal in SHIPPED.signals.items()}
    blurred = msgspec.structs.replace(SHIPPED, signals=wide)  # everybody is half like everybody
    query = Query(text="nurse who cares for patients", unlike=("nurse-0",))
    costs = []
    for config in (SHIPPED, blurred):
        matches = Matcher(matcher.collection, matcher.profile_encoder, config).similar(query).matches
        nurse = next(match for match in matches if match.profile_id == "nurse-1")
        points = {contribution.signal: contribution.points for contribution in nurse.contributions}
        whole = sum(value for signal, value in points.items() if signal != "unlike")
        costs.append(-points["unlike"] / whole)
    assert costs[0] > 0.4, "a twin costs half of the points"
    assert costs[1] == pytest.approx(0.25, abs=0.05)
