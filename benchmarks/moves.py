"""Does the model of who moves hold on people it has not seen? `python -m benchmarks.moves [--shared ../shared/data]`.

Of the half of the dated résumés that the table was not made of (`training.job_histories`), the jobs that people had in
each August from 2014 to 2017, with what the table says of the twelve months after and what became of them. Who is last
known before is right-censored. Written to `results/moves.json`: no text, no id.

- concordance: of two people of whom one is known to have left first, within the year, how often the table has them so
  (Harrell 1982; ties count half);
- calibration error: people in ten parts by what is said of them; the mean difference, by people, of what is said from
  what became of them (Kaplan and Meier 1958);
- four fifths: the share of a group with the badge against that of the group with the largest (29 CFR 1607.4 D).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.provenance import RESULTS, keep, provenance
from recommender.insights.moving.hazard import HazardTable
from recommender.profile import month_number
from recommender.training.job_histories import Held, Person, held, people

OUT: Final = RESULTS / "moves.json"
YEARS: Final = (2014, 2015, 2016, 2017)
MONTHS: Final = 12
PARTS: Final = 10
Numbers = NDArray[np.float64]


class Jobs(NamedTuple):
    """Jobs as arrays, shape (n,): what is said, months until they were left or last known, and whether they were."""

    said: Numbers
    ahead: Numbers
    left: NDArray[np.bool_]

    def where(self, which: NDArray[np.bool_]) -> Jobs:
        """Those of a part."""
        return Jobs(self.said[which], self.ahead[which], self.left[which])


def concordance(jobs: Jobs) -> float:
    """Of pairs of which it is known who left first within the months, the share in which that is said."""
    right = pairs = 0.0
    within = jobs.left & (jobs.ahead <= MONTHS)
    for at in np.flatnonzero(within):
        later = (jobs.ahead > jobs.ahead[at]) | ((jobs.ahead == jobs.ahead[at]) & ~within)
        later[at] = False
        difference = jobs.said[at] - jobs.said[later]
        right += float((difference > 0).sum() + (difference == 0).sum() / 2)
        pairs += float(later.sum())
    return right / pairs


def became(jobs: Jobs) -> float:
    """The share that left within the months, of whom some are last known before (the Kaplan-Meier estimate)."""
    stayed = 1.0
    for month in range(1, MONTHS + 1):
        at_risk = (jobs.ahead >= month).sum()
        stayed *= 1 - ((jobs.ahead == month) & jobs.left).sum() / at_risk if at_risk else 1.0
    return float(1 - stayed)


def calibration(jobs: Jobs) -> dict[str, Any]:
    """What is said and what became of them, part by part, and the mean difference."""
    order = np.argsort(jobs.said, kind="stable")
    parts = [Jobs(jobs.said[at], jobs.ahead[at], jobs.left[at]) for at in np.array_split(order, PARTS)]
    pairs = [(float(part.said.mean()), became(part)) for part in parts]
    sizes = [len(part.said) for part in parts]
    error = sum(size * abs(said_ - was_) for size, (said_, was_) in zip(sizes, pairs, strict=True)) / sum(sizes)
    return {
        "error": round(error, 4),
        "said": [round(a, 3) for a, _ in pairs],
        "became": [round(b, 3) for _, b in pairs],
    }


def jobs_of(having: Sequence[Held], said: Callable[[Held], float]) -> Jobs:
    """These jobs, with what is said of each."""
    return Jobs(
        np.array([said(one) for one in having], np.float64),
        np.array([one.ahead for one in having], np.float64),
        np.array([one.left for one in having], np.bool_),
    )


def in_august(persons: Sequence[Person], years: Sequence[int]) -> list[Held]:
    """The jobs of those who have one alone in August of these years."""
    found = []
    for person in persons:
        for year in years:
            jobs = held(person, month_number(f"{year}-08") or 0)
            found += jobs if len(jobs) == 1 else []
    return found


def tenure_alone(chosen_on: Sequence[Held]) -> Callable[[Held], float]:
    """The share that left within the months, by how long the job had lasted, of those that are chosen on."""
    edges = (0, 6, 12, 18, 24, 36, 60, 120)
    jobs = jobs_of(chosen_on, lambda one: 0.0)
    bins = np.digitize([one.months for one in chosen_on], edges)
    share = {at: became(jobs.where(bins == at)) for at in set(bins.tolist())}
    return lambda one: share.get(int(np.digitize(one.months, edges)), 0.0)


def worked(one: Held) -> int:
    """Years since the first job began."""
    first = min((job.first for job in one.career.past), default=one.career.present.first)
    return (one.career.present.first + one.months - first) // 12


def fifths(having: Sequence[Held], badges: NDArray[np.bool_], group: Callable[[Held], str]) -> dict[str, Any]:
    """Group → how many there are and the share with the badge; and the smallest share over the largest."""
    groups = np.array([group(one) for one in having])
    shares = {name: (int((groups == name).sum()), float(badges[groups == name].mean())) for name in sorted(set(groups))}
    least, most = min(share for _, share in shares.values()), max(share for _, share in shares.values())
    return {
        "groups": {name: {"jobs": many, "badge": round(share, 4)} for name, (many, share) in shares.items()},
        "least over most": round(least / most, 3) if most else None,
    }


def by_years(one: Held) -> str:
    """The group of years worked."""
    years = worked(one)
    return "0 to 4 years" if years < 5 else "5 to 9 years" if years < 10 else "10 to 19 years" if years < 20 else "20+"


def by_gaps(one: Held) -> str:
    """Whether there was half a year without a job."""
    reached = min((job.first for job in one.career.past), default=one.career.present.first)
    for job in (*one.career.past, one.career.present):
        if job.first - reached >= 6:
            return "a gap"
        reached = max(reached, job.after)
    return "no gap"


def measured(persons: Sequence[Person]) -> dict[str, Any]:
    """Everything that is written down."""
    table = HazardTable.shipped()
    before, having = (in_august([p for p in persons if p.half == half], YEARS) for half in (0, 1))
    having = [one for one in having if one.job.band in table.usual.get(one.job.group, {})]
    jobs = jobs_of(having, lambda one: table.probability(one.career, one.job))
    usual = np.array([table.usual[one.job.group][one.job.band] for one in having])
    badges = jobs.said / usual >= table.badge_from
    bands = np.array([one.job.band for one in having])
    with_badge = jobs.where(badges)
    ways: dict[str, Callable[[Held], float]] = {
        "tenure alone": tenure_alone(before),
        "the usual of occupation and level": lambda one: table.usual[one.job.group][one.job.band],
    }
    others = {name: jobs_of(having, way) for name, way in ways.items()}
    return {
        "table": table.version,
        "people": len({one.person for one in having}),
        "jobs": len(having),
        "left within a year": round(became(jobs), 3),
        "concordance": round(concordance(jobs), 3),
        "concordance by band": {
            band: {"jobs": int((bands == band).sum()), "concordance": round(concordance(jobs.where(bands == band)), 3)}
            for band in ("junior", "mid", "senior", "lead")
        },
        "concordance by year": {
            str(year): round(concordance(jobs_of(of_year, lambda one: table.probability(one.career, one.job))), 3)
            for year in YEARS
            if (of_year := in_august([p for p in persons if p.half == 1], (year,)))
        },
        "calibration": calibration(jobs),
        "baselines": {
            name: {"concordance": round(concordance(other), 3), "calibration error": calibration(other)["error"]}
            for name, other in others.items()
        },
        "badge": {
            "from": table.badge_from,
            "share": round(float(badges.mean()), 4),
            "left within a year": round(became(with_badge), 3),
            "said": round(float(with_badge.said.mean()), 3),
            "usual of the same occupation and level": round(float(usual[badges].mean()), 3),
        },
        "four fifths by years worked": fifths(having, badges, by_years),
        "four fifths by gap": fifths(having, badges, by_gaps),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--kept", type=Path, help="Where the roles of the texts are kept, which take minutes to read.")
    given = parser.parse_args()
    how = provenance()
    keep(OUT, {**how, **measured(people(given.shared, given.kept))})


if __name__ == "__main__":
    main()
