"""The signals of a pair, measured for one subject against many candidates at once.

A signal is a raw number, or NaN where the pair has no evidence for it. Each looks at columns of `Features`
alone: never at the other candidates, so that a pair's score does not depend on the pool.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Array, Features
from recommender.encoding.passages import Kind
from recommender.encoding.terms import BUCKETS

Floats = NDArray[np.float32]

#: The kinds that tell an occupation, and those that tell work done.
OCCUPATION = (Kind.TITLE, Kind.ROLE_TITLE)
WORK = (Kind.ROLE, Kind.ABOUT)
_ALL = tuple(Kind)


def measure(subject: Features, pool: Features) -> dict[str, Floats]:
    """Signal → raw values, shape (len(pool),); `subject` is one profile."""
    similarity = section_similarity(subject, pool)
    return {
        "occupation": best_pairs(similarity, subject, pool, OCCUPATION),
        "work": best_pairs(similarity, subject, pool, WORK),
        "whole": best_pairs(similarity, subject, pool, _ALL),
        "words": dot_sparse(subject, pool, "terms", "term"),
        "skills": skill_overlap(subject, pool),
        "seniority": closeness(subject, pool, "seniority", 3.0),
        "years": closeness(subject, pool, "years", 12.0),
    }


def section_similarity(subject: Features, pool: Features) -> Floats:
    """Cosines of the subject's sections (rows) with all sections of the pool (columns)."""
    own = subject.columns["section_code"].astype(np.float32) * subject.columns["section_scale"][:, None]
    other = pool.columns["section_code"].astype(np.float32)
    return np.asarray((own @ other.T) * pool.columns["section_scale"], np.float32)


def best_pairs(similarity: Floats, subject: Features, pool: Features, kinds: tuple[Kind, ...]) -> Floats:
    """Each section's best counterpart, averaged by weight, both ways; over sections of these kinds."""
    rows = np.isin(subject.columns["section_kind"], kinds)
    allowed = np.isin(pool.columns["section_kind"], kinds)
    offsets = pool.offsets["sections"]
    if not rows.any():
        return np.full(len(pool), np.nan, np.float32)
    chosen = np.where(allowed, similarity[rows], -np.inf)
    weights = subject.columns["section_weight"][rows]
    there = weights @ segment_max(chosen, offsets) / weights.sum()
    mass = np.where(allowed, pool.columns["section_weight"], 0)
    total = segment_sum(mass, offsets)
    back = segment_sum(mass * np.where(allowed, chosen.max(axis=0), 0), offsets) / np.where(total > 0, total, np.nan)
    return np.asarray((there + back) / 2, np.float32)


def dot_sparse(subject: Features, pool: Features, group: str, name: str) -> Floats:
    """Inner product of sparse columns `<name>_id` (below BUCKETS) and `<name>_weight`."""
    if not len(subject.columns[f"{name}_id"]):
        return np.full(len(pool), np.nan, np.float32)
    lookup = np.zeros(BUCKETS, np.float32)
    lookup[subject.columns[f"{name}_id"]] = subject.columns[f"{name}_weight"]
    products = lookup[pool.columns[f"{name}_id"]] * pool.columns[f"{name}_weight"]
    there = np.diff(pool.offsets[group]) > 0
    return np.where(there, segment_sum(products, pool.offsets[group]), np.float32(np.nan))


def skill_overlap(subject: Features, pool: Features) -> Floats:
    """Cosine of the weighted skill sets."""
    own, mine = subject.columns["skill_id"], subject.columns["skill_weight"]
    if not len(own):
        return np.full(len(pool), np.nan, np.float32)
    ids, weights, offsets = pool.columns["skill_id"], pool.columns["skill_weight"], pool.offsets["skills"]
    position = np.minimum(np.searchsorted(own, ids), len(own) - 1)
    shared = segment_sum(np.where(own[position] == ids, mine[position], 0) * weights, offsets)
    norm = np.sqrt(segment_sum(weights * weights, offsets)) * np.linalg.norm(mine)
    return np.asarray(shared / np.where(norm > 0, norm, np.nan), np.float32)


def closeness(subject: Features, pool: Features, name: str, spread: float) -> Floats:
    """1 for equal values, falling to 0 at `spread` apart; values below 0 are unknown."""
    own = float(subject.columns[name][0])
    other = pool.columns[name].astype(np.float32)
    close = np.clip(1 - np.abs(other - own) / spread, 0, 1)
    return np.where((other >= 0) & (own >= 0), close, np.nan).astype(np.float32)


def segment_sum(values: Array, offsets: NDArray[np.int64]) -> Floats:
    """Sums of the slices between offsets; 0 for an empty one."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return (total[offsets[1:]] - total[offsets[:-1]]).astype(np.float32)


def segment_max(values: Floats, offsets: NDArray[np.int64]) -> Floats:
    """Row-wise maxima of the column slices between offsets, shape (rows, slices); NaN for none."""
    found = np.full((len(values), len(offsets) - 1), -np.inf, np.float32)
    full = np.flatnonzero(np.diff(offsets) > 0)
    if len(full):
        found[:, full] = np.maximum.reduceat(values, offsets[:-1][full], axis=1)
    return np.where(np.isfinite(found), found, np.nan)
