"""What two careers have in common: jobs that began in the same month with the same employer; and what speaks against.

A job counts by its dates and its employer, whatever the title: people word titles anew. Two jobs are in conflict where
they went on at the same time with different employers, and neither's title and employer stand side by side in the other
profile's prose (where a job's head is that was not read as one); or where one job, by title and employer, is said to
have begun at different times.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from recommender.facts import company_form, plain_words
from recommender.profile import Profile, Role, month_number

_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\W_]+")
#: Months that jobs with different employers are to overlap by to be in conflict.
_OVERLAP = 4
#: What is taken as the end of a job that goes on.
_OPEN = 10**6
#: Words of employers' names that many have.
_COMMON = frozenset((
    "the", "of", "and", "for", "inc", "llc", "ltd", "corp", "co", "company", "group", "services", "service",
    "solutions", "systems", "technologies", "technology", "consulting", "bank", "university", "state", "city",
    "county", "health", "international", "global", "america", "us", "usa", "department",
))  # fmt: skip

#: What stands in an employer's place and names none.
_NOBODY = frozenset(("company name", "confidential", "self employed", "self-employed", "freelance", "responsibilities"))


class Job(NamedTuple):
    """A dated role in the form in which it is compared.

    Attributes:
        field: its path on the profile.
        start, end: months since year 0; `end` is far away where the job goes on.
        monthly: whether the start is known to the month.
        company: as companies are compared, "" where there is none.
        letters: of the company, whatever is between them: "Century Link" and "CenturyLink" are one.
        employer: words of the company but those that many have.
        words: of company and title.
        head: numbers of the two words where title and company meet, in either order.
    """

    field: str
    start: int
    end: int
    monthly: bool
    company: str
    letters: str
    employer: frozenset[str]
    words: frozenset[str]
    head: frozenset[int]


class Common(NamedTuple):
    """Two jobs that are taken for one.

    Attributes:
        is_certain: whether month and employer are the same; else one of them is not known, or otherwise written.
    """

    left: Job
    right: Job
    is_certain: bool


class Compared(NamedTuple):
    """What two careers have in common, and the pairs of jobs that are in conflict."""

    common: tuple[Common, ...]
    conflicts: tuple[tuple[Job, Job], ...]


class Career(NamedTuple):
    """The dated roles of a profile.

    Attributes:
        beside: uint32, ascending, a number for each two words that stand side by side in the prose.
    """

    jobs: tuple[Job, ...]
    beside: NDArray[np.uint32]

    def says(self, job: Job) -> bool:
        """Whether a job's title and employer stand side by side in the prose."""
        return bool(np.isin(list(job.head), self.beside).any())


def career_of(profile: Profile) -> Career:
    """The dated roles, and which words stand side by side in the prose."""
    jobs = tuple(job for at, role in enumerate(profile.roles) if (job := _job(f"roles[{at}]", role)) is not None)
    beside = set[int]()
    for text in filter(None, (profile.about, *(text for role in profile.roles for text in role.bullets))):
        words = _WORD.findall(text.lower())
        beside.update(map(_number, words, words[1:]))
    return Career(jobs, np.unique(np.fromiter(beside, np.uint32, len(beside))))


def _number(word: str, following: str) -> int:
    return crc32(f"{word} {following}".encode())


def _job(field: str, role: Role) -> Job | None:
    start, end = month_number(role.start), month_number(role.end)
    if start is None or role.start is None:
        return None
    if role.end is not None and len(role.end) == 4 and end is not None:
        end += 11
    company = company_form(role.company or "")
    if company in _NOBODY:
        company = ""
    employer = frozenset(plain_words(company)) - _COMMON
    title, name = _WORD.findall((role.title or "").lower()), _WORD.findall((role.company or "").lower())
    head = {_number(title[-1], name[0]), _number(name[-1], title[0])} if title and name else set[int]()
    words = frozenset(plain_words(f"{role.company or ''} {role.title or ''}"))
    ends, letters = _OPEN if end is None else end, _BETWEEN.sub("", company)
    return Job(field, start, ends, len(role.start) > 4, company, letters, employer, words, frozenset(head))


def compared(left: Career, right: Career) -> Compared:
    """Jobs in common, each with one of the other at most, certain ones first; and conflicts among the rest."""
    likely = sorted(
        (-level, one.start, one.field, other.field, one, other)
        for one in left.jobs
        for other in right.jobs
        if (level := _alike(one, other))
    )
    common: list[Common] = []
    used: set[Job] = set()
    for level, *_, one, other in likely:
        if one not in used and other not in used:
            used |= {one, other}
            common.append(Common(one, other, level == -2))
    rest = [[job for job in career.jobs if job not in used] for career in (left, right)]
    conflicts = [
        (one, other)
        for one, other in _elsewhere(*rest)
        if (_differ(one, other) if _same_company(one, other) else not (right.says(one) or left.says(other)))
    ]
    return Compared(tuple(common), tuple(conflicts))


def _alike(one: Job, other: Job) -> int:
    """2 where month and employer are the same, 1 where that is likely, 0 elsewhere."""
    same_company = _same_company(one, other)
    if one.start == other.start and one.monthly and other.monthly:
        return 2 if same_company else int(not (one.company and other.company) or one.words == other.words)
    if one.start // 12 == other.start // 12 and same_company and not (one.monthly and other.monthly):
        return 1
    return 0


def _same_company(one: Job, other: Job) -> bool:
    if not one.company and not other.company:
        return False
    named = (one.employer and one.employer <= other.words) or (other.employer and other.employer <= one.words)
    return bool(named or (one.letters and one.letters == other.letters))


def _elsewhere(left: list[Job], right: list[Job]) -> list[tuple[Job, Job]]:
    """Jobs that went on at the same time, each with one of the other at most."""
    found, used = [], set[Job]()
    for one in left:
        for other in right:
            overlap = min(one.end, other.end) - max(one.start, other.start)
            if other not in used and overlap >= _OVERLAP and one.company and other.company:
                used.add(other)
                found.append((one, other))
                break
    return found


def _differ(one: Job, other: Job) -> bool:
    """Whether the same title with the same employer is said to have begun at another time."""
    alike = one.words <= other.words or other.words <= one.words
    return alike and one.monthly and other.monthly and abs(one.start - other.start) >= _OVERLAP
