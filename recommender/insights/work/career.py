"""The roles of a profile as insights look at them: what each was, when, and how much lately."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from recommender.facts import Tenure, company_form, folded, present, tenure_of
from recommender.field_path import FieldPath
from recommender.insights.prose.words import words
from recommender.insights.work.occupation import Occupation, occupation_in
from recommender.insights.work.title_words import is_vague
from recommender.profile import Profile, Role

#: A working life, in months; whatever says more is a slip.
MOST_MONTHS = 55 * 12
#: How lately a role of the last years was, by `Tenure.recency`: it ended in the last five.
RECENT = 0.5

_BROAD = words("broad")
_SAY_LITTLE = _BROAD | {"and", "of", "&", "the", "for", "in"}
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
        Job(number, _occupation(role), tenure, _is_listed(role, tenure, listed[:number]))
        for number, (role, tenure) in enumerate(listed)
    )
    return Career(jobs, tuple(job.tenure.recency if job.tenure else 0.75 * 0.85**job.number for job in jobs))


def _occupation(role: Role) -> Occupation | None:
    """What a role says somebody was; nothing where its employer is another heading, whose job it then is, or a wish."""
    company = role.company or ""
    return None if _HEADING.search(company) or _WISH.match(company) else occupation_in(role.title or "")


def _is_listed(role: Role, tenure: Tenure | None, before: Sequence[tuple[Role, Tenure | None]]) -> bool:
    """Whether a role before it is the same: of its title, employer, and dates that hold its own or lie within them.

    At one employer from the same month to the same month is the same job too, whatever it is called a second time.
    """
    title, company = _named(role)
    for other, its in before:
        named, where = _named(other)
        if company == where and (_is_nested(tenure, its) if _is_within(title, named) else _is_at_once(role, other)):
            return True
    return False


def _is_within(one: str, other: str) -> bool:
    """Whether one of two titles says what the other does: "Baker", "Baker Baker"."""
    return one == other or set(one.split()) == set(other.split())


def _is_at_once(role: Role, other: Role) -> bool:
    return role.start is not None and bool(role.company) and (role.start, role.end) == (other.start, other.end)


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


def is_alike(job: Job, occupation: Occupation) -> bool:
    """Whether a role is of an occupation: both end in the same word, and share another where it says little."""
    if job.occupation is None:
        return False
    one, other = job.occupation.plain.split(), occupation.plain.split()
    if one[-1] != other[-1]:
        return False
    return one == other or not (is_vague(one[-1]) or one[-1] in _BROAD) or not set(one[:-1]).isdisjoint(other[:-1])


def is_of_trade(job: Job, occupation: Occupation) -> bool:
    """Whether a role is of an occupation, or of one that says a word of it beside who works ("Web Designer")."""
    if job.occupation is None:
        return False
    return is_alike(job, occupation) or not _trade(job.occupation).isdisjoint(_trade(occupation))


def _trade(occupation: Occupation) -> frozenset[str]:
    return frozenset(word for word in occupation.plain.split() if not (is_vague(word) or word in _SAY_LITTLE))


def other_trades(career: Career, occupation: Occupation) -> frozenset[int]:
    """The roles of another trade than this occupation; where none of the last is of it, these are not.

    None are where no role is of it.
    """
    last = max(career.recency, default=1.0)
    own = {job.number for job in career.jobs if is_of_trade(job, occupation)}
    if any(career.recency[number] == last for number in own):
        return frozenset(job.number for job in career.jobs) - own
    others = {job.number for job in career.jobs if career.recency[job.number] < last}
    return frozenset(others - own) if own else frozenset()
