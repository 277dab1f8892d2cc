"""Setting aside what is damaged: profiles whose checksum does not hold, or that cannot be decoded, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.local.truth import codec
from recommender.collection.local.truth.store import Arrival, Arrivals, Damaged
from recommender.encoding.features import Features
from recommender.facts.facts import Facts

_WRONG = (ValueError, OverflowError, msgspec.MsgspecError)


class Decoded(NamedTuple):
    """Sound profiles, and what is stored of them, in their order.

    Attributes:
        vectors: shape (len(arrivals), dimension).
    """

    arrivals: Sequence[Arrival]
    facts: list[Facts]
    vectors: NDArray[np.float32]
    features: Features


def decoded(found: Arrivals, layout: codec.Layout) -> tuple[Decoded, list[Damaged]]:
    """Those that can be decoded, and those that are damaged."""
    try:
        return _decoded(found.sound, layout), found.damaged
    except _WRONG:
        problems = [(arrival, problem_of(arrival, layout)) for arrival in found.sound]
        sound = [arrival for arrival, problem in problems if problem is None]
        wrong = [Damaged(a.seq, a.profile_id, problem) for a, problem in problems if problem is not None]
        return _decoded(sound, layout), sorted([*found.damaged, *wrong])


def problem_of(arrival: Arrival, layout: codec.Layout) -> str | None:
    """Why one stored profile cannot be decoded; None where it can."""
    try:
        _decoded([arrival], layout)
    except _WRONG as error:
        return f"it cannot be decoded ({error})"
    return None


def _decoded(arrivals: Sequence[Arrival], layout: codec.Layout) -> Decoded:
    return Decoded(
        arrivals,
        [codec.decode_facts(arrival.facts) for arrival in arrivals],
        codec.decode_vectors([arrival.vector for arrival in arrivals], layout.dimension),
        codec.decode_features([arrival.features for arrival in arrivals], layout),
    )


def told(damaged: Damaged) -> str:
    """What is damaged and what to do about it, for people."""
    named = repr(damaged.profile_id) if damaged.profile_id else "with an id that cannot be read"
    again = f", or recommender delete {damaged.profile_id} and ingest it again" if damaged.profile_id else ""
    what = f"stored profile {named} (number {damaged.seq}) is damaged: {damaged.problem}"
    return f"{what}; recommender check --repair{again}"
