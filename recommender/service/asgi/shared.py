"""`Shared`: what the processes of one service have in common: a folder of files that ends with them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from recommender.service.access.buckets import Buckets
from recommender.service.metrics import Measures, share


@dataclass(frozen=True, slots=True)
class Shared:
    """One process's part in it.

    Attributes:
        folder: is there, and its owner's alone.
        number: of this process, from 0; its successor has it again.
        count: of processes that serve together.
    """

    folder: Path
    number: int
    count: int

    def buckets(self) -> Buckets:
        """Quotas that are used up together."""
        return Buckets(os.open(self.folder / "quotas", os.O_CREAT | os.O_RDWR, 0o600))

    def measures(self) -> Measures:
        """Measures that are counted together; the process keeps no others from then on."""
        share(self.folder, self.number)
        return Measures(self.folder)

    def note(self, what: str) -> None:
        """Let the others know that this process has come so far."""
        (self.folder / f"{self.number}.{what}").touch()

    def have_all(self, what: str) -> bool:
        """Whether every process came so far, once: the successor of one that died is waited for by nobody."""
        return all((self.folder / f"{number}.{what}").exists() for number in range(self.count))
