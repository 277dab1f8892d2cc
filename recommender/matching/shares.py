"""The most that each signal could have given a match: what its points are measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.matching.answer import Match
from recommender.matching.query_profile import stored
from recommender.matching.scoring import Points, Scorer
from recommender.matching.scoring_config import ScoringConfig
from recommender.matching.signals import measure


def shares(view: View, like: Sequence[str], matches: Sequence[Match]) -> list[dict[str, float]]:
    """Signal → the most it could give each match to these stored profiles, by the shipped weights; 100 in all.

    What a pair has no evidence for gives nothing and leaves its part to the others. Raises `ProfileNotFound`.
    """
    scorer = Scorer(ScoringConfig.shipped(), {})
    pool = view.features(np.array([view.row(match.profile_id) for match in matches], np.int64))
    raw = [measure(query_profile.features, pool) for query_profile in stored(view, like)]
    most = sum(_at_best(scorer, {name: ~np.isnan(values) for name, values in one.items()}) for one in raw) / len(raw)
    return [dict(zip(scorer.config.signals, row, strict=True)) for row in np.asarray(most).tolist()]


def shares_of_words(matches: Sequence[Match]) -> list[dict[str, float]]:
    """The same of a question in words: as if everybody had evidence for whatever gave one of them points."""
    seen = {one.signal for match in matches for one in match.contributions}
    # a bare list of skills is answered as a profile is
    by_profile = seen <= {*ScoringConfig.shipped().signals, "unlike"}
    config = ScoringConfig.shipped() if by_profile else ScoringConfig.for_requests()
    known = {name: np.full(1, name in seen) for name in config.signals}
    (most,) = _at_best(Scorer(config, {}), known).tolist()
    return [dict(zip(config.signals, most, strict=True))] * len(matches)


def _at_best(scorer: Scorer, known: Mapping[str, NDArray[np.bool_]]) -> Points:
    """Points of pairs that are as alike as can be, in whatever is known of them."""
    signals = scorer.config.signals
    best = {name: np.where(there, signals[name].high, np.nan).astype(np.float32) for name, there in known.items()}
    return scorer.weighed(best)
