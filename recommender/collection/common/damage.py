"""Setting aside what is damaged: profiles whose checksum does not hold, or that cannot be decoded, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.common import codec
from recommender.collection.maintenance import Damaged
from recommender.encoding.features import Features
from recommender.insights import Derived

_WRONG = (ValueError, OverflowError, msgspec.MsgspecError)


class Insert(NamedTuple):
    """A stored profile as a follower reads it, its checksums held.

    Attributes:
        document_check: checksum of the document.
        linked_to: id of the profile that takes this person's place, None where this one does.
    """

    seq: int
    profile_id: str
    name: str | None
    document: bytes
    facts: bytes
    vector: bytes
    features: bytes
    document_check: int
    linked_to: str | None = None


class Inserts(NamedTuple):
    """Some profiles by number: those that are sound, and those that are not."""

    sound: list[Insert]
    damaged: list[Damaged]


class Decoded(NamedTuple):
    """Sound profiles, and what is stored of them, in their order.

    Attributes:
        vectors: shape (len(inserts), dimension).
    """

    inserts: Sequence[Insert]
    facts: list[Derived]
    vectors: NDArray[np.float32]
    features: Features


def decoded(found: Inserts, layout: codec.Layout) -> tuple[Decoded, list[Damaged]]:
    """Those that can be decoded, and those that are damaged."""
    try:
        return _decoded(found.sound, layout), found.damaged
    except _WRONG:
        problems = [(insert, problem_of(insert, layout)) for insert in found.sound]
        sound = [insert for insert, problem in problems if problem is None]
        wrong = [Damaged(a.seq, a.profile_id, problem) for a, problem in problems if problem is not None]
        return _decoded(sound, layout), sorted([*found.damaged, *wrong])


def problem_of(insert: Insert, layout: codec.Layout) -> str | None:
    """Why one stored profile cannot be decoded; None where it can."""
    try:
        _decoded([insert], layout)
    except _WRONG as error:
        return f"it cannot be decoded ({error})"
    return None


def _decoded(inserts: Sequence[Insert], layout: codec.Layout) -> Decoded:
    return Decoded(
        inserts,
        [codec.decode_facts(insert.facts) for insert in inserts],
        codec.decode_vectors([insert.vector for insert in inserts], layout.dimension),
        codec.decode_features([insert.features for insert in inserts], layout),
    )


def message(damaged: Damaged) -> str:
    """What is damaged and what to do about it, for people."""
    named = repr(damaged.profile_id) if damaged.profile_id else "with an id that cannot be read"
    again = f", or recommender delete {damaged.profile_id} and ingest it again" if damaged.profile_id else ""
    what = f"stored profile {named} (number {damaged.seq}) is damaged: {damaged.problem}"
    return f"{what}; recommender check --repair{again}"
