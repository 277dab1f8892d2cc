"""How long somebody has done what: in the profile's own words where it says so, else from the dates of roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from recommender.insights.career import MOST_MONTHS, Career
from recommender.insights.insights import Highlight
from recommender.insights.occupation import Occupation, is_vague, is_who
from recommender.insights.sentences import LONGEST, as_sentence, is_whole, shortenings
from recommender.insights.spoken import article, in_prose, years_said
from recommender.insights.telling import is_stray
from recommender.insights.words import any_of, words
from recommender.profile import Profile
from recommender.skills import Vocabulary

_LEAST, _LONG = 12, 24  # months that are worth a sentence, and the first
_REMEMBERED = 4_096
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|thirty-five"
_DOING = "leading|managing|building|designing|developing|teaching|supervising|administering"
_STATED = re.compile(
    r"(?<!last )(?<!past )(?<!next )(?<!every )(?<!within )(?<!\w)"
    r"(?:(?:over|more than|nearly|almost|about|around|approximately|at least)\s)?"
    rf"(?:\d{{1,2}}|{_NUMBERS})(?:\s?(?:\+|plus)|\s?\(\d+\+?\))*[\s-]+(?:plus\s)?years?['’]?\s+(?:of\s+)?"
    r"(?:(?:[\w/-]+,?\s+){0,6}?(?:experience|expertise|background)\s+(?:\w+ly\s+)?"
    rf"(?:in|as|with|of|on|across|within|working|supporting|providing|{_DOING})\b|(?:in|as|{_DOING}|(?!being|during|includ|follow)\w{{3,}}ing)\b)",
    re.IGNORECASE,
)
_BROAD, _ANY_WORK = words("broad"), re.compile(rf"\b{any_of('any work')}\Z", re.IGNORECASE)
_SAYS_NOTHING = re.compile(rf"(?:\b{any_of('says nothing')}\b|\W)*(?:\w+ing\W*)?", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:leading|leadership|managing|management|supervis\w+|leader|manager|director)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[\w)%\"'+])[.!](?=\s|\Z)|[\n•●▪]")
_ANOTHER = re.compile(r",?\s(?:[—–-]\s)?and\s(?=(?:over|more than|\d+\+?)\s)", re.IGNORECASE)
#: With one of these before it, a word means something else ("front end developer").
_PARTS_OF_NAMES = frozenset(("end", "stack", "chain", "side", "and", "&", "of"))


def stated(profile: Profile, names: re.Pattern[str] | None) -> list[tuple[bool, Highlight]]:
    """The lengths of experience that the summary states, each with whether it is of leading people."""
    if not profile.about:
        return []
    fit = [clause for clause in _stated(profile.about) if names is None or not names.search(clause)]
    return [(_LEADS.search(clause) is not None, Highlight(as_sentence(clause), ("about",))) for clause in fit]


@lru_cache(_REMEMBERED)
def _stated(about: str) -> tuple[str, ...]:
    if "year" not in about.casefold():
        return ()
    return tuple(clause for sentence in _SENTENCE.split(about) for clause in _clauses(" ".join(sentence.split())))


def _clauses(sentence: str) -> Iterator[str]:
    for found in _STATED.finditer(sentence) if "year" in sentence.casefold() else ():
        text = sentence[found.start() :].split(";")[0].strip(" ,:")
        text, least = _ANOTHER.split(text)[0], len(found[0].lstrip())
        for clause in (*shortenings(text), *_first_of_list(text)):
            if len(clause) > least + 2 and _says_something(clause, least) and not is_stray(clause):
                yield clause
                break


def _says_something(clause: str, least: int) -> bool:
    """Whether what comes after so many characters says what the experience is in; "as" somebody who works at it."""
    after = clause[least:]
    if clause[:least].endswith("as") and not any(map(is_who, re.findall(r"[\w-]+", after))):
        return False
    return not _SAYS_NOTHING.fullmatch(after)


def _first_of_list(text: str) -> Iterator[str]:
    """A clause up to the end of the first entry of its list: what is said of all of them is said of one."""
    first, comma, _ = text.partition(", ")
    if comma and len(first) <= LONGEST and is_whole(first) and not _ANY_WORK.search(first):
        yield first


class Length(NamedTuple):
    """A sentence on how long, and whether it is long enough to be told first."""

    highlight: Highlight
    is_long: bool


def dated(profile: Profile, current: Occupation, career: Career, vocabulary: Vocabulary) -> Length | None:
    """For how long somebody has been what they are, or in positions that lead, by the dates of roles."""
    leading = tuple(job.number for job in career.jobs if job.occupation and job.occupation.leads)
    same = [(career.months(numbers), size, numbers) for size, numbers in _alike(current, career)]
    months, size, numbers = max(same, key=lambda one: one[0] * (1 + 0.25 * one[1]), default=(0, 0, ()))
    led = career.months(leading) if current.leads else 0
    if _LEAST <= led <= MOST_MONTHS and led > months + 11:
        months, numbers, now = led, leading, in_prose(current.text, vocabulary)
        text = f"{years_said(led)} in leading positions, now as {_with_article(now)}"
    elif _LEAST <= months <= MOST_MONTHS:
        said = in_prose(" ".join(current.craft.split()[-size:]), vocabulary)
        text = f"{years_said(months)} as {_with_article(said)}"
    else:
        return None
    fields = (str(field) for job in career.jobs if job.number in numbers for field in job.fields(profile))
    made = Highlight(as_sentence(text), tuple(fields))
    return Length(made, months >= _LONG) if len(text) <= LONGEST else None


def _with_article(said: str) -> str:
    return f"{article(said)} {said}".strip()


def _alike(current: Occupation, career: Career) -> Iterator[tuple[int, tuple[int, ...]]]:
    """How many of the last words of the occupation others share, and the roles that share them."""
    own = current.craft.casefold().split()
    plain = [(job.number, job.occupation.craft.casefold().split()) for job in career.jobs if job.occupation]
    for size in range(len(own), 0, -1):
        ending = own[-size:]
        if ending[0] in _PARTS_OF_NAMES or (
            size == 1 and (is_vague(ending[0]) or (len(own) > 1 and ending[0] in _BROAD))
        ):
            continue
        if numbers := tuple(number for number, said in plain if said[-size:] == ending):
            yield size, numbers
