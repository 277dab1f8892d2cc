"""What `benchmarks.moves` measures, against pairs and shares counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.moves import Jobs, became, calibration, concordance


def jobs(said: list[float], ahead: list[int], left: list[bool]) -> Jobs:
    return Jobs(np.array(said), np.array(ahead, float), np.array(left))


def test_concordance_counts_the_pairs_of_which_it_is_known_who_left_first() -> None:
    """Leaving after 3, 6 and 20 months, and one last known after 6: of (3,6), (3,20), (3,6+), (6,20), (6,6+) all but
    the last are as said, and of two that are said to be alike half a pair counts."""
    found = jobs([0.9, 0.5, 0.1, 0.6], [3, 6, 20, 6], [True, True, True, False])
    assert concordance(found) == pytest.approx(4 / 5)
    assert concordance(jobs([0.5, 0.5], [3, 9], [True, True])) == 0.5


def test_who_is_last_known_before_the_year_is_over_counts_as_long_as_they_are_known() -> None:
    """Of four one leaves after 3 months; of the two that are left after one is lost, one after 9: 1 - 3/4 · 1/2."""
    assert became(jobs([0.0] * 4, [3, 5, 9, 20], [True, False, True, True])) == pytest.approx(1 - 3 / 4 / 2)
    assert became(jobs([0.0] * 2, [13, 12], [True, False])) == 0.0


def test_the_calibration_error_is_the_mean_difference_by_people() -> None:
    said = [0.2] * 50 + [0.6] * 50
    ahead = [1] * 10 + [20] * 40 + [1] * 40 + [20] * 10
    found = calibration(jobs(said, ahead, [True] * 100))
    # ten parts of ten: sorted by what is said alone, those of one part are in the order given
    assert found["said"] == [0.2] * 5 + [0.6] * 5
    assert found["became"] == [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert found["error"] == pytest.approx((0.8 + 4 * 0.2 + 4 * 0.4 + 0.6) / 10)
