"""How long somebody has done what, by the dates of roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from recommender.facts import Facts, is_later
from recommender.insights.insights import Highlight
from recommender.insights.prose.clauses import LONGEST, as_sentence
from recommender.insights.prose.spoken import article, in_prose, years_said
from recommender.insights.prose.words import words
from recommender.insights.work.career import MOST_MONTHS, Career, Job
from recommender.insights.work.naming import stems
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.title_words import is_vague
from recommender.insights.work.years import most_stated
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

_LEAST, _LONG = 12, 24  # months that are worth a sentence, and the first
#: Months of each year of experience that are worth it: less hides what somebody did before.
_WORTH = 4
_LED = re.compile(
    r"\b(?:led|lead(?:s|ing)?|manag|supervis|oversaw|oversee|direct|hir(?:ed|ing)|coach|mentor|staff|team|crew|reports)",
    re.IGNORECASE,
)
#: Months that a length may leave out.
_HIDDEN = 12
_PROMOTED = re.compile(r"\bpromot(?:ed|ion)\s(?:to|from|after|in|within)\b", re.IGNORECASE)
#: Beginnings of words that many titles have, whatever the trade.
_NO_TRADE = frozenset().union(*map(stems, words("vague") | words("below") | {"senior", "junior", "lead", "of", "and"}))
#: An "assistant professor" is no professor yet; an associate is less than others of few occupations alone.
_BELOW, _ASSOCIATE = words("below"), frozenset(("associate",))
#: With one of these before it, a word means something else ("front end developer").
_PARTS_OF_NAMES = frozenset(("end", "stack", "chain", "side", "and", "&", "of"))


class Length(NamedTuple):
    """A sentence on how long, and whether it is long enough, of all the years that somebody has, to be told first."""

    highlight: Highlight
    is_long: bool


def dated(profile: Profile, facts: Facts, current: Occupation, career: Career, vocabulary: Vocabulary) -> Length | None:
    """For how long somebody has been what they are, or in positions that lead, by the dates of roles.

    Not where that is less than there is by the profile's own words: where the summary states more years of something,
    other roles are of the same trade, roles are missing between these, or somebody was promoted within one.
    """
    leading = tuple(
        job.number for job in career.jobs if job.occupation and job.occupation.leads and _leads(job, profile)
    )
    numbers = _alike(current, career)
    months = career.months(numbers)
    led = career.months(leading) if current.leads else 0
    by_title = career.months(job.number for job in career.jobs if job.occupation and job.occupation.leads)
    is_plain = _held_last(career, leading, current) and by_title < led + _HIDDEN
    if _LEAST <= led <= MOST_MONTHS and led > months + 11 and is_plain and not _is_doubtful(led, leading, profile):
        months, numbers, now = led, leading, _with_article(in_prose(current.text, vocabulary))
        goes_on = any(_is_now(job, current, profile) for job in career.jobs)
        text = f"{years_said(led)} in leading positions, {'now' if goes_on else 'last'} as {now}"
    elif _LEAST <= months <= MOST_MONTHS and not _hides(months, numbers, current, career, profile):
        text = f"{years_said(months)} as {_with_article(in_prose(current.craft, vocabulary))}"
    else:
        return None
    fields = (str(field) for job in career.jobs if job.number in numbers for field in job.fields(profile))
    made = Highlight(as_sentence(text), tuple(fields))
    told = months >= _LONG and months >= _WORTH * (facts.years or 0)
    return Length(made, told) if len(text) <= LONGEST else None


def _leads(job: Job, profile: Profile) -> bool:
    """Whether lines of a role say that people were led; where it has none its title does."""
    bullets = profile.roles[job.number].bullets
    return not bullets or any(_LED.search(line) for line in bullets)


def _hides(months: int, numbers: Sequence[int], current: Occupation, career: Career, profile: Profile) -> bool:
    """Whether so many months in these roles hide some of what the profile says of the same work."""
    if _is_doubtful(months, numbers, profile):
        return True
    jobs = [career.jobs[number] for number in numbers]
    spans = [job.tenure for job in jobs if job.tenure]
    whole = max(one.after for one in spans) - min(one.first for one in spans)
    akin = {job.number for job in career.jobs if job.number in numbers or _is_akin(profile.roles[job.number], current)}
    if max(whole, career.months(akin)) >= months + _HIDDEN:
        return True
    return any(
        "romot" in line.lower() and _PROMOTED.search(line) for job in jobs for line in profile.roles[job.number].bullets
    )


def _is_akin(role: Role, current: Occupation) -> bool:
    """Whether a title has a word of a trade, at no level below."""
    title = (role.title or "").casefold()
    trade = stems(current.plain) - _NO_TRADE
    return not trade.isdisjoint(stems(title)) and _BELOW.isdisjoint(title.split())


def _is_doubtful(months: int, numbers: Sequence[int], profile: Profile) -> bool:
    """Whether the summary states more years, or somewhat fewer, or one of these roles may have ended."""
    if any(_may_have_ended(profile.roles[number], profile) for number in numbers):
        return True
    stated, years = most_stated(profile.about or ""), months // 12
    return stated > years or years / 2.5 <= stated < years - 1  # much fewer are of some part of the work


def _may_have_ended(role: Role, profile: Profile) -> bool:
    """Whether a role without an end, which may not have been read, has another that began after it."""
    return role.end is None and any(is_later(other.start, role.start) for other in profile.roles)


def _held_last(career: Career, leading: Sequence[int], current: Occupation) -> bool:
    """Whether of all positions whose title leads none ended later than one of the occupation that is borne out."""
    own = [career.recency[number] for number in leading if career.jobs[number].occupation == current]
    leads = (career.recency[job.number] for job in career.jobs if job.occupation and job.occupation.leads)
    return max(own, default=0.0) >= max(leads, default=0.0)


def _is_now(job: Job, current: Occupation, profile: Profile) -> bool:
    return job.occupation is not None and job.occupation.text == current.text and profile.roles[job.number].end is None


def _with_article(said: str) -> str:
    return f"{article(said)} {said}".strip()


def _alike(current: Occupation, career: Career) -> tuple[int, ...]:
    """The roles of the whole occupation, or of one that says more of it ("pipe welder"), at no level below."""
    own = current.craft.casefold().split()
    if own[0] in _PARTS_OF_NAMES or (len(own) == 1 and is_vague(own[0])):
        return ()
    whole = [(job.number, job.occupation) for job in career.jobs if job.occupation and not job.again]
    plain = [(number, one.craft.casefold().split()) for number, one in whole if one.joint == current.joint]
    below = _BELOW | _ASSOCIATE if own[-1:] == ["professor"] else _BELOW
    plain = [(number, said) for number, said in plain if below.isdisjoint(said) or not below.isdisjoint(own)]
    return tuple(number for number, said in plain if said[-len(own) :] == own)
