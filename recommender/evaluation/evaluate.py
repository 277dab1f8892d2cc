"""`evaluate`: a matcher against judgments."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from recommender.collection.filter import Filter
from recommender.collection.protocol import Collection
from recommender.errors import EvaluationError, ProfileNotFound
from recommender.evaluation.judgments import Judgment
from recommender.evaluation.measures import ndcg, pairwise
from recommender.matching import Matcher, Query
from recommender.matching.query import MOST


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """How a matcher ranked the judged candidates of each seed.

    Attributes:
        ndcg: mean over all seeds; one that is not in the pool counts as 0.
        pairwise: mean over the seeds that have candidates of unequal grade.
        seeds, pairs: found in the pool.
        seeds_judged, pairs_judged: in the judgments.
        by_seed: nDCG@10 of each seed.
    """

    ndcg: float = msgspec.field(name="ndcg@10")
    pairwise: float
    seeds: int
    pairs: int
    seeds_judged: int
    pairs_judged: int
    by_seed: dict[str, float]


def evaluate(collection: Collection, matcher: Matcher, judgments: Iterable[Judgment]) -> Evaluation:
    """Rank each seed's judged candidates by the matcher, and measure. Raises `EvaluationError` without judgments."""
    grades: dict[str, dict[str, float]] = {}
    for judgment in judgments:
        grades.setdefault(judgment.seed, {})[judgment.candidate] = judgment.grade
    if not grades:
        raise EvaluationError("no judgments to evaluate against; give at least one seed with candidates")
    gains, ordered, pairs, seeds = {}, [], 0, 0
    for seed, judged in grades.items():
        found = _present(collection, seed, judged)
        ranking = rank(matcher, seed, found or [])
        seeds, pairs = seeds + (found is not None), pairs + len(ranking)
        gains[seed] = ndcg(ranking, judged)
        ordered.append(pairwise(ranking, judged))
    known = [value for value in ordered if value is not None]
    return Evaluation(
        ndcg=sum(gains.values()) / len(gains),
        pairwise=sum(known) / len(known) if known else 0.0,
        seeds=seeds,
        pairs=pairs,
        seeds_judged=len(grades),
        pairs_judged=sum(len(judged) for judged in grades.values()),
        by_seed=gains,
    )


def rank(matcher: Matcher, seed: str, candidates: list[str]) -> list[str]:
    """These candidates as the matcher ranks them for a seed of the pool; a thousand at most."""
    if not candidates:
        return []
    if len(candidates) > MOST:
        raise EvaluationError(f"seed {seed} has {len(candidates):,} candidates; give at most {MOST:,}")
    query = Query(like=(seed,), k=len(candidates), where=Filter(profile_ids=tuple(candidates)))
    return [match.profile_id for match in matcher.similar(query).matches]


def _present(collection: Collection, seed: str, judged: Iterable[str]) -> list[str] | None:
    """The judged candidates that are in the pool; None where the seed is not."""
    with collection.view() as view:
        try:
            view.row(seed)
        except ProfileNotFound:
            return None
        present = []
        for candidate in judged:
            try:
                view.row(candidate)
            except ProfileNotFound:
                continue
            if candidate != seed:
                present.append(candidate)
        return present
