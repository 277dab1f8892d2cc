"""How long somebody has done what, by the dates of roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recommender.facts import Facts
from recommender.insights.insights import Highlight
from recommender.insights.prose.sentences import LONGEST, as_sentence
from recommender.insights.prose.spoken import article, in_prose, years_said
from recommender.insights.prose.words import words
from recommender.insights.work.career import MOST_MONTHS, Career, Job
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.stated import most_stated
from recommender.insights.work.title_words import is_vague
from recommender.profile import Profile
from recommender.skills import Vocabulary

_LEAST, _LONG = 12, 24  # months that are worth a sentence, and the first
#: Months of each year of experience that are worth it: less hides what somebody did before.
_WORTH = 4
#: Who works, in words that say little of it where others come before them.
_SAYING_LITTLE = words("broad") | {"developer", "designer", "consultant"}
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

    Not where the summary states four times as many years of something: the roles that are dated are not all.
    """
    leading = tuple(job.number for job in career.jobs if job.occupation and job.occupation.leads)
    same = [(career.months(numbers), size, numbers) for size, numbers in _alike(current, career)]
    months, size, numbers = max(same, key=lambda one: one[0] * (1 + 0.25 * one[1]), default=(0, 0, ()))
    led = career.months(leading) if current.leads else 0
    held_last = _held_last(career, leading, current)
    if _LEAST <= led <= MOST_MONTHS and led > months + 11 and held_last:
        months, numbers, now = led, leading, _with_article(in_prose(current.text, vocabulary))
        goes_on = any(_is_now(job, current, profile) for job in career.jobs)
        text = f"{years_said(led)} in leading positions, {'now' if goes_on else 'last'} as {now}"
    elif _LEAST <= months <= MOST_MONTHS and 4 * months >= 12 * most_stated(profile.about or ""):
        said = in_prose(" ".join(current.craft.split()[-size:]), vocabulary)
        text = f"{years_said(months)} as {_with_article(said)}"
    else:
        return None
    fields = (str(field) for job in career.jobs if job.number in numbers for field in job.fields(profile))
    made = Highlight(as_sentence(text), tuple(fields))
    told = months >= _LONG and months >= _WORTH * (facts.years or 0)
    return Length(made, told) if len(text) <= LONGEST else None


def _held_last(career: Career, leading: Sequence[int], current: Occupation) -> bool:
    """Whether of the positions that lead none ended later than one of the occupation."""
    own = [career.recency[number] for number in leading if career.jobs[number].occupation == current]
    return max(own, default=0.0) >= max((career.recency[number] for number in leading), default=0.0)


def _is_now(job: Job, current: Occupation, profile: Profile) -> bool:
    return job.occupation is not None and job.occupation.text == current.text and profile.roles[job.number].end is None


def _with_article(said: str) -> str:
    return f"{article(said)} {said}".strip()


def _alike(current: Occupation, career: Career) -> Iterator[tuple[int, tuple[int, ...]]]:
    """How many of the last words of the occupation others share, and the roles that share them."""
    own = current.craft.casefold().split()
    whole = [(job.number, job.occupation) for job in career.jobs if job.occupation and not job.again]
    whole = [one for one in whole if one[1].joint == current.joint]  # half of a title is not what somebody is
    plain = [(number, occupation.craft.casefold().split()) for number, occupation in whole]
    below = _BELOW | _ASSOCIATE if own[-1:] == ["professor"] else _BELOW
    plain = [(number, said) for number, said in plain if below.isdisjoint(said) or not below.isdisjoint(own)]
    for size in range(len(own), len(own) - 1 if current.joint else 0, -1):
        ending = own[-size:]
        if ending[0] in _PARTS_OF_NAMES or (own[0] == "junior" and size < len(own)):
            continue
        if size == 1 and (is_vague(ending[0]) or (len(own) > 1 and ending[0] in _SAYING_LITTLE)):
            continue
        if numbers := tuple(number for number, said in plain if said[-size:] == ending):
            yield size, numbers
