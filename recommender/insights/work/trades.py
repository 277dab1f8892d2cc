"""Which roles are of an occupation, or of its trade."""

from __future__ import annotations

from recommender.insights.prose.words import words
from recommender.insights.work.career import Career, Job
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.title_words import is_vague

_BROAD = words("broad")
_SAY_LITTLE = _BROAD | {"and", "of", "&", "the", "for", "in"}


def is_of(job: Job, occupation: Occupation | None) -> bool:
    """Whether a role is of this very occupation, at whatever level."""
    return occupation is not None and job.occupation is not None and job.occupation.plain == occupation.plain


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
