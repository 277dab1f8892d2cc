"""What somebody is now: what their title says where dated work bears it out, or else what their last role does."""

from __future__ import annotations

import re

from recommender.facts import Facts, folded, present, tenure_of
from recommender.field_path import FieldPath
from recommender.insights.work.career import Career, Job, is_alike, is_of_trade
from recommender.insights.work.occupation import Occupation, occupation_in
from recommender.profile import Profile, Role

_TITLE = FieldPath.of("title")
_LONG_AGO = 0.25  # `Tenure.recency` of what ended ten years ago
_LEAST_MONTHS = 4  # of a role that says what somebody is after what their title says
_FEW_MONTHS = 2  # of work that ended, and is none to be known by
_LEARNING = frozenset(("intern", "trainee", "apprentice", "student"))
_A_YEAR = 12
_BELOW = frozenset(("assistant", "associate", "deputy", "junior", "trainee"))


def present_occupation(profile: Profile, facts: Facts, career: Career) -> tuple[FieldPath, Occupation | None]:
    """The occupation now, and the field that says it: the title, or that of a role.

    A title may be of a job that ended while another went on; then the role counts that goes on, or ended last. What
    ended more than ten years ago says nothing of now, nor does what was learned more than a year ago, or done for
    weeks.
    """
    where, occupation = _said(profile, facts, career)
    if occupation is None or not _is_worked(occupation, career) or _is_over(occupation, career, profile):
        return where, None
    if _is_passing(occupation, career, profile) or _is_less(occupation, profile):
        return where, None
    return where, occupation


def _said(profile: Profile, facts: Facts, career: Career) -> tuple[FieldPath, Occupation | None]:
    """What the title, or a role in its place, says that somebody is."""
    ends = [job.tenure.recency for job in career.jobs if job.tenure]
    if len(ends) == len(profile.roles) and max(ends, default=1.0) < _LONG_AGO:
        return _TITLE, None
    if profile.title:
        occupation = occupation_in(_as_written(profile, profile.title))
        if (later := _later(occupation, career, profile)) is None:
            return _TITLE, occupation
        return FieldPath.of("roles", later.number, "title"), later.occupation
    for number, role in enumerate(profile.roles):
        if role.title and folded(role.title) == facts.title:
            return FieldPath.of("roles", number, "title"), occupation_in(role.title)
    return _TITLE, None


def _as_written(profile: Profile, title: str) -> str:
    """A title that is all of capitals as a role has it, where that is not: there capitals mean something."""
    if not title.isupper():
        return title
    own = [role.title for role in profile.roles if role.title and folded(role.title) == folded(title)]
    return next((one for one in own if not one.isupper()), title)


def _later(occupation: Occupation | None, career: Career, profile: Profile) -> Job | None:
    """The last role, where those of the title had all ended months before it did; none where two go on.

    One of a few months does not count: what somebody was before may still be what they are. Nor does one that goes on
    and began before they ended, or before another, for who knows which is meant and whether it does.
    """
    title = folded(profile.title or "")
    own = [
        job
        for job in career.jobs
        if _says_so(job, occupation) or folded(profile.roles[job.number].title or "") == title
    ]
    ends = [job.tenure.after for job in own if job.tenure and profile.roles[job.number].end]
    if not own or len(ends) < len(own):
        return None
    after = [job for job in _lasting(career) if _end(job) > max(ends) + _LEAST_MONTHS]
    going_on = [job for job in after if profile.roles[job.number].end is None]
    last = going_on[0] if going_on else max(after, key=_end, default=None)
    if last is None or len(going_on) > 1 or _says_no_more(last, occupation):
        return None
    if going_on and any(_begins(job) > _begins(last) for job in after):
        return None
    if _begins(last) >= max(ends):
        return last
    return None if going_on or (occupation and is_alike(last, occupation)) else last


def _says_no_more(job: Job, occupation: Occupation | None) -> bool:
    """Whether a role says but the end of an occupation ("Developer" after "Software Developer")."""
    if occupation is None or job.occupation is None:
        return False
    return f" {occupation.plain}".endswith(f" {job.occupation.plain}")


def _says_so(job: Job, occupation: Occupation | None) -> bool:
    return occupation is not None and job.occupation is not None and job.occupation.plain == occupation.plain


def _lasting(career: Career) -> list[Job]:
    """The dated roles that took more than a few months."""
    return [job for job in career.jobs if job.tenure and job.tenure.months >= _LEAST_MONTHS and not job.again]


def _begins(job: Job) -> int:
    return job.tenure.first if job.tenure else 0


def _end(job: Job) -> int:
    return job.tenure.after if job.tenure else 0


def _is_worked(occupation: Occupation, career: Career) -> bool:
    """Whether a role is of the trade of this occupation, where roles say occupations: else it may be what is wished."""
    known = [job for job in career.jobs if job.occupation]
    return not known or any(is_of_trade(job, occupation) for job in known)


def _is_over(occupation: Occupation, career: Career, profile: Profile) -> bool:
    """Whether every role of the trade of an occupation ended months before another one, which took some months.

    One without a title counts too, unless it is at an employer of those: there it may be all of them.
    """
    own = [job for job in career.jobs if job.tenure and is_of_trade(job, occupation)]
    at = {_employer(profile.roles[job.number]) for job in own}
    roles = ((job, profile.roles[job.number]) for job in _lasting(career))
    others = [_end(job) for job, role in roles if role.title or _employer(role) not in at]
    return bool(own) and max(others, default=0) > max(map(_end, own)) + _LEAST_MONTHS


def _employer(role: Role) -> str:
    return folded(role.company or "")


def _is_passing(occupation: Occupation, career: Career, profile: Profile) -> bool:
    """Whether the roles of an occupation ended more than a year ago, and were for learning, or for weeks."""
    own = [profile.roles[job.number] for job in career.jobs if _says_so(job, occupation)]
    tenures = [tenure_of(role, present(profile)) for role in own]
    dated = [tenure for tenure in tenures if tenure]
    if not dated or len(dated) < len(own) or min(tenure.ago for tenure in dated) < _A_YEAR:
        return False
    learning = not _LEARNING.isdisjoint(occupation.text.casefold().split())
    weeks = all(
        tenure.months <= _FEW_MONTHS and role.start != role.end for tenure, role in zip(dated, own, strict=True)
    )
    return learning or weeks


def _is_less(occupation: Occupation, profile: Profile) -> bool:
    """Whether the profile calls somebody an assistant of what their title says."""
    if not _BELOW.isdisjoint(occupation.text.casefold().split()):
        return False
    texts = (profile.about or "", *(line for role in profile.roles for line in role.bullets))
    said = re.compile(
        rf"\bas\s(?:an?\s|the\s)?(?:{'|'.join(sorted(_BELOW))})\s{re.escape(occupation.plain)}\b", re.IGNORECASE
    )
    return any(said.search(text) for text in texts)
