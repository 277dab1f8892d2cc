"""The head of a role in a résumé's running text: "Title Company - City, ST" right before its dates.

What is before a head is often the end of the role above it, with nothing between: every place where the title could
begin and every place where it could end is scored, and the best pair wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import accumulate

import msgspec

from recommender.reading.resume.jobs.headline import CITY_STATE
from recommender.reading.text.titles import CONNECTORS, LEVELS, WEAK_NOUNS, bare, is_modifier, is_noun

#: Words before the dates that can belong to the head.
_REACH = 24
_PLACE_TAIL = re.compile(
    r"\s+[-–—|•·@]\s+(?P<place>(?:[A-Z][\w.'’]*|St\.|de|of|la|del|and)(?:[ -](?:[A-Z][\w.'’]*|of|de|la|del|and))*"
    r"(?:,\s*[A-Z][\w.'’]*(?:[ ][A-Z][\w.'’]*)*)*)\s*\Z"
)
_COMPANY = re.compile(
    r"(?:inc|llc|ltd|limited|corp|corporation|co|company|companies|group|gmbh|plc|pvt|llp|lp|university|college|school|institute"
    r"|hospital|bank|technologies|technology|solutions|systems|services|consulting|associates|partners|industries"
    r"|international|foundation|center|department|agency|insurance|health|healthcare|enterprises|labs|studio|studios|stores?)\Z"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”)]?\Z")
#: A city is one word, or begins like one: "Acme Electronics, TX" is none.
_CITY = re.compile(
    r"[A-Z][\w.'’-]+,|(?:San|Santa|Los|Las|New|Fort|Ft\.?|St\.?|Saint|El|La|Lake|Mount|North|South|East|West|Salt)\s"
)
_LEVEL = re.compile(r"^(?:sr\.?|senior|jr\.?|junior|lead|principal|staff|associate|assistant)\s+")
_ABBREVIATION = re.compile(
    r"(?<![a-z])(?:sr|jr|inc|corp|ltd|co|dr|st|mr|ms|mrs|no|vs|etc|u\.s|u\.k|i\.t|v\.p|asst|mgr|dept|pvt|p\.c)\.\Z",
    re.I,
)


#: What begins a bullet.
_MARKS = frozenset("•*?-–—·▪o§➢")
#: What some collections of résumés put in place of the employer.
_MASKED = re.compile(r"(?:^|(?<=\n))\s*Company Name\b(?:\s*City\s*,\s*State)?[\s/|,–-]*")
_MASKED_AFTER = re.compile(r"[\s/|,–-]*(?:\bCompany Name\b)?[\s/|,–-]*(?:City\s*,\s*State)?[\s/|,–-]*\Z")
#: Words that lead in the dates ("Duration: May 2016 to ...").
_LEAD_IN = re.compile(r"(?<![^\s(])(?:from|since|dates?|duration|tenure|period|employed)\s*:?\Z", re.IGNORECASE)
_LOOSE = " \t(|,;:-–—•·"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A role's head. `at` is the offset in the text where it begins; `score` says how sure it is (good from 0 on)."""

    title: str | None
    company: str | None
    location: str | None
    at: int
    score: float


class _Word(msgspec.Struct, frozen=True):
    """A word before the dates, and what it is worth by its place: anywhere in a title or a company, and there before
    the last word. `breaks`: a line ends before it."""

    text: str
    at: int
    breaks: bool
    noun: bool
    weak: bool
    in_title: float
    inner_title: float
    in_company: float
    inner_company: float


class _Line:
    """The words before some dates, with running sums of what they are worth."""

    def __init__(self, words: list[_Word], titles: Set[str], located: bool) -> None:
        self.words = words
        self.titles = titles
        self.located = located
        self.nouns = [0, *accumulate(int(word.noun) for word in words)]
        self.in_title = [0.0, *accumulate(word.in_title for word in words)]
        self.inner_title = [0.0, *accumulate(word.inner_title for word in words)]
        self.in_company = [0.0, *accumulate(word.in_company for word in words)]
        self.inner_company = [0.0, *accumulate(word.inner_company for word in words)]
        self.firm = max((index for index, word in enumerate(words) if _COMPANY.match(bare(word.text))), default=-1)


