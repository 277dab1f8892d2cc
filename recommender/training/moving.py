"""Makes `insights/moving/hazard.json`: `python -m recommender.training.moving FOLDER`, with the extra `training`.

FOLDER holds `resumes.dev.jsonl.gz` (`job_histories` says how it is read). Every three months from autumn 2013 to
summer 2018, the jobs of half of the people are looked at, and whether they are left within the next three: a
discrete-time hazard model, fitted by maximum likelihood (statsmodels). The other half is not looked at here.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.insights.moving.hazard import PERIOD, TABLE, HazardTable
from recommender.insights.moving.signals import Job, signals
from recommender.profile import month_number
from recommender.training.job_histories import Held, Person, held, people

OUT: Final = Path(__file__).parents[1] / "insights" / "moving" / TABLE
#: The first and the last month in which jobs are looked at: the last a year before the résumés were collected, for
#: many were last edited before that.
FIRST: Final = "2013-09"
LAST: Final = "2018-06"
#: Of an occupation and level there are to be so many people for their mean to be one.
LEAST_PEOPLE: Final = 30
#: What all others are compared with.
_REFERENCES: Final = ("group software", "band mid", "new, group software", "new, band mid", "long, group software",
    "long, band mid")  # fmt: skip
#: "Half as likely again as people of the same occupation and level".
BADGE_FROM: Final = 1.5


def main(folder: Path) -> None:
    """Write the table."""
    table = fitted(person for person in people(folder) if person.half == 0)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n")


def fitted(chosen_on: Iterable[Person]) -> HazardTable:
    """The table of these people."""
    months = range(month_number(FIRST) or 0, (month_number(LAST) or 0) + 1, PERIOD)
    jobs = [job for person in chosen_on for month in months for job in held(person, month)]
    jobs = [job for job in jobs if job.left or job.ahead > PERIOD]  # of the others the period is not known to its end
    names, numbers = _matrix([signals(job.career, job.job, job.months) for job in jobs])
    left = np.array([job.left and job.ahead <= PERIOD for job in jobs], np.float64)
    import statsmodels.api as sm  # of the extra for training alone

    fit = sm.GLM(left, sm.add_constant(numbers), family=sm.families.Binomial()).fit()
    intercept, *weights = (round(float(weight), 4) for weight in fit.params)
    table = HazardTable(
        version=f"{date.today():%Y-%m-%d}",
        made={
            "by": "python -m recommender.training.moving",
            "of": "jobs of half of the dated résumés of resume_corpus (Jiechieu and Tsopze 2020), of summer 2019",
            "people": str(len({job.person for job in jobs})),
            "jobs, each every three months": str(len(jobs)),
            "of them left within three months": str(int(left.sum())),
            "library": f"statsmodels {version('statsmodels')}",
        },
        badge_from=BADGE_FROM,
        intercept=intercept,
        weights=dict(zip(names, weights, strict=True)),
        usual={},
    )
    return msgspec.structs.replace(table, usual=_usual(table, jobs))


def _matrix(rows: Sequence[dict[str, float]]) -> tuple[list[str], NDArray[np.float64]]:
    """The names of the signals that differ from one job to another, and their numbers, a row a job."""
    names = sorted({name for row in rows for name in row} - set(_REFERENCES))
    places = {name: place for place, name in enumerate(names)}
    numbers = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, number in row.items():
            if name in places:
                numbers[at, places[name]] = number
    return names, numbers


def _usual(table: HazardTable, jobs: Sequence[Held]) -> dict[str, dict[str, float]]:
    """Group → band → the mean probability of its people, where they are enough to have one."""
    of_job = defaultdict[Job, list[Held]](list)
    for one in jobs:
        of_job[one.job].append(one)
    usual = defaultdict[str, dict[str, float]](dict)
    for job, having in sorted(of_job.items()):
        if len({one.person for one in having}) >= LEAST_PEOPLE:
            likely = [table.probability(one.career, job) for one in having]
            usual[job.group][job.band] = round(float(np.mean(likely)), 4)
    return dict(usual)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
