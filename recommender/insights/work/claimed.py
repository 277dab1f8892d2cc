"""How long somebody has done what, in the words of the summary, where roles do not say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice

from recommender.insights.insights import Highlight
from recommender.insights.prose.clauses import LONGEST, as_sentence
from recommender.insights.prose.telling import has_any, is_stray
from recommender.insights.prose.whole import is_whole
from recommender.insights.work.career import Career
from recommender.insights.work.stated import FEWEST, worth_a_line
from recommender.insights.work.stated_clauses import ONLY_HOW, Span, is_said_to_the_end, spans
from recommender.insights.work.title_words import is_who
from recommender.insights.work.years import most_stated, years_of
from recommender.profile import Profile

#: As much more time as roles take, as part of what is stated and in months, says that these years are not all.
_HIDES, _MONTHS = 1.25, 6
_MOST_WORDS = 8  # of who somebody was
#: The years without what they are of: "8+ years of professional IT experience".
_EXPERIENCE = re.compile(
    r"((?:(?!(?:the|my|this|which|with|in|that)\b)[\w/&+.#'’-]+,?\s+){0,7}?)experience\b", re.IGNORECASE
)
#: Several years as if they were one: "10 year of experience".
_IN_ONE = re.compile(r"\byear\s", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|with(?=\s+[A-Z]))\s+(?!across|the [Ii]ndustry)(?=[\w.])")
_AS = re.compile(r"\s+as\s+(?:an?\s+)?(?=\w)", re.IGNORECASE)
#: One thing, up to what says how, where or with what, or of what else: "Oracle administration in …".
_THING = re.compile(
    r"(?:(?!(?:in|by|with|using|on|from|for|at|across|within|through|to|includ\w+|support\w+|that|which|who|where|while"
    r"|ha(?:ve|s|ving)|am|is|are"
    r"|and (?:ha(?:ve|s)|am|nearly|over|about|an?|proven|strong|good|profic\w+|except\w+|excell\w+|extens\w+|able"
    r"|\w*skill\w*))\b)"
    r"(?:[\w/&.+#-]+|\([^()]{2,40}\))\s*){1,10}"
)
#: The first of a list that is a step of all work, or one word: "in Requirements Analysis, …".
_SAYS_LITTLE = re.compile(
    r"\A\S+\s*\Z|\b(?:analysis|analyzing|design|designing|requirements?|planning|coding|management|programming)\s*\Z"
    r"|\A(?:the )?(?:\w+ )?(?:areas?|fields?|domains?|types?|kinds?) of\b",
    re.IGNORECASE,
)
#: What goes on with a list, and a list that has its last entry.
_NEXT, _LISTED = re.compile(r",\s+(?=\w)"), re.compile(r",.*(?:\band\b|&)")
_AFTER_THING = re.compile(r"\.?\Z|(?<=\s)(?!\()\w|,\s(?:with|includ\w+|using|who|which|having|where|and have)\b")
#: Who somebody was, unless more of the kind follow: "as a developer and …", "as Lead, Analyst, …".
_ONE_OF_SEVERAL = re.compile(
    r"\s*(?:[/&(-]|(?:and|or|cum)\s(?!\w+ing\b)|,\s(?:[\w/.+#-]+\s){0,4}[\w/-]+(?:er|or|ist|ant|ian|yst|ect|ead)s?(?:,|\s(?:and|&|/)))"
)


def claimed(profile: Profile, career: Career, names: Set[str]) -> list[Highlight]:
    """The most years of experience that the profile states, with what they are of where that is said in so few words.

    In place of what roles bear out (`stated`): they may be fewer than were held, but none says otherwise, as a career
    of many more years would.
    """
    most = max(map(most_stated, (profile.about or "", *_of_experience(profile))))
    dated = [job.number for job in career.jobs if job.tenure]
    if most < FEWEST or career.months(dated) > _HIDES * 12 * most + _MONTHS:
        return []
    fit = [one for one in _clauses(profile, names) if years_of(one) == most]
    return [Highlight(as_sentence(clause), ("about",)) for clause in fit[:1]]


def _of_experience(profile: Profile) -> Iterator[str]:
    """Lines of roles that may state years of experience too."""
    for role in profile.roles:
        yield from (line for line in role.bullets if "years" in line and "experience" in line)


def _clauses(profile: Profile, names: Set[str]) -> Iterator[str]:
    """What the summary states of years, what says of what first."""
    said = [one for one in spans(profile.about or "") if not _IN_ONE.search(one.text, 0, one.said)]
    for clause in worth_a_line(profile, names):
        if is_said_to_the_end(clause, profile.about or ""):
            yield clause
    for form in (_of_who, _of_things, _of_a_kind):
        fit = (clause for clause in map(form, said) if clause and len(clause) <= LONGEST)
        yield from (clause for clause in fit if not is_stray(clause) and not has_any(clause, names))


def _of_who(span: Span) -> str | None:
    """The years as whom they were worked: "6 years of experience as a tug pilot", before more of the sentence."""
    if (experience := _EXPERIENCE.match(span.text, span.said)) is None:
        return None
    found = _AS.match(span.text, experience.end())
    end = _end_of_who(span.text, found.end()) if found else None
    return _whole(span.text[:end]) if end else None


def _of_things(span: Span) -> str | None:
    """The years with what they are of: one thing, a whole list, or the first of a list that says more than a word."""
    text = span.text
    experience = _EXPERIENCE.match(text, span.said)
    found = experience and _IN.match(text, experience.end())
    thing = found and _THING.match(text, found.end())
    if not thing or is_who(thing[0].split()[-1]):
        return None
    first = end = thing.end()
    while (following := _NEXT.match(text, end)) and (more := _THING.match(text, following.end())):
        end = more.end()
    is_list = end > first
    if end <= LONGEST and _AFTER_THING.match(text, end) and (not is_list or _LISTED.search(text, first, end)):
        return _whole(text[:end])
    return _whole(text[:first]) if is_list and not _SAYS_LITTLE.search(thing[0]) else None


def _whole(clause: str) -> str | None:
    clause = clause.rstrip(" .")
    return clause if is_whole(clause) and " -" not in clause else None


def _end_of_who(text: str, start: int) -> int | None:
    """Where the words end that say who somebody was; None where they say none, or several."""
    has_article = text[:start].split()[-1].casefold() in ("a", "an")
    for word in islice(re.finditer(r"[\w/.+#-]+", text[start:]), _MOST_WORDS):
        end = start + word.end()
        if is_who(word[0].rpartition("/")[2].rpartition("-")[2]):
            is_one = _ONE_OF_SEVERAL.match(text, end) is None and (has_article or text[end : end + 1] != ",")
            return end if is_one else None
    return None


def _of_a_kind(span: Span) -> str | None:
    """The years of experience of a kind: "5 years of banking experience", but not of a "rich" one."""
    found = _EXPERIENCE.match(span.text, span.said)
    if found is None or ONLY_HOW.fullmatch(found[1]):
        return None
    return _whole(span.text[: found.end()])
