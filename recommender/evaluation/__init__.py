"""Runs and judgments → measures."""

from recommender.evaluation.evaluate import Evaluation, evaluate, rank
from recommender.evaluation.judgments import Judgment, read_judgments
from recommender.evaluation.measures import (
    mean_average_precision,
    mean_reciprocal_rank,
    ndcg,
    paired_bootstrap,
    pairwise,
    recall,
)

__all__ = [
    "Evaluation",
    "Judgment",
    "evaluate",
    "mean_average_precision",
    "mean_reciprocal_rank",
    "ndcg",
    "paired_bootstrap",
    "pairwise",
    "rank",
    "read_judgments",
    "recall",
]
