"""The order in which everybody in a pool is asked about: people of one occupation side by side.

Their answers name the same people, whose documents and columns are then read once for many of them; and files of such
rows are smaller. A place depends on a profile's own numbers and id alone: whoever else comes or goes, two who stay keep
their order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.collection import View
from recommender.encoding.features import Features

#: Occupations that tell people apart: their likeliest, and the next ones.
_OCCUPATIONS = 3
#: Rows whose columns are held at a time.
_AT_ONCE = 4_096


def in_order(view: View) -> list[str]:
    """Ids of the whole pool, by their likeliest occupations, then by id."""
    rows = view.rows()
    parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
    keys = np.concatenate([_likeliest(view.features(part)) for part in parts]) if parts else np.empty((0, 3), np.int64)
    named = zip(*keys.T.tolist(), view.ids(rows), strict=True)
    return [profile_id for *_, profile_id in sorted(named)]


def _likeliest(features: Features) -> NDArray[np.int64]:
    """Of each profile the ids of its occupations of most weight, shape (n, `_OCCUPATIONS`); -1 where there are none."""
    counts = features.columns["sparse_count"].astype(np.int64)
    ends = features.offsets["sparse"][1:]
    starts, ids, weights = ends - counts[:, 2], features.columns["sparse_id"], features.columns["sparse_weight"]
    found = np.full((len(ends), _OCCUPATIONS), -1, np.int64)
    for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        best = np.argsort(-weights[start:end], kind="stable")[:_OCCUPATIONS]
        found[at, : len(best)] = ids[start:end][best]
    return found
