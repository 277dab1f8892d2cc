"""`Features`: what reranking compares, as columns.

Columns fall into groups. Within a group every column has the same number of entries for a profile,
and that number may differ from profile to profile (a profile has 3 to 30 sections, and hundreds of
terms), so each group keeps offsets: the entries of profile i are `offsets[group][i]:offsets[group][i+1]`.
A pool stores these columns and hands out slices of them; it needs to know nothing of their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
T = TypeVar("T")


class Column(NamedTuple):
    """A named column: numpy dtype, entries' width (0: a plain number each; -1: the encoder's dimension), group."""

    name: str
    dtype: str
    width: int
    group: str


#: A section's vector is `section_code * section_scale[:, None]`: whole numbers from -4 to 4, whose cosine to the
#: unrounded vector is about .984 (`rounding`). Ranking needs the career's (all sections pooled by weight), the sparse
#: vectors' and the levels of everybody; sections, units and losses serve to explain a match (see `evidence`).
#: The career is the sum of the sections' vectors times `section_share`; its length without one is `section_left`.
#: A loss is of a word or skill that vanishes with a unit; `loss_shown` tells whether that shows it (`evidence.Shown`).
#: `sparse_count` tells how many of a profile's sparse entries are words, skills and occupations, in this order.
COLUMNS: tuple[Column, ...] = (
    Column("section_kind", "u1", 0, "sections"),
    Column("section_number", "u1", 0, "sections"),
    Column("section_share", "f4", 0, "sections"),
    Column("section_left", "f4", 0, "sections"),
    Column("section_scale", "f4", 0, "sections"),
    Column("section_code", "i1", -1, "sections"),
    Column("unit_place", "u1", 0, "units"),
    Column("unit_number", "u1", 0, "units"),
    Column("unit_part", "u2", 0, "units"),
    Column("unit_words", "f4", 0, "units"),
    Column("unit_skills", "f4", 0, "units"),
    Column("loss_unit", "u2", 0, "losses"),
    Column("loss_id", "u4", 0, "losses"),
    Column("loss_weight", "f4", 0, "losses"),
    Column("loss_shown", "u1", 0, "losses"),
    Column("sparse_id", "u4", 0, "sparse"),
    Column("sparse_weight", "f4", 0, "sparse"),
    Column("sparse_count", "u2", 3, "one"),
    Column("years", "f4", 0, "one"),
    Column("seniority", "i1", 0, "one"),
    Column("career_scale", "f4", 0, "one"),
    Column("career_code", "i1", -1, "one"),
)

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(column.group for column in COLUMNS))

#: The group of one entry a profile, which costs least to look at.
_ONE = COLUMNS[-1].group


class Lazily(Mapping[str, T]):
    """Values by name, each made when it is first looked at: a question looks at few of a profile's columns."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names = names
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        try:
            return self._made[name]
        except KeyError:
            if name not in self._names:
                raise
        return self._made.setdefault(name, self._make(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self._names)


@dataclass(frozen=True)
class Features:
    """Columns of n profiles.

    Attributes:
        offsets: group → int64 array of shape (n + 1,), starting at 0.
        columns: column name → array of `offsets[group][-1]` entries.
    """

    offsets: Mapping[str, NDArray[np.int64]]
    columns: Mapping[str, Array]

    def __len__(self) -> int:
        return len(self.offsets[_ONE]) - 1

    @staticmethod
    def concatenate(parts: Sequence[Features]) -> Features:
        """The profiles of all parts, in order."""
        offsets = {
            group: np.concatenate([[0], np.cumsum(np.concatenate([np.diff(p.offsets[group]) for p in parts]))])
            for group in GROUPS
        }
        columns = {c.name: np.concatenate([p.columns[c.name] for p in parts]) for c in COLUMNS}
        return Features(offsets, columns)
