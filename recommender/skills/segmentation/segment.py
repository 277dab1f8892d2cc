"""`segment`: the runs of one page, read together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recommender.skills.segmentation.cuts import CertainCuts
from recommender.skills.segmentation.line import ListLine
from recommender.skills.segmentation.phrases import Phrases

#: Characters of one list that are worth taking apart; what comes after is left out and reported.
LONGEST_RUN = 8_000


def segment(runs: Sequence[str], phrases: Phrases) -> list[tuple[str, ...]]:
    """The skills of each run of one page, in order. A line break within a run is a certain cut.

    Of a run longer than `LONGEST_RUN` characters the rest is left out.
    """
    return [tuple(pieces) for pieces in _jointly([_capped(run) for run in runs], phrases)]


def _capped(run: str) -> str:
    """The run as far as it is read, ended where a word ends."""
    run = run.replace("\u00a0", " ").strip()
    if len(run) <= LONGEST_RUN:
        return run
    return run[:LONGEST_RUN].rpartition(" ")[0] or run[:LONGEST_RUN]


def _jointly(texts: Sequence[str], phrases: Phrases) -> list[list[str]]:
    """The cheapest pieces of each text, first by itself, then knowing what the others were found to hold."""
    certain = CertainCuts(texts)
    lines = [[ListLine(part.strip(), phrases, certain) for part in text.split("\n") if part.strip()] for text in texts]

    def read(i: int, elsewhere: frozenset[str]) -> list[str]:
        return [p.strip() for line in lines[i] for p in line.pieces(elsewhere)]

    first = [read(i, frozenset()) for i in range(len(texts))]
    counts = Counter(piece.lower() for pieces in first for piece in set(pieces))
    second = []
    for i, pieces in enumerate(first):
        own = {piece.lower() for piece in pieces}
        second.append(read(i, frozenset(piece for piece, n in counts.items() if n > (piece in own))))
    return second
