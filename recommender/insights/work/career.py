"""The roles of a profile as insights look at them: what each was, when, and how much lately."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from recommender.facts import Tenure, present, tenure_of
from recommender.field_path import FieldPath
from recommender.insights.work.listed import is_listed
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.titles import occupation_in
from recommender.profile import Profile, Role

#: A working life, in months; whatever says more is a slip.
MOST_MONTHS = 55 * 12
#: How lately a role of the last years was, by `Tenure.recency`: it ended in the last five.
RECENT = 0.5
#: Months of a role that says what somebody is, after other roles.
LASTING = 4

#: Dates within the name of an employer.
_HEADING = re.compile(r"[12tT](?<=\b[12tT])(?i:(?:(?<=1)9|(?<=2)0)\d\d\s*(?:to|-|–|—)\s|(?<=t)o present\b)")
#: An employer who is still to be found ("Looking for one").
_WISH = re.compile(r"\s*(?:(?:now |currently |actively )?(?:looking|searching) for|seeking)\b", re.IGNORECASE)


class Job(NamedTuple):
    """One role: its position, the occupation that its title says, and when it was worked at the least.

    Attributes:
        again: whether it is a role before it, listed a second time.
    """

    number: int
    occupation: Occupation | None
    tenure: Tenure | None
    again: bool

    @property
    def begins(self) -> int:
        """Number of its first month; 0 where it has no dates."""
        return self.tenure.first if self.tenure else 0

    @property
    def end(self) -> int:
        """The month after its last; 0 where it has no dates."""
        return self.tenure.after if self.tenure else 0

    def fields(self, profile: Profile) -> tuple[FieldPath, ...]:
        """What says so."""
        role = profile.roles[self.number]
        names = [name for name in ("title", "start", "end") if getattr(role, name) is not None]
        return tuple(FieldPath.of("roles", self.number, name) for name in names)


class Career(NamedTuple):
    """Every role in the order of the profile, and how much each counts by how lately it ended, 0 to 1."""

    jobs: tuple[Job, ...]
    recency: tuple[float, ...]

    def lasting(self) -> list[Job]:
        """The dated roles that took more than a few months."""
        return [job for job in self.jobs if job.tenure and job.tenure.months >= LASTING and not job.again]

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
        Job(number, _occupation(role), tenure, is_listed(role, tenure, listed[:number]))
        for number, (role, tenure) in enumerate(listed)
    )
    return Career(jobs, tuple(job.tenure.recency if job.tenure else 0.75 * 0.85**job.number for job in jobs))


def _occupation(role: Role) -> Occupation | None:
    """What a role says somebody was; nothing where its employer is another heading, whose job it then is, or a wish."""
    company = role.company or ""
    return None if _HEADING.search(company) or _WISH.match(company) else occupation_in(role.title or "")


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
