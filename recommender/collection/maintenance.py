"""`Maintainable`: what keeps a pool healthy, whatever engine holds it, and the values that this answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import Collection
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.insights import Derived
from recommender.profile import Profile

#: A stored profile with its search vector and features → the same with facts derived anew.
Refresh = Callable[[Profile, NDArray[np.float32], Features], EncodedProfile]


class Backup(msgspec.Struct, frozen=True):
    """What a backup holds.

    Attributes:
        format: version of the database file.
        sha256: of the database file.
    """

    format: int
    generation: int
    profiles: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Compacted:
    """Bytes of the pool before and after, and how many profiles it holds.

    Attributes:
        beyond: what still holds copies of what was erased, where the engine knows of it, a sentence each.
    """

    bytes_before: int
    bytes_after: int
    profiles: int
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where, what, and what to do."""

    place: str
    problem: str
    fix: str


class Damaged(NamedTuple):
    """A stored profile that does not match its checksum.

    Attributes:
        seq: its number in the pool.
        profile_id: as far as it can be read.
        problem: what does not match.
    """

    seq: int
    profile_id: str
    problem: str


class Repaired(NamedTuple):
    """Ids of the profiles put back, and the damaged ones that nothing holds a copy of."""

    restored: tuple[str, ...]
    beyond: tuple[Damaged, ...]


class Export(msgspec.Struct, frozen=True):
    """What is stored on one person; derived files hold copies of these values, and nothing else.

    Attributes:
        number: of the profile in this pool.
        fingerprint: of what made vector and features.
        vector: the search vector.
        features: column → its entries, as reranking compares them.
        linked: ids of this person's other profiles, that which takes their place first.
        kept_apart: ids of profiles of which it was said that they are not this person's.
    """

    profile: Profile
    facts: Derived
    number: int
    fingerprint: str
    vector: tuple[float, ...]
    features: dict[str, list[Any]]
    linked: tuple[str, ...] = ()
    kept_apart: tuple[str, ...] = ()


class Maintainable(Collection, Protocol):
    """A pool that its owner keeps healthy."""

    def seal(self) -> None:
        """Renew what is derived from the stored profiles now, so that the next opening finds it."""
        ...

    def lay_out(self, group: Callable[[Features], NDArray[np.uint8]]) -> bool:
        """Work out where people are on a plane, and keep that with the derived files; False where nobody is there.

        Takes minutes where there are many; the pool is read and written meanwhile.

        Args:
            group: features of n profiles → the number of each one's group, shape (n,), to be kept beside the places.
        """
        ...

    def compact(self) -> Compacted:
        """Leave no byte of what was deleted or replaced, and give back the room."""
        ...

    def refresh(self, anew: Refresh) -> int:
        """Store the facts of everybody anew, in one transaction; how many were stored.

        Raises `CollectionCorrupt`, having changed nothing, where a stored profile is damaged.
        """
        ...

    def backup(self, target: Path) -> Backup:
        """Write a copy of the pool as it is now into a new folder, while it is read and written on."""
        ...

    def repair(self, *, discard: bool = False) -> Repaired:
        """Put back the damaged profiles of which a copy is left; with `discard`, take out the others."""
        ...

    def export(self, profile_id: str) -> Export:
        """All that the pool holds on one person; raises `ProfileNotFound`."""
        ...


@runtime_checkable
class Snapshotting(Protocol):
    """A pool of which one generation can be kept in a folder, for runs of hours and of many processes."""

    def snapshot(self, target: Path) -> int:
        """Put the newest generation into a new folder, as `open_snapshot` reads it; its number.

        Profiles deleted later are still in it: it is to be removed with the run that it is for.
        """
        ...
