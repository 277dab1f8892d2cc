"""When a call is made again, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

import httpx

#: Answers that say "later".
_LATER: Final = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how long a call is tried.

    Attributes:
        most: times that it is made again; 0 for never.
        first_seconds: before the first; twice as long before each that follows, give or take a half.
        most_seconds: longest wait, also where the service asks for more, which then ends the trying.
    """

    most: int = 4
    first_seconds: float = 0.25
    most_seconds: float = 30.0

    def wait(self, response: httpx.Response, tried: int) -> float | None:
        """Seconds until this call is made again, the service's own where it names them; None for not at all."""
        if response.status_code not in _LATER or tried > self.most:
            return None
        stated = response.headers.get("retry-after", "")
        if stated.isdigit():
            return float(stated) if float(stated) <= self.most_seconds else None
        return self._backed_off(tried)

    def wait_unanswered(self, tried: int, repeatable: bool) -> float | None:
        """The same where no answer came; what must not happen twice is not tried twice."""
        return self._backed_off(tried) if repeatable and tried <= self.most else None

    def _backed_off(self, tried: int) -> float:
        seconds = self.first_seconds * float(2 ** (tried - 1))
        return min(self.most_seconds, seconds) * random.uniform(0.5, 1.5)
