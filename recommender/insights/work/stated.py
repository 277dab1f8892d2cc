"""How long somebody has done what, in the words of the summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from recommender.insights.insights import Highlight
from recommender.insights.prose.sentences import LONGEST, as_sentence, asks_for_more, is_whole, shortenings, unwrapped
from recommender.insights.prose.telling import has_any, is_stray
from recommender.insights.prose.words import any_of
from recommender.insights.work.career import Career, is_of_trade
from recommender.insights.work.naming import has_stem, stems
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.title_words import is_who
from recommender.profile import Profile, Role

_REMEMBERED = 4_096
_VALUES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty-five": 25, "twenty": 20, "thirty-five": 35, "thirty": 30,
}  # fmt: skip
_NUMBERS = "|".join(_VALUES)
_INITIALS = "".join(sorted({number[0] for number in _VALUES} | set("omna")))
#: Part of the years stated that roles have to bear out; the first jobs are often left out.
_BORNE_OUT = 0.8
_FEWEST = 3  # years that are worth a line
_HIDES = 1.6  # times as many years of roles as are stated say that these are not all
#: So many years, to where it is said of what; where no word begins with these letters, nothing else is looked at.
_YEARS = re.compile(
    rf"(?<![\w/$.,-])(?=[\d{_INITIALS}])(?<!last )(?<!past )(?<!next )(?<!every )(?<!within )(?<!up to )"
    r"(?:(?:over|more than|nearly|almost|about|around|approximately|at least)\s(?!\d+\s?\+))?"
    rf"(?:\d{{1,2}}|{_NUMBERS})(?:\s?(?:\+|plus)|\s?\(\d+\+?\))*[\s-]+(?:plus\s)?years?['’]?\s+(?:of\s+)?",
    re.IGNORECASE,
)
#: What follows: experience in, as or with something; something experience; doing something; of something.
_OF_WHAT = re.compile(
    r"(?:[\w/&-]+,?\s+){0,6}?(?:experience|expertise|background)\s+(?:\w+ly\s+)?"
    r"(?:in|as|with|of|on|across|within|(?!includ|utili|us|hav|follow|seek|look)\w{3,}ing)\b"
    r"|(?:in(?!\sa\srow)|as)\b|(?!being|during|includ|follow|seek|look)\w{3,}ing\b",
    re.IGNORECASE,
)
_WHAT = re.compile(r"((?:[\w/&-]+,?\s+){1,7}?)(?:experience|expertise)\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(rf"(?:\b{any_of('says nothing')}\b|\W)*(?:\w+ing\W*)?", re.IGNORECASE)
_ONLY_HOW = re.compile(rf"(?:\b{any_of('only how')}\b|\W)*", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:leading|leadership|managing|management|supervis\w+|leader|manager|director)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[\n•●▪;.!?](?:(?<=[\n•●▪;])|(?<=[\w)%\"'+][.!?])(?=\s|\Z))")
_ANOTHER = re.compile(r",?\s(?:[—–-]\s)?(?:and|with|including)\s(?=(?:over|more than|around|\d+\+?)\s)", re.IGNORECASE)
#: After "experience", where what it is of is said: "worldwide experience working with tides".
_GOES_ON = re.compile(r"\s+(?:in|as|with|of|on|across|within|using|for|at|\w+ing)\b", re.IGNORECASE)
_DOING = re.compile(
    r"[^,]*?\byears?['’]?\s(?:of\s)?(?:\w+\s){0,2}(?:experience\s)?(?:\w+ly\s)?\w{3,}ing\s", re.IGNORECASE
)
#: What says of experience that it is some, and of which kind, and not of what.
_NO_SUBJECT = re.compile(
    r"\b(?:years?|experience[ds]?|expertise|background|career|industry|professional|working|work|related|field|role|as|in"
    r"|of|with|and|the|an?|on|for|to|various|different|including|from|using|within|across|both|strong|proven)\b"
)
#: "A career with experience": of what is not said yet.
_OPEN = re.compile(r"\b(?:with|of|in|and)\s+\Z", re.IGNORECASE)
#: What an advert asks for, that somebody copied.
_WISHED = re.compile(
    r"\b(?:minimum|preferred|preferably|desired|must have|(?:is|are) (?:required|a plus)|seeking|looking for"
    r"|required:|requirements?:)",
    re.IGNORECASE,
)
#: Where a stated length may end early, beside where any clause may: what it is of is said.
#: "Experience with analysis": of a list of such words, one alone says little.
_ONE_WORD = re.compile(r"\b(?:in|with|of|on)\s[\w-]+\Z")
_CUTS = re.compile(r",?\s+(?=(?:with|across|within|including|using|such|which|where|both)\b)")
#: "As a developer and coding": what was cut off is what the second is of.
_LOOSE = re.compile(r"\bas\s.*(?:er|or|ist|ant|ian)s?\s(?:and|as)\s\w+ing\Z")


def stated(
    profile: Profile, occupation: Occupation | None, career: Career, names: Set[str]
) -> list[tuple[bool, Highlight]]:
    """The lengths of experience that the summary states, each with whether it is of leading people.

    Those count that roles bear out, of the occupation or of what is stated: they were worked for as long as that.
    """
    fit = [one for one in _worth_a_line(profile, names) if _is_borne_out(one, profile, occupation, career)]
    return [(_LEADS.search(clause) is not None, Highlight(as_sentence(clause), ("about",))) for clause in fit]


def claimed(profile: Profile, career: Career, names: Set[str]) -> list[Highlight]:
    """The most years of experience that the summary states, of something that a role has a word of.

    In place of what roles bear out (`stated`), for a person of whom little else is said: roles may be fewer than were
    held, but none says otherwise, as a career of many more years would.
    """
    dated = [job.number for job in career.jobs if job.tenure]
    fit = [
        clause
        for clause in _worth_a_line(profile, names)
        if _number(clause) == most_stated(profile.about or "")
        and career.months(dated) <= _HIDES * 12 * _number(clause)
        and any(has_stem(_of_what(clause), _written(role)) for role in profile.roles)
        and _is_said_to_the_end(clause, profile.about or "")
    ]
    return [Highlight(as_sentence(clause), ("about",)) for clause in fit[:1]]


def _is_said_to_the_end(clause: str, about: str) -> bool:
    """Whether nothing of a list was left out: the sentence ends with the clause, or goes on with what it was done with.

    Lists themselves are not; of ten things that years are of, they are of none in particular.
    """
    if "," in clause:
        return False
    sentences = (" ".join(sentence.split()) for sentence in _SENTENCE.split(unwrapped(about)))
    after = [sentence.partition(clause)[2] for sentence in sentences if clause in sentence]
    return any(not rest.strip(" .") or _CUTS.match(rest) for rest in after)


def _worth_a_line(profile: Profile, names: Set[str]) -> list[str]:
    clauses = _stated(profile.about) if profile.about else ()
    return [clause for clause in clauses if _number(clause) >= _FEWEST and not has_any(clause, names)]


def _is_borne_out(clause: str, profile: Profile, occupation: Occupation | None, career: Career) -> bool:
    """Whether roles of the occupation, or with a word of what the years are of, took as many; where any has dates."""
    dated = [job for job in career.jobs if job.tenure is not None]
    if not dated:
        return True
    of_what = _of_what(clause)
    named = [job.number for job in dated if has_stem(of_what, _written(profile.roles[job.number]))]
    own = [job.number for job in dated if occupation and is_of_trade(job, occupation)]
    return bool(named) and career.months([*named, *own]) >= _BORNE_OUT * 12 * _number(clause)


def _of_what(clause: str) -> frozenset[str]:
    """The beginnings of the words that say what experience is of."""
    said = _YEARS.search(clause)
    return stems(_NO_SUBJECT.sub(" ", clause[said.end() if said else 0 :].casefold()))


def _written(role: Role) -> str:
    """A role as one text."""
    return " ".join((role.title or "", *role.skills, *role.bullets))


@lru_cache(_REMEMBERED)
def most_stated(about: str) -> int:
    """The most years of anything that a summary states; 0 where it states none."""
    if "year" not in about.lower():
        return 0
    return max((_number(years[0]) for years in _YEARS.finditer(about)), default=0)


def _number(clause: str) -> int:
    """The number of years that a clause begins with."""
    found = re.search(rf"\d+|\b(?:{_NUMBERS})\b", clause, re.IGNORECASE)
    said = found[0].casefold() if found else "0"
    return int(said) if said.isdigit() else _VALUES[said]


@lru_cache(_REMEMBERED)
def _stated(about: str) -> tuple[str, ...]:
    if "year" not in about.casefold():
        return ()
    return tuple(
        clause for sentence in _SENTENCE.split(unwrapped(about)) for clause in _clauses(" ".join(sentence.split()))
    )


def _clauses(sentence: str) -> Iterator[str]:
    if "year" not in sentence.lower() or _WISHED.search(sentence):
        return
    for years in _YEARS.finditer(sentence):
        text = _ANOTHER.split(sentence[years.start() :])[0].strip(" ,:")
        if found := next(_said(text, years.end() - years.start()), None):
            yield found


def _said(text: str, said: int) -> Iterator[str]:
    """The beginnings of a text, after so many characters of years, that say what they are of; the longest first."""
    if of_what := _OF_WHAT.match(text, said):
        for clause in _beginnings(text):
            if len(clause) > of_what.end() + 2 and _says_something(clause, of_what.end()) and not is_stray(clause):
                yield clause
    if (what := _WHAT.match(text, said)) and not _GOES_ON.match(text, what.end()):
        clause = text[: what.end()]
        whole = len(clause) <= LONGEST and not _OPEN.search(what[1])
        if whole and not _ONLY_HOW.fullmatch(what[1]) and not is_stray(clause):
            yield clause


def _beginnings(text: str) -> Iterator[str]:
    yield from shortenings(text)
    cuts = [cut.start() for cut in _CUTS.finditer(text, 20, LONGEST + 12)]
    first, comma, _ = text.partition(", ")
    if comma and _DOING.match(text):  # what is done with all entries of a list is done with the first
        cuts.append(len(first))
    for at in sorted(cuts, reverse=True):
        clause = text[:at]
        whole = len(clause) <= LONGEST and is_whole(clause) and not asks_for_more(clause)
        if whole and ", " not in clause and not _ONE_WORD.search(clause):
            yield clause


def _says_something(clause: str, after: int) -> bool:
    """Whether what comes after so many characters says what the experience is in; "as" somebody who works at it."""
    said = clause[after:]
    if _LOOSE.search(clause):
        return False
    if clause[:after].endswith("as") and not any(map(is_who, re.findall(r"[\w-]+", said))):
        return False
    return not _SAYS_NOTHING.fullmatch(said)
