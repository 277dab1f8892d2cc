"""Run-together skill lists of one page, taken apart all together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recommender.skills.vocabulary import Vocabulary

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z']+|\d+|\s+|.")


def segment(runs: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The skills of each run, in order, case kept."""
    return [_split(run, vocabulary) for run in runs]


def _split(run: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    cuts = [m.start() for m in re.finditer(r"(?<=[a-z0-9+#])(?=[A-Z])", run)]
    pieces = [run[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(run)], strict=True)]
    return tuple(p for p in pieces if p)
