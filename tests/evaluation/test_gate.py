"""The ranking may not get worse unseen: fictional judgments of the committed sample pool, synthetic and easy."""

from __future__ import annotations

from pathlib import Path

from recommender.evaluation import evaluate, read_judgments
from recommender.settings import Settings
from recommender.wiring import Recommender

JUDGMENTS = Path(__file__).parents[1] / "judgments" / "sample.jsonl"


def test_the_sample_pools_judgments_are_met(sample_pool: Path) -> None:
    with Recommender(Settings.load(data=sample_pool)) as recommender:
        found = evaluate(recommender.collection, recommender.matcher, read_judgments(JUDGMENTS))
    assert found.seeds == found.seeds_judged == 30
    assert found.pairs == found.pairs_judged
    assert found.ndcg >= 0.90
    assert found.pairwise >= 0.90
