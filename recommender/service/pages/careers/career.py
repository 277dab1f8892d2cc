"""A career as a picture shows it: each role where it is in time and level; gaps, and times of several roles at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from recommender.facts import SENIORITIES, Seniority, Tenure, present, tenure_of, title_info
from recommender.profile import Profile, Role
from recommender.service.pages.careers.axis import Axis, Stretch

#: Months without a dated role that are shown as a gap: fewer lie between two jobs anyway.
SHORTEST_GAP: Final = 3
#: Roles that share no more months than this follow each other: one ends in the month in which the next begins.
_CHANGEOVER: Final = 1


class Bar(msgspec.Struct, frozen=True):
    """A role on the axis.

    Attributes:
        number: its position among the profile's roles.
        when: what is drawn of it; the month in which the next bar of its lane begins is drawn there alone.
        months: how long it was worked.
        lane: from 0; roles of one level that overlap have lanes of their own.
        goes_on: whether it has no end.
    """

    number: int
    role: Role
    level: Seniority | None
    when: Stretch
    months: int
    lane: int
    goes_on: bool


class Step(msgspec.Struct, frozen=True):
    """The roles of one level; None is of titles that are not there. `lanes` is how many its bars need."""

    level: Seniority | None
    bars: tuple[Bar, ...]
    lanes: int


class Career(msgspec.Struct, frozen=True):
    """A career on an axis.

    Attributes:
        steps: the levels that there are, the highest first.
        gaps: times between dated roles of `SHORTEST_GAP` months or more.
        overlaps: times of two roles or more.
        undated: roles whose dates are missing or cannot be.
    """

    axis: Axis
    steps: tuple[Step, ...]
    gaps: tuple[Stretch, ...]
    overlaps: tuple[Stretch, ...]
    undated: tuple[Role, ...]


def tenures(profile: Profile) -> dict[int, Tenure]:
    """When each role was worked, by its position; without those that have no dates that can be."""
    as_of = present(profile)
    spans = ((number, tenure_of(role, as_of)) for number, role in enumerate(profile.roles))
    return {number: span for number, span in spans if span is not None}


def career(profile: Profile, axis: Axis | None = None) -> Career | None:
    """The career on this axis, or one of its own; None where no role has dates."""
    spans = tenures(profile)
    axis = axis or Axis.over(spans.values())
    if axis is None or not spans:
        return None
    undated = tuple(role for number, role in enumerate(profile.roles) if number not in spans)
    gaps = tuple(axis.stretch(*one) for one in _covered_by(spans.values(), 0) if one[1] - one[0] >= SHORTEST_GAP)
    overlaps = tuple(axis.stretch(*one) for one in _covered_by(spans.values(), 2) if one[1] - one[0] > _CHANGEOVER)
    return Career(axis, _steps(profile.roles, spans, axis), gaps, overlaps, undated)


def _steps(roles: Sequence[Role], spans: Mapping[int, Tenure], axis: Axis) -> tuple[Step, ...]:
    by_level: dict[Seniority | None, list[int]] = {}
    for number in spans:
        title = roles[number].title
        by_level.setdefault(title_info(title).seniority if title else None, []).append(number)
    steps = []
    for level in (*reversed(SENIORITIES), None):
        of_level = {number: spans[number] for number in by_level.get(level, ())}
        lanes = _lanes(of_level)
        bars = [_bar(number, roles[number], level, axis, of_level, lanes) for number in lanes]
        if bars:
            steps.append(Step(level, tuple(bars), max(lanes.values()) + 1))
    return tuple(steps)


def _bar(
    number: int,
    role: Role,
    level: Seniority | None,
    axis: Axis,
    spans: Mapping[int, Tenure],
    lanes: Mapping[int, int],
) -> Bar:
    first, after, _ = spans[number]
    later = [span.first for other, span in spans.items() if lanes[other] == lanes[number] and span.first > first]
    when = axis.stretch(first, min([after, *later]))
    return Bar(number, role, level, when, after - first, lanes[number], role.end is None)


def _lanes(spans: Mapping[int, Tenure]) -> dict[int, int]:
    """Role → the first lane that is free when it begins; by first month."""
    free_from: list[int] = []
    lanes = {}
    for number in sorted(spans, key=lambda number: spans[number]):
        first, after, _ = spans[number]
        lane = next((lane for lane, month in enumerate(free_from) if month - _CHANGEOVER <= first), len(free_from))
        free_from[lane : lane + 1] = [after]
        lanes[number] = lane
    return lanes


def _covered_by(spans: Iterable[Tenure], at_least: int) -> list[tuple[int, int]]:
    """The times, between the first month and the last, of `at_least` roles or more; with 0, those of none."""
    changes: dict[int, int] = {}
    for first, after, _ in spans:
        changes[first] = changes.get(first, 0) + 1
        changes[after] = changes.get(after, 0) - 1
    found: list[tuple[int, int]] = []
    months, depth = sorted(changes), 0
    for month, following in pairwise(months):
        depth += changes[month]
        if depth == 0 if at_least == 0 else depth >= at_least:
            joined = found and found[-1][1] == month
            found[-1:] = [(found[-1][0], following)] if joined else [*found[-1:], (month, following)]
    return found
