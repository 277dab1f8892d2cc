"""Runs and judgments → measures."""

from recommender.evaluation.evaluate import evaluate, rank
from recommender.evaluation.judgments import Judgment, read_judgments
from recommender.evaluation.measures import ndcg, paired_bootstrap, pairwise, recall

__all__ = ["Judgment", "evaluate", "ndcg", "paired_bootstrap", "pairwise", "rank", "read_judgments", "recall"]
