"""What the model looks at in a career: a number a signal, of the present job's months and of the jobs before it.

Nothing of it is age, gender, a name, a place or a school; nor is it how long somebody has worked, or when they had no
work, which tell nothing that these do not and may stand for age, children or illness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log, log1p
from typing import Final, Literal, NamedTuple

from recommender.facts import Seniority
from recommender.insights.moving.career import Career

Band = Literal["junior", "mid", "senior", "lead"]
#: Seniority → the band of levels that is looked at.
BANDS: Final[Mapping[Seniority, Band]] = {
    "intern": "junior", "junior": "junior", "mid": "mid", "senior": "senior", "lead": "lead", "principal": "lead",
    "executive": "lead",
}  # fmt: skip
#: Months that a job lasts where nothing is known; what the mean of few jobs is drawn to.
USUAL: Final = 24
#: Past jobs and steps up beyond which more say nothing more.
MOST_JOBS, MOST_STEPS = 8, 2
#: Months of the present job from which on something may be otherwise.
EDGES: Final = (3, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 60, 84, 120)
_FROM: Final = {edge: f"from {edge} months" for edge in EDGES}
#: A job is new up to so many months, and long from so many on.
NEW, LONG = 12, 36


class Job(NamedTuple):
    """What the present job is: its group of occupations and its band of levels."""

    group: str
    band: Band


def signals(career: Career, job: Job, months: int) -> dict[str, float]:
    """Signal → number, of the present job after so many months; what is 0 is left out."""
    lasting = of_any_month(career, job)
    found = lasting | of_month(lasting, job, months)
    return {name: number for name, number in found.items() if number}


def of_any_month(career: Career, job: Job) -> dict[str, float]:
    """Signal → number, of those that are the same in whatever month of the present job."""
    return of_the_past(career) | {
        f"group {job.group}": 1.0,
        f"band {job.band}": 1.0,
        "steps": float(min(len(career.present.steps), MOST_STEPS)),
    }


def of_month(lasting: dict[str, float], job: Job, months: int) -> dict[str, float]:
    """Signal → number, of those that depend on how long the present job has lasted.

    Args:
        lasting: as `of_any_month` gives them.
    """
    usual = USUAL * exp(lasting["past length"])
    ratio = log((months + 3) / (usual + 3))
    found = {name: 1.0 for edge, name in _FROM.items() if months >= edge}
    found["beyond usual"], found["short of usual"] = max(ratio, 0.0), min(ratio, 0.0)
    for stage, holds in (("new", months < NEW), ("long", months >= LONG)):
        if holds:
            names = ("past length", "short jobs", "jobs", f"group {job.group}", f"band {job.band}")
            found |= {f"{stage}, {name}": lasting[name] for name in names}
    return found


def of_the_past(career: Career) -> dict[str, float]:
    """Signal → number, of the jobs before the present one."""
    lengths = [one.after - one.first for one in career.past]
    jobs = min(len(lengths), MOST_JOBS)
    return {
        "jobs": log1p(jobs),
        "first job": float(not lengths),
        "past length": log((sum(lengths) + USUAL) / (len(lengths) + 1) / USUAL),
        "short jobs": sum(length < NEW for length in lengths) / (len(lengths) + 1),
        "last length": _relative(lengths, 1),
        "length before last": _relative(lengths, 2),
        "longest": log((max(lengths) + 6) / 30) if lengths else 0.0,
        "shortest": log((min(lengths) + 6) / 30) if lengths else 0.0,
    }


def _relative(lengths: Sequence[int], from_last: int) -> float:
    """How long a past job lasted, against the usual, on a scale of logarithms; 0 where there was none."""
    return log((lengths[-from_last] + 6) / (USUAL + 6)) if len(lengths) >= from_last else 0.0
