"""When a call is made again, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

import httpx

from recommender.client.failures import failure, unreachable

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

    def after_answer(self, response: httpx.Response, tried: int) -> float:
        """Seconds until a call that was answered so is made again, the service's own where it names them.

        Raises the error that the answer stands for where it is not made again.
        """
        stated = response.headers.get("retry-after", "")
        seconds = float(stated) if stated.isdigit() else self._backed_off(tried)
        if response.status_code not in _LATER or tried > self.most or seconds > self.most_seconds:
            raise failure(response)
        return seconds

    def after_nothing(self, error: httpx.TransportError, tried: int, base_url: httpx.URL, repeatable: bool) -> float:
        """The same where no answer came; what must not happen twice is not tried twice."""
        if tried > self.most or not repeatable:
            raise unreachable(base_url, error) from error
        return self._backed_off(tried)

    def _backed_off(self, tried: int) -> float:
        seconds = self.first_seconds * float(2 ** (tried - 1)) * random.uniform(0.5, 1.5)
        return min(self.most_seconds, seconds)
