"""What speaks against what a title says that somebody is: that it is over, was for weeks, or is more than they are."""

from __future__ import annotations

import re

from recommender.facts import folded, present, tenure_of
from recommender.insights.work.career import LASTING, Career
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.trades import is_of, is_of_trade
from recommender.profile import Profile, Role

_FEW_MONTHS = 2  # of work that ended, and is none to be known by
_LEARNING = frozenset(("intern", "trainee", "apprentice", "student"))
_A_YEAR = 12
_BELOW = frozenset(("assistant", "associate", "deputy", "junior", "trainee"))
#: "As an assistant", in small letters.
_AS_LESS = re.compile(rf"a(?<=\ba)s\s(?:an?\s|the\s)?(?:{'|'.join(sorted(_BELOW))})\s")


def is_worked(occupation: Occupation, career: Career) -> bool:
    """Whether a role is of the trade of this occupation, where roles say occupations: else it may be what is wished."""
    known = [job for job in career.jobs if job.occupation]
    return not known or any(is_of_trade(job, occupation) for job in known)


def is_over(occupation: Occupation, career: Career, profile: Profile) -> bool:
    """Whether every role of the trade of an occupation ended months before another one, which took some months.

    One without a title counts too, unless it is at an employer of those: there it may be all of them.
    """
    own = [job for job in career.jobs if job.tenure and is_of_trade(job, occupation)]
    at = {_employer(profile.roles[job.number]) for job in own}
    roles = ((job, profile.roles[job.number]) for job in career.lasting())
    others = [job.end for job, role in roles if role.title or _employer(role) not in at]
    return bool(own) and max(others, default=0) > max(job.end for job in own) + LASTING


def _employer(role: Role) -> str:
    return folded(role.company or "")


def is_passing(occupation: Occupation, career: Career, profile: Profile) -> bool:
    """Whether the roles of an occupation ended more than a year ago, and were for learning, or for weeks."""
    own = [profile.roles[job.number] for job in career.jobs if is_of(job, occupation)]
    tenures = [tenure_of(role, present(profile)) for role in own]
    dated = [tenure for tenure in tenures if tenure]
    if not dated or len(dated) < len(own) or min(tenure.ago for tenure in dated) < _A_YEAR:
        return False
    learning = not _LEARNING.isdisjoint(occupation.text.casefold().split())
    weeks = all(
        tenure.months <= _FEW_MONTHS and role.start != role.end for tenure, role in zip(dated, own, strict=True)
    )
    return learning or weeks


def is_less(occupation: Occupation, profile: Profile) -> bool:
    """Whether the profile calls somebody an assistant of what their title says."""
    if not _BELOW.isdisjoint(occupation.text.casefold().split()):
        return False
    texts = (profile.about or "", *(line for role in profile.roles for line in role.bullets))
    whole, plain = "\0".join(texts).lower(), occupation.plain
    if plain not in whole:
        return False
    said = (found.end() for found in _AS_LESS.finditer(whole))
    return any(whole.startswith(plain, at) and not whole[at + len(plain) :][:1].isalnum() for at in said)
