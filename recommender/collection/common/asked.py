"""What every engine refuses to be asked."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from recommender.errors import QueryError

#: Profiles on a page at most.
_MOST_SHOWN = 1_000


def query_vector(vector: NDArray[np.float32], k: int, dimension: int | None) -> NDArray[np.float32]:
    """The vector to search by; raises `QueryError` for k below 1, and for numbers that are none or not as many.

    Args:
        dimension: how many numbers a pool's vectors have, None while it is new.
    """
    if k < 1:
        raise QueryError(f"k is {k}; give 1 or more")
    query = np.ascontiguousarray(vector, dtype=np.float32)
    if dimension is not None and query.shape != (dimension,):
        raise QueryError(f"a query vector of shape {query.shape} given; give one of {dimension} numbers")
    # squares add up to a number where all are numbers, and those of very large ones may not
    if not math.isfinite(np.vdot(query, query)) and not np.isfinite(query).all():
        raise QueryError("the query vector holds a number that is not finite; give one without")
    return query


def check_page(limit: int, skip: int) -> None:
    """Raise `QueryError` for a page that no listing has."""
    if not 1 <= limit <= _MOST_SHOWN:
        raise QueryError(f"a listing's limit cannot be {limit}; give 1 to {_MOST_SHOWN:,}")
    if skip < 0:
        raise QueryError(f"a listing cannot leave out {skip}; give 0 or more")
