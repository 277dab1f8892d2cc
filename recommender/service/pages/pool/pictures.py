"""`Pictures`: the newest picture of a pool, worked out beside the questions where there is none."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.collection import View
from recommender.collection.plane import UNPLACED, lay_out
from recommender.collection.protocol import Plane
from recommender.encoding.titles.groups import groups_of
from recommender.errors import CollectionReadOnly, RecommenderError
from recommender.service.pages.pool.picture import Picture, picture
from recommender.wiring import Recommender

_log = logging.getLogger(__name__)

#: Up to how many people places are worked out in memory, where they cannot be kept with the pool.
MOST_IN_MEMORY: Final = 20_000
#: How long to leave what failed.
RETRY_SECONDS: Final = 60.0


class Pictures:
    """The picture of the pool's newest view. Threads may share it."""

    def __init__(self) -> None:
        self._alone = threading.Lock()
        self._last: Picture | None = None
        self._numbering: object = None
        self._known: dict[int, tuple[NDArray[np.float32], int]] = {}
        self._own: Plane | None = None
        self._working: threading.Thread | None = None
        self._not_before = 0.0

    def of(self, recommender: Recommender, view: View) -> Picture | None:
        """The picture of this view; None while it is worked out, which this begins where it has to."""
        with self._alone:
            if self._numbering is not view.numbering:
                self._numbering, self._known, self._own, self._last = view.numbering, {}, None, None
            if self._last is not None and self._last.generation == view.generation:
                return self._last
            plane = view.plane() or self._carried(view)
            if plane is None:
                self._begin(recommender)
                return None
            if np.isnan(plane.places[:, 0]).mean() > UNPLACED:
                self._begin(recommender)
            self._last = picture(view, plane, self._known)
            return self._last

    def _carried(self, view: View) -> Plane | None:
        """The plane that is kept in memory, for the people of this view."""
        if self._own is None:
            return None
        rows = view.rows()
        places, groups = np.full((len(rows), 2), np.nan, np.float32), np.zeros(len(rows), np.uint8)
        both, here, there = np.intersect1d(rows, self._own.rows, assume_unique=True, return_indices=True)
        places[here], groups[here] = self._own.places[there], self._own.groups[there]
        return Plane(rows, places, groups) if len(both) else None

    def _begin(self, recommender: Recommender) -> None:
        at_work = self._working is not None and self._working.is_alive()
        if not at_work and time.monotonic() >= self._not_before:
            self._working = threading.Thread(target=self._work, args=(recommender,), name="plane", daemon=True)
            self._working.start()

    def _work(self, recommender: Recommender) -> None:
        try:
            try:
                recommender.collection.lay_out(groups_of)
            except (CollectionReadOnly, OSError):
                self._work_in_memory(recommender)
        except (RecommenderError, OSError, sqlite3.Error) as error:
            self._not_before = time.monotonic() + RETRY_SECONDS
            _log.warning("no places on the plane, trying again later: %s", error)

    def _work_in_memory(self, recommender: Recommender) -> None:
        with recommender.collection.view() as view:
            rows, numbering = view.rows(), view.numbering
            if len(rows) > MOST_IN_MEMORY:
                return
            own = Plane(rows, lay_out(view.vectors(rows)), groups_of(view.features(rows)))
        with self._alone:
            if self._numbering is numbering:
                self._own = own