def read_head(text: str, floor: int, until: int, titles: Set[str] = frozenset()) -> Head | None:
    """The head that ends at `until` and begins not before `floor`; `titles` are titles of this person known elsewhere,
    case-folded. None where no words stand there."""
    before = text[max(floor, until - 260) : until]
    shift = until - len(before)
    whole = shift <= floor
    before = _LEAD_IN.sub("", before.rstrip(_LOOSE)).rstrip(_LOOSE)
    location = None
    tail = _PLACE_TAIL.search(before, max(0, len(before) - 90))
    if tail and not _is_title_like(tail["place"]) and "\n" not in tail[0]:
        location = tail["place"]
        before = before[: tail.start()]
    masked = _MASKED.search(before)
    if masked or "City" in before:
        before = _MASKED_AFTER.sub("", before)
    if masked:
        shift += masked.end()
        before = before[masked.end() :]
    words = _words(before, shift, whole=whole)
    if not words:
        return None
    line = _Line(words, titles, location is not None)
    best = max(_pairs(line), key=lambda pair: pair[0], default=None)
    if best is None:
        return None
    score, begin, cut = best
    title = _joined(text, words, begin, cut)
    company = _joined(text, words, cut, len(words))
    if location and company is None and CITY_STATE.fullmatch(", ".join(location.split(", ")[1:])):
        company, location = _without_place(location)
    elif company and location is None:
        company, location = _without_place(company)
    return Head(title=title, company=company, location=location, at=words[begin].at, score=score)


def _without_place(company: str) -> tuple[str | None, str | None]:
    """A company without the place behind it ("Initech, Austin, TX"), and the place."""
    if CITY_STATE.fullmatch(company) and _CITY.match(company):
        return None, company
    parts = company.rsplit(", ", 2)
    place = ", ".join(parts[1:])
    if len(parts) == 3 and CITY_STATE.fullmatch(place):
        return parts[0], place
    return company, None


def _joined(text: str, words: list[_Word], begin: int, end: int) -> str | None:
    if begin >= end:
        return None
    last = words[end - 1]
    joined = re.sub(r"\s+", " ", text[words[begin].at : last.at + len(last.text)])
    joined = joined.strip(" ,;:|•·*–—") if joined.count("(") == joined.count(")") else joined.strip(" ,;:|•·*–—()")
    return re.sub(r"^-\s*|\s*-$", "", joined) or None


def _words(before: str, shift: int, *, whole: bool) -> list[_Word]:
    """The words of a text that begins at `shift`; `whole`: it begins where a line, or the text after a span, does."""
    found = list(re.finditer(r"\S+", before))
    whole = whole and len(found) <= _REACH
    words: list[_Word] = []
    depth, end = 0, -1
    for match in found[-_REACH:]:
        text = match[0]
        breaks = whole if end < 0 else "\n" in before[end : match.start()]
        depth = max(0, depth + text.count("(") - text.count(")"))
        words.append(_weighed(text, shift + match.start(), breaks, depth))
        end = match.end()
    return words


def _weighed(text: str, at: int, breaks: bool, depth: int) -> _Word:
    plain = bare(text)
    noun, weak = is_noun(text), plain in WEAK_NOUNS
    small = text[:1].islower()
    ends = bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text)
    if noun or weak or plain in CONNECTORS or is_modifier(text) or LEVELS.match(text):
        in_title = 0.25
    else:
        in_title = -1.5 if small else 0.0 if text.startswith("(") else -0.45
    stops = text[-1] in ":;" or text in ("•", "*", "?")
    comma = text.endswith(",")
    return _Word(
        text, at, breaks, noun, weak,
        in_title=in_title,
        inner_title=-4.0 * ends - 4.0 * stops - 0.8 * (comma and depth == 0),
        in_company=-1.2 if small and plain not in CONNECTORS and "." not in text else 0.0,
        inner_company=-2.5 * (ends and len(text) > 3) - 0.6 * (comma or text[-1] in ":;"),
    )  # fmt: skip


def _is_title_like(place: str) -> bool:
    return any(is_noun(word) for word in place.replace(",", " ").split())


def _pairs(line: _Line) -> Iterator[tuple[float, int, int]]:
    """(score, where the title begins, where it ends) of everything worth weighing."""
    words = line.words
    last_break = max((index for index, word in enumerate(words) if word.breaks), default=0)
    companies = [_company_score(line, cut) for cut in range(len(words) + 1)]
    for begin in range(last_break, len(words)):
        edge = _edge(words, begin)
        if edge <= -3.0:
            continue
        for cut in _cuts(words, begin):
            yield edge + _title_score(line, begin, cut) + companies[cut], begin, cut


