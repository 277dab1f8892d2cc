"""`Numbered`: what a snapshot tells beyond a `Collection`, by which answers of two generations are compared."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@runtime_checkable
class Numbered(Protocol):
    """A collection that tells its profiles' numbers, which ascend with its rows and are never given again."""

    @property
    def pool(self) -> str:
        """The pool's own name."""
        ...

    @property
    def segment(self) -> str:
        """Which sealed files it is read from; "" for none."""
        ...

    def numbers(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of rows, in order."""
        ...

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of numbers, in order; -1 for those who are not there."""
        ...

    @property
    def sealed_to(self) -> int:
        """The number that the sealed files reach; 0 for none."""
        ...

    def changes(self, generation: int) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Rows of those who came after a generation, ascending, and numbers of those who were there and left since.

        None where that is not known any more. A profile that was written again left and came.
        """
        ...
