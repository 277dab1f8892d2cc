"""What a page about a file of matches shows, counted in one pass over the file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from recommender.batch.forms.read import columns
from recommender.batch.summary import Reject, Summary

#: Points of a bar of the scores' distribution, people named as hubs, and queries without rows that are listed.
BAR, HUBS, LISTED = 5, 20, 20
#: The bands, best first.
BANDS = ("very close", "close", "related", "distant", "no basis")
#: How often somebody may be among the matches: ranges by their first numbers.
_OFTEN = (0, 1, 2, 5, 10, 20, 50, 100)


class Measured(NamedTuple):
    """Counts.

    Attributes:
        scores, best_scores: of all matches, and of the first of each query, by bars of `BAR` points from 0 on.
        bands, best_bands: the same by band.
        often: how many people of the pool are among the matches of how many queries ("2 to 4").
        named: how many people of the pool are among anybody's.
        hubs: who is among the matches of most queries, and of how many.
        short: queries with fewer matches than were asked for.
        rejects: queries without rows, the first of them.
    """

    summary: Summary
    scores: list[int]
    best_scores: list[int]
    bands: dict[str, int]
    best_bands: dict[str, int]
    often: dict[str, int]
    named: int
    hubs: list[tuple[str, int]]
    short: int
    rejects: list[Reject]


def measured(out: Path, summary: Summary, rejects: list[Reject]) -> Measured:
    """Count what is in a file of matches."""
    bars = np.zeros((2, 100 // BAR), np.int64)
    bands, best_bands, names, sizes = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for part in columns(out):
        places = np.clip(np.array(part.score) // BAR, 0, bars.shape[1] - 1).astype(np.int64)
        first = np.array(part.rank) == 1
        for row, which in ((0, slice(None)), (1, first)):
            bars[row] += np.bincount(places[which], minlength=bars.shape[1])
        bands.update(part.band)
        best_bands.update(band for band, is_first in zip(part.band, first.tolist(), strict=True) if is_first)
        names.update(part.profile_id)
        sizes.update(part.query_id)
    hubs = sorted(names.items(), key=lambda one: (-one[1], one[0]))[:HUBS]
    full = sum(1 for size in sizes.values() if size >= summary.asked.k)
    return Measured(
        summary,
        bars[0].tolist(),
        bars[1].tolist(),
        {band: bands[band] for band in BANDS},
        {band: best_bands[band] for band in BANDS},
        _often(names, summary.profiles),
        len(names),
        hubs,
        summary.queries - full,
        rejects[:LISTED],
    )


def _often(names: Counter[str], profiles: int) -> dict[str, int]:
    ends = [*(start - 1 for start in _OFTEN[1:]), None]
    counts = np.array([*names.values()], np.int64)
    found = {}
    for start, end in zip(_OFTEN, ends, strict=True):
        label = f"{start} and more" if end is None else str(start) if start == end else f"{start} to {end}"
        within = (counts >= start) & (counts <= (end if end is not None else counts.max(initial=0)))
        found[label] = max(profiles - len(names), 0) if start == 0 else int(np.count_nonzero(within))
    return found
