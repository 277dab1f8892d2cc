"""How senior: "senior", "entry level", "mid to senior level"."""

from __future__ import annotations

import re

from recommender.asking.spans import ValueSpan
from recommender.facts import seniority_named, title_info

_LEVEL = (
    r"entry|junior|jr\.?|mid(?:dle)?|intermediate|senior|sr\.?|lead|principal|staff|executive|graduate|intern|director"
)
#: Levels of which an advert says two beside each other.
_GRADE = r"(?:junior|jr\.?|mid(?:dle)?|senior|sr\.?|lead|principal)(?:[- ]level)?"
#: Words that name a level wherever they stand in a request of one line.
_BARE = re.compile(
    rf"\b(?:(?P<lower>{_GRADE})\s*(?:-|–|to|or|/)\s*(?P<higher>{_GRADE})(?![\w-])(?![- ]levels?)"
    rf"|(?P<from>{_LEVEL})\s*(?:-|–|to|or|/)\s*(?P<to>{_LEVEL})[- ]levels?|(?P<level>{_LEVEL})[- ]levels?"
    r"|(?P<learner>(?:(?:coding|bootcamp|recent|new|fresh|college|university|grad(?:uate)?|phd|mba|summer|winter"
    r"|paid|unpaid) )*"
    r"(?:grad(?:uate)?s?|students?|co-?ops?|internships?|trainees?|apprentices?|bootcamp)"
    r"(?=\s*(?:[,;.:()/|\d\n]|\Z|[-–—]\s|\b(?:or|and|with|who|in|at|near|from|wanted|needed)\b)))"
    r"|(?P<word>senior|snr|sr\.?|junior|jr\.?|entry[- ]level|mid[- ]level|mid[- ]senior|(?:recent |new "
    r"|fresh )?(?:college |university )?graduates?(?! (?:school|degree|stud|program|course|level))"
    r"|freshers?|early[- ]career|trainee|interns?)(?![\w-]))",
    re.IGNORECASE,
)  # fmt: skip
_BOTH = re.compile(r"(mid)[- ](senior)", re.IGNORECASE)
_BEFORE_TITLE = re.compile(
    r"\b(senior|snr|sr\.?|junior|jr\.?|lead|principal|staff|entry[- ]level|mid[- ]level|graduate|trainee)\s+\Z",
    re.IGNORECASE,
)
#: What somebody who learns is, as levels are named.
_LEARNERS = {
    "apprentice": "trainee",
    "bootcamp": "graduate",
    "co-op": "intern",
    "coop": "intern",
    "early-career": "early career",
    "fresher": "entry",
    "grad": "graduate",
    "graduate": "graduate",
    "internship": "intern",
    "student": "student",
    "trainee": "trainee",
}
_WHERE = re.compile(
    r"\b(?:coding|bootcamp|recent|new|fresh|college|university|grad(?:uate)?|phd|mba|summer|winter|paid|unpaid)\s+"
)
#: The end of a title of somebody who learns.
_AT_END = re.compile(
    r"\b(?:grad(?:uate)?s?|students?|co-ops?|intern(?:ship)?s?|trainees?|apprentices?)\Z", re.IGNORECASE
)


def find_levels(text: str, titles: list[tuple[int, int]], *, advert: bool) -> list[ValueSpan]:
    """The levels asked for; in an advert those before a title and those called levels."""
    found = list[ValueSpan]()
    for match in _BARE.finditer(text):
        if advert and (match["word"] or match["learner"]):
            continue
        named = [group for group in ("lower", "higher", "from", "to", "level", "learner", "word") if match[group]]
        for group in named:
            end = match.end() if group == named[-1] else match.end(group)
            found += _spans(match[group], match.start(group), end)
    for start, end in titles:
        before = _BEFORE_TITLE.search(text[max(0, start - 20) : start])
        if before:
            at = max(0, start - 20) + before.start(1)
            level = _named(before[1]) if before[1].casefold() != "staff" else title_info(text[at:end]).seniority
            if level == "mid" and before[1].casefold() == "staff":
                level = None
            if level and not any(one.start <= at < one.end for one in found):
                found.append(ValueSpan(at, at + len(before[1]), level))
        learner = _AT_END.search(text, start, end)
        if learner and not any(one.start <= learner.start() < one.end for one in found):
            found += _spans(learner[0], *learner.span())
    return sorted(found)


def _spans(written: str, start: int, end: int) -> list[ValueSpan]:
    """The level that words from one place to another name, or both of "mid-senior"."""
    if both := _BOTH.fullmatch(written):
        return [
            ValueSpan(start + both.start(n), start + both.end(n), level) for n in (1, 2) if (level := _named(both[n]))
        ]
    level = _named(written)
    return [ValueSpan(start, end, level)] if level else []


def _named(name: str) -> str | None:
    plain = _WHERE.sub("", name.casefold()).rstrip(".")
    return seniority_named(_LEARNERS.get(plain.rstrip("s"), plain))