def _edge(words: list[_Word], begin: int) -> float:
    """How well a head can begin at a word."""
    word = words[begin].text
    if not (word[:1].isupper() or word[:1].isdigit() or word[:1] in ".(\"'" or is_modifier(word) or is_noun(word)):
        return -4.0
    if word[:1].islower() and any(later.text[:1].isupper() for later in words[begin + 1 : begin + 3]):
        return -3.0
    if words[begin].breaks:
        return 2.5
    if begin == 0:
        return 0.0
    before = words[begin - 1].text
    if before in _MARKS:
        return -0.4  # heads are no bullets: a line that begins with one goes on from the role above
    if _SENTENCE_END.search(before) and not _ABBREVIATION.search(before):
        return 2.5
    if before[-1] in ":;)]}":
        return 1.0
    if before[-1] in ",/&(-–—" or before.lower() in CONNECTORS:
        return -2.5
    if before[:1].islower():
        return 1.2
    return -0.6


def _cuts(words: list[_Word], begin: int) -> Iterator[int]:
    """Where a title that begins at `begin` can end: after each head noun and what hangs on it; or at once."""
    yield begin
    seen = -1
    for index in range(begin, min(len(words), begin + 14)):
        text = words[index].text
        if not (words[index].noun or words[index].weak):
            continue
        end = _with_tail(words, index + 1)
        if index + 1 != seen:
            yield index + 1
        if end != index + 1:
            yield end
        if text.endswith(",") or (
            index + 1 < len(words) and words[index + 1].text in ("-", "–", "of", "for", "in", ",")
        ):
            yield from range(max(end, index + 2) + 1, min(index + 7, len(words) + 1))
        seen = end


def _with_tail(words: list[_Word], end: int) -> int:
    """The end of a title with its level ("II") and what is in brackets."""
    while end < len(words) and LEVELS.match(words[end].text) and not words[end - 1].text.endswith(","):
        end += 1
    if end < len(words) and words[end].text.startswith("("):
        for close in range(end, min(end + 6, len(words))):
            if words[close].text.rstrip(",.").endswith(")"):
                return close + 1
    return end


def _title_score(line: _Line, begin: int, cut: int) -> float:
    if begin == cut:
        return -1.5
    words = line.words
    score = line.in_title[cut] - line.in_title[begin] + line.inner_title[cut - 1] - line.inner_title[begin]
    nouns = line.nouns[cut] - line.nouns[begin]
    if nouns:
        score += 3.0 + 0.2 * min(nouns, 3)
    elif words[cut - 1].weak:
        score += 1.4
    if line.titles:
        score += _known(" ".join(word.text for word in words[begin:cut]).casefold().strip(" ,.-"), line.titles)
    last = words[cut - 1].text
    if words[begin].text[:1].islower() and last[:1].isupper():
        score -= 3.0
    if bare(last) in CONNECTORS or last[-1] in "&/-–,":
        score -= 2.0
    return score - 0.5 * max(0, cut - begin - 7)


def _known(title: str, titles: Set[str]) -> float:
    """What it is worth that this person has held the title, or the same one at another level."""
    if title in titles:
        return 2.5
    return 2.3 if _LEVEL.sub("", title) in titles else 0.0


def _company_score(line: _Line, cut: int) -> float:
    words = line.words
    if cut == len(words):
        return -1.6 if line.located else -1.0
    first, last = words[cut].text, words[-1].text
    score = line.in_company[-1] - line.in_company[cut] + line.inner_company[-2] - line.inner_company[cut]
    if not (first[:1].isupper() or first[:1].isdigit() or first[:1] in "([\"'"):
        score -= 0.6 if re.match(r"[\w-]+(?:\.[a-z]+)+$|[a-z]+[A-Z]", first) else 3.0
    if first in ("&", "/", "-", "–", ",") or bare(first) in CONNECTORS - {"the"}:
        score -= 3.0
    if LEVELS.match(first) or words[cut].noun:
        score -= 2.8
    elif _COMPANY.match(bare(first)):
        score -= 1.8  # "Associates", "Group", "Inc" stand behind a name
    elif first.startswith("("):
        score -= 1.8
    elif is_modifier(first):
        score -= 0.5
    score -= 1.6 * (line.nouns[-1] - line.nouns[cut + 1])
    if line.firm >= cut:
        score += 0.8
    if last.startswith(("Inc", "LLC", "Ltd")) and len(words) - cut > 1 and words[-2].text.endswith(","):
        score += 0.6  # the comma before "Inc" is part of the name
    return score - 0.4 * max(0, len(words) - cut - 6)
