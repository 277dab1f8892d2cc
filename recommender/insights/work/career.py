"""The roles of a profile as insights look at them: what each was, when, and how much lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from recommender.facts import Tenure, company_form, folded, present, tenure_of
from recommender.field_path import FieldPath
from recommender.insights.work.occupation import Occupation, occupation_in
from recommender.profile import Profile, Role

#: A working life, in months; whatever says more is a slip.
MOST_MONTHS = 55 * 12
#: How lately a role of the last years was, by `Tenure.recency`: it ended in the last five.
RECENT = 0.5


class Job(NamedTuple):
    """One role: its position, the occupation that its title says, and when it was worked at the least.

    Attributes:
        again: whether it is a role before it, listed a second time.
    """

    number: int
    occupation: Occupation | None
    tenure: Tenure | None
    again: bool

    def fields(self, profile: Profile) -> tuple[FieldPath, ...]:
        """What says so."""
        role = profile.roles[self.number]
        names = [name for name in ("title", "start", "end") if getattr(role, name) is not None]
        return tuple(FieldPath.of("roles", self.number, name) for name in names)


class Career(NamedTuple):
    """Every role in the order of the profile, and how much each counts by how lately it ended, 0 to 1."""

    jobs: tuple[Job, ...]
    recency: tuple[float, ...]

    def months(self, numbers: Iterable[int]) -> int:
        """Months in at least one of these roles; 0 where none is dated."""
        wanted = set(numbers)
        return union(job.tenure for job in self.jobs if job.number in wanted)


def career_of(profile: Profile) -> Career:
    """The roles of a profile."""
    as_of = present(profile)
    tenures = [_at_least(role, tenure_of(role, as_of)) for role in profile.roles]
    listed = list(zip(profile.roles, tenures, strict=True))
    jobs = tuple(
        Job(number, occupation_in(role.title or ""), tenure, _is_listed(role, tenure, listed[:number]))
        for number, (role, tenure) in enumerate(listed)
    )
    return Career(jobs, tuple(job.tenure.recency if job.tenure else 0.75 * 0.85**job.number for job in jobs))


def _is_listed(role: Role, tenure: Tenure | None, before: Sequence[tuple[Role, Tenure | None]]) -> bool:
    """Whether a role of the same title and employer, whose dates hold its dates or lie within them, came before."""
    named = _named(role)
    return any(named == _named(other) and _is_nested(tenure, its) for other, its in before)


@lru_cache(4_096)
def _forms(title: str, company: str) -> tuple[str, str]:
    return folded(title), company_form(company)


def _named(role: Role) -> tuple[str, str]:
    return _forms(role.title or "", role.company or "")


def _is_nested(one: Tenure | None, other: Tenure | None) -> bool:
    if one is None or other is None:
        return True  # a second listing often has lost its dates
    within = other.first <= one.first and one.after <= other.after
    return within or (one.first <= other.first and other.after <= one.after)


def _at_least(role: Role, tenure: Tenure | None) -> Tenure | None:
    """The months that a role was worked whatever its first day was, of a month, or of a bare year."""
    if tenure is None or role.start is None:
        return tenure
    unknown = 1 if len(role.start) > len("2016") else 12
    return tenure._replace(first=min(tenure.first + unknown, tenure.after - 1))


def union(tenures: Iterable[Tenure | None]) -> int:
    """Months in at least one of them."""
    total = reached = 0
    for first, after, _ in sorted(tenure for tenure in tenures if tenure is not None):
        total += max(0, after - max(first, reached))
        reached = max(reached, after)
    return total
