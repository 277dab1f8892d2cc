from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import EvaluationError
from recommender.evaluation import (
    Judgment,
    evaluate,
    ndcg,
    paired_bootstrap,
    pairwise,
    read_judgments,
    recall,
)
from tests.matching.fakes import matcher_of, people


def test_ndcg_by_hand() -> None:
    """Grades 1, 3 in this order: (1/1 + 7/log2 3) / (7/1 + 1/log2 3) = 5.4165 / 7.6309."""
    grades = {"a": 3.0, "b": 1.0, "c": 0.0}
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)))
    assert ndcg(["a", "b", "c"], grades) == 1
    assert ndcg([], grades) == 0
    assert ndcg(["c"], {"c": 0.0}) == 0


def test_pairwise_counts_missing_ones_behind_all() -> None:
    grades = {"a": 3.0, "b": 1.5, "c": 0.0}
    assert pairwise(["a", "b", "c"], grades) == 1
    assert pairwise(["b", "a"], grades) == pytest.approx(2 / 3)
    assert pairwise([], grades) == 0
    assert pairwise(["a"], {"a": 1.0}) is None


def test_missing_queries_count_as_zero() -> None:
    relevant = {"q": {"a"}, "r": {"b"}}
    run = {"q": ["x", "a"]}
    assert recall(relevant, run, 2) == pytest.approx(0.5)
    assert recall(relevant, {}) == 0


def test_the_bootstrap_of_equal_runs_is_nought() -> None:
    assert paired_bootstrap([0.5, 0.7], [0.5, 0.7], rng=np.random.default_rng(1), rounds=50) == (0, 0, 0)
    mean, low, high = paired_bootstrap([1.0] * 9, [0.0] * 9, rng=np.random.default_rng(1), rounds=50)
    assert mean == low == high == 1


def test_judgments_come_as_json_lines_or_qrels(tmp_path: Path) -> None:
    lines, qrels = tmp_path / "j.jsonl", tmp_path / "j.qrels"
    lines.write_text('{"seed": "a", "candidate": "b", "grade": 2.5, "set": "it"}\n\n')
    qrels.write_text("a 0 b 2.5\n")
    assert read_judgments(lines) == read_judgments(qrels) == [Judgment("a", "b", 2.5)]


@pytest.mark.parametrize(
    "content", ["", '{"seed": "a"}', "a b\n", '{"seed": "a", "candidate": "b", "grade": 99}', "a 0 b 1\na 0 b 2\n"]
)
def test_what_is_no_judgment_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "j").write_text(content)
    with pytest.raises(EvaluationError):
        read_judgments(tmp_path / "j")


def test_evaluate_ranks_the_judged_and_counts_who_is_missing(tmp_path: Path) -> None:
    """Of two seeds one is not in the pool and counts as 0; of four pairs one candidate is missing."""
    matcher = matcher_of(people(3), tmp_path)
    judged = [
        Judgment("nurse-0", "nurse-1", 3),
        Judgment("nurse-0", "welder-1", 0),
        Judgment("nurse-0", "gone", 1),
        Judgment("lost", "nurse-1", 3),
    ]
    found = evaluate(matcher.collection, matcher, judged)
    assert (found.seeds, found.seeds_judged, found.pairs, found.pairs_judged) == (1, 2, 2, 4)
    assert found.by_seed["lost"] == 0
    assert found.ndcg == pytest.approx(found.by_seed["nurse-0"] / 2)
    assert found.by_seed["nurse-0"] == pytest.approx(7 / (7 + 1 / math.log2(3)))
