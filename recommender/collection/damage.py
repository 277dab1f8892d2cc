"""Saying which stored profile is damaged, where decoding many at once has failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from recommender.collection import codec
from recommender.collection.store import Arrival
from recommender.errors import CollectionCorrupt


@contextmanager
def naming_the_damaged(arrivals: Sequence[Arrival], layout: codec.Layout) -> Iterator[None]:
    """Turn a failure to decode these profiles into `CollectionCorrupt` naming the one it came from."""
    try:
        yield
    except (ValueError, msgspec.MsgspecError) as error:
        for arrival in arrivals:
            problem = problem_of(arrival, layout)
            if problem:
                raise CollectionCorrupt(
                    f"stored profile {arrival.profile_id!r} is damaged ({problem}): "
                    f"recommender delete {arrival.profile_id}, and ingest it again"
                ) from error
        raise


def problem_of(arrival: Arrival, layout: codec.Layout) -> str | None:
    """What is wrong with the facts, vector or features of one stored profile."""
    try:
        codec.decode_facts(arrival.facts)
        codec.decode_vectors([arrival.vector], layout.dimension)
        codec.decode_features([arrival.features], layout)
    except (ValueError, msgspec.MsgspecError) as error:
        return str(error)
    return None
