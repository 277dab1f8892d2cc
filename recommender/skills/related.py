"""Which skills stand in for one another, and how well: Kafka for Pulsar, PyTorch for TensorFlow.

Groups are written by hand (fields/related.txt): a closeness and names, each pair of which is that close. A pair in
several groups is as close as in its closest. Of a group with a closeness of 1 who has another skill has the first as
well: Spring Boot is Spring.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

#: The closeness of names that say the first of their group.
_SAYS = 1.0


class RelatedGroup(NamedTuple):
    """Canonical names, each as close to each other one as `closeness` in (0, 1); of 1: each says the first one too."""

    closeness: float
    names: tuple[str, ...]


def related_of(groups: Iterable[RelatedGroup]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Name → (other name, closeness), closest first, ties by name."""
    near: dict[str, dict[str, float]] = {}
    for group in groups:
        if group.closeness == _SAYS:
            continue
        for name in group.names:
            others = near.setdefault(name, {})
            for other in group.names:
                if other != name:
                    others[other] = max(others.get(other, 0.0), group.closeness)
    return {name: tuple(sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))) for name, others in near.items()}


def broader_of(groups: Iterable[RelatedGroup]) -> dict[str, tuple[str, ...]]:
    """Name → the skills that it says too, in the order of the groups."""
    broader: dict[str, list[str]] = {}
    for group in groups:
        if group.closeness == _SAYS:
            for name in group.names[1:]:
                broader.setdefault(name, []).append(group.names[0])
    return {name: tuple(said) for name, said in broader.items()}


def shipped_groups() -> tuple[RelatedGroup, ...]:
    """The groups that come with the package."""
    text = (files("recommender.skills") / "fields" / "related.txt").read_text(encoding="utf-8")
    rows = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(RelatedGroup(float(near), tuple(name.strip() for name in names.split(";"))) for near, names in rows)
