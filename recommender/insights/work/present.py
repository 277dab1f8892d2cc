"""What somebody is now: what their title says where dated work bears it out, or else what their last role does."""

from __future__ import annotations

from operator import attrgetter

from recommender.facts import Facts, folded
from recommender.field_path import FieldPath
from recommender.insights.work.career import LASTING, Career, Job
from recommender.insights.work.doubts import is_less, is_over, is_passing, is_worked
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.titles import occupation_in
from recommender.insights.work.trades import is_alike, is_of
from recommender.profile import Profile

_TITLE = FieldPath.of("title")
_LONG_AGO = 0.25  # `Tenure.recency` of what ended ten years ago


def present_occupation(profile: Profile, facts: Facts, career: Career) -> tuple[FieldPath, Occupation | None]:
    """The occupation now, and the field that says it: the title, or that of a role.

    A title may be of a job that ended while another went on; then the role counts that goes on, or ended last. What
    ended more than ten years ago says nothing of now, nor does what was learned more than a year ago, or done for
    weeks.
    """
    where, occupation = _said(profile, facts, career)
    if occupation is None or not is_worked(occupation, career) or is_over(occupation, career, profile):
        return where, None
    if is_passing(occupation, career, profile) or is_less(occupation, profile):
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
        job for job in career.jobs if is_of(job, occupation) or folded(profile.roles[job.number].title or "") == title
    ]
    ends = [job.tenure.after for job in own if job.tenure and profile.roles[job.number].end]
    if not own or len(ends) < len(own):
        return None
    after = [job for job in career.lasting() if job.end > max(ends) + LASTING]
    going_on = [job for job in after if profile.roles[job.number].end is None]
    last = going_on[0] if going_on else max(after, key=attrgetter("end"), default=None)
    if last is None or len(going_on) > 1 or _says_no_more(last, occupation):
        return None
    if going_on and any(job.begins > last.begins for job in after):
        return None
    if last.begins >= max(ends):
        return last
    return None if going_on or (occupation and is_alike(last, occupation)) else last


def _says_no_more(job: Job, occupation: Occupation | None) -> bool:
    """Whether a role says but the end of an occupation ("Developer" after "Software Developer")."""
    if occupation is None or job.occupation is None:
        return False
    return f" {occupation.plain}".endswith(f" {job.occupation.plain}")
