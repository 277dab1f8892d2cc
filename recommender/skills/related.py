"""Which skills stand in for one another, and how well: Kafka for Pulsar, PyTorch for TensorFlow.

Groups are written by hand (fields/related.txt): a closeness and names, each pair of which is that close. A pair in
several groups is as close as in its closest.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple


class RelatedGroup(NamedTuple):
    """Canonical names, each as close to each other one as `closeness` in (0, 1)."""

    closeness: float
    names: tuple[str, ...]


def related_of(groups: Iterable[RelatedGroup]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Name → (other name, closeness), closest first, ties by name."""
    near: dict[str, dict[str, float]] = {}
    for group in groups:
        for name in group.names:
            others = near.setdefault(name, {})
            for other in group.names:
                if other != name:
                    others[other] = max(others.get(other, 0.0), group.closeness)
    return {name: tuple(sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))) for name, others in near.items()}


def shipped_groups() -> tuple[RelatedGroup, ...]:
    """The groups that come with the package."""
    text = (files("recommender.skills") / "fields" / "related.txt").read_text(encoding="utf-8")
    rows = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(RelatedGroup(float(near), tuple(name.strip() for name in names.split(";"))) for near, names in rows)
