"""`Start`: what an application does before it is ready, beside answering whether it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from anyio.to_thread import run_sync

from recommender.service.asgi.shared import Shared
from recommender.service.problems import ProblemError

READY: Final = "ready"


class Start:
    """How far one application has come, and where several serve together, the others."""

    def __init__(self, shared: Shared | None) -> None:
        self._shared = shared
        self._is_done = False
        self._fault: Exception | None = None

    async def run(self, warm: Callable[[], None] | None) -> None:
        """Call `warm`, if there is something to wait for; what goes wrong is what `check` raises then."""
        try:
            if warm is not None:
                await run_sync(warm)
        except Exception as error:
            self._fault = error
        else:
            self._is_done = True
            if self._shared is not None:
                self._shared.note(READY)

    def check(self) -> None:
        """Raises `ProblemError` (503) until it is done, here and in every other process."""
        if self._fault is not None:
            raise self._fault
        if not self._is_done or (self._shared is not None and not self._shared.have_all(READY)):
            raise ProblemError(503, "starting", "the service is starting; ask again in a moment")
