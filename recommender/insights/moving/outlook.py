"""`outlook`: how likely somebody is to leave their present employer within a year; None where it cannot be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from recommender.facts import Facts, title_info
from recommender.insights.moving.career import Career, career_of
from recommender.insights.moving.hazard import HazardTable
from recommender.insights.moving.occupations import group_of
from recommender.insights.moving.signals import BANDS, Job
from recommender.profile import Profile, Role

#: Words that an English text of some length has; the model knows English titles alone.
_ENGLISH: Final = frozenset(("and", "the", "for", "with", "from", "to"))
_LONG_ENOUGH, _LEAST_SHARE = 20, 0.03


class MoveOutlook(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What dated jobs say of how likely a person is to leave their present employer.

    Attributes:
        probability: to do so within twelve months, 0 to 1, as for people on a job board with such careers.
        ratio: of that to the probability of people of the same occupation and level.
        badge: whether the ratio is as high as the badge asks.
        fields: where on the profile it comes from, as `FieldPath` writes it.
        version: of the table of numbers.
    """

    probability: float
    ratio: float
    badge: bool
    fields: tuple[str, ...]
    version: str


def outlook(profile: Profile, facts: Facts, table: HazardTable | None = None) -> MoveOutlook | None:
    """The outlook of one profile; None where its career is not told whole, or of a kind that the table does not know.

    Args:
        table: the one that ships where none is given.
    """
    career = career_of(profile) if facts.companies_now else None
    if career is None:
        return None
    table, job = table or HazardTable.shipped(), job_of(profile.roles[career.present.roles[-1]])
    usual = table.usual.get(job.group, {}).get(job.band) if job else None
    if job is None or usual is None:
        return None
    probability = table.probability(career, job)
    ratio = probability / usual
    return MoveOutlook(
        probability=round(probability, 3),
        ratio=round(ratio, 2),
        badge=ratio >= table.badge_from,
        fields=tuple(_fields(career)),
        version=table.version,
    )


def job_of(role: Role) -> Job | None:
    """The occupation and level of a role; None where its title says none that is known, or its text is not English."""
    if not role.title:
        return None
    title = title_info(role.title)
    group = group_of(title.occupation)
    return Job(group, BANDS[title.seniority or "mid"]) if group and _may_be_english(role.bullets) else None


def _may_be_english(texts: Iterable[str]) -> bool:
    words = " ".join(texts).lower().split()
    return len(words) < _LONG_ENOUGH or sum(map(_ENGLISH.__contains__, words)) >= _LEAST_SHARE * len(words)


def _fields(career: Career) -> Iterator[str]:
    yield "as_of"
    yield f"roles[{career.present.roles[-1]}].title"
    for at in sorted(at for one in (career.present, *career.past) for at in one.roles):
        yield from (f"roles[{at}].{name}" for name in ("company", "start", "end"))
