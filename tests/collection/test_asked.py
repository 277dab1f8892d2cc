"""What no engine is asked."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.collection.common.asked import query_vector
from recommender.errors import QueryError


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_question_with_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(QueryError, match="finite"):
        query_vector(np.array([1.0, number], np.float32), 1, 2)


def test_numbers_whose_squares_are_too_large_are_numbers() -> None:
    assert query_vector(np.array([1e30, -1e30], np.float32), 1, 2).tolist() == [np.float32(1e30), -np.float32(1e30)]
    assert query_vector(np.empty(0, np.float32), 1, None).tolist() == []
