"""The head of a role in a résumé's running text: "Title Company - City, ST" right before its dates.

What stands before a head is often the end of the role above it, with nothing between: every place where the title could
begin and every place where it could end is scored, and the best pair wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from recommender.reading.titles import CONNECTORS, LEVELS, WEAK_NOUNS, bare, is_modifier, is_noun

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
_ABBREVIATION = re.compile(
    r"(?:sr|jr|inc|corp|ltd|co|dr|st|mr|ms|mrs|no|vs|etc|u\.s|u\.k|i\.t|v\.p|asst|mgr|dept|pvt|p\.c)\.\Z", re.I
)


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
    text: str
    at: int
    breaks: bool
    """Whether a line ends before this word."""


def read_head(text: str, floor: int, until: int, titles: frozenset[str] = frozenset()) -> Head | None:
    """The head that ends at `until` and begins not before `floor`; `titles` are titles of this person known elsewhere,
    case-folded. None where no words stand there."""
    before = text[max(floor, until - 260) : until]
    shift = until - len(before)
    before = _LEAD_IN.sub("", before.rstrip(_LOOSE)).rstrip(_LOOSE)
    location = None
    tail = _PLACE_TAIL.search(before, max(0, len(before) - 90))
    if tail and not _is_title_like(tail["place"]) and "\n" not in tail[0]:
        location = tail["place"]
        before = before[: tail.start()]
    words = _words(before, shift)
    if not words:
        return None
    best = max(_pairs(words, titles, location is not None), key=lambda pair: pair[0], default=None)
    if best is None:
        return None
    score, begin, cut = best
    title = _joined(text, words, begin, cut)
    company = _joined(text, words, cut, len(words))
    return Head(title=title, company=company, location=location, at=words[begin].at, score=score)


def _joined(text: str, words: list[_Word], begin: int, end: int) -> str | None:
    if begin >= end:
        return None
    last = words[end - 1]
    joined = re.sub(r"\s+", " ", text[words[begin].at : last.at + len(last.text)])
    joined = joined.strip(" ,;:|•·*–—") if joined.count("(") == joined.count(")") else joined.strip(" ,;:|•·*–—()")
    return re.sub(r"^-\s*|\s*-$", "", joined) or None


def _words(before: str, shift: int) -> list[_Word]:
    found = list(re.finditer(r"\S+", before))[-_REACH:]
    return [
        _Word(match[0], shift + match.start(), "\n" in before[before.rfind(" ", 0, match.start()) + 1 : match.start()])
        if match.start()
        else _Word(match[0], shift, True)
        for match in found
    ]


def _is_title_like(place: str) -> bool:
    return any(is_noun(word) for word in place.replace(",", " ").split())


def _pairs(words: list[_Word], titles: frozenset[str], located: bool) -> Iterator[tuple[float, int, int]]:
    """(score, where the title begins, where it ends) of everything worth weighing."""
    last_break = max((index for index, word in enumerate(words) if word.breaks), default=0)
    for begin in range(last_break, len(words)):
        edge = _edge(words, begin)
        for cut in _cuts(words, begin):
            title = _title_score(words, begin, cut, titles)
            company = _company_score(words, cut, located)
            yield edge + title + company, begin, cut


def _edge(words: list[_Word], begin: int) -> float:
    """How well a head can begin at a word."""
    word = words[begin].text
    if not (word[:1].isupper() or word[:1].isdigit() or word[:1] in ".(\"'" or is_modifier(word) or is_noun(word)):
        return -4.0
    if word[:1].islower() and any(later.text[:1].isupper() for later in words[begin + 1 : begin + 3]):
        return -3.0
    if begin == 0 or words[begin].breaks:
        return 2.5
    before = words[begin - 1].text
    if _SENTENCE_END.search(before) and not _ABBREVIATION.search(before):
        return 2.5
    if before[-1] in ":;)]}•*?":
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
        if not (is_noun(text) or bare(text) in WEAK_NOUNS):
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
    """The end of a title with its level ("II") and what stands in brackets."""
    while end < len(words) and LEVELS.match(words[end].text) and not words[end - 1].text.endswith(","):
        end += 1
    if end < len(words) and words[end].text.startswith("("):
        for close in range(end, min(end + 6, len(words))):
            if words[close].text.rstrip(",.").endswith(")"):
                return close + 1
    return end


def _title_score(words: list[_Word], begin: int, cut: int, titles: frozenset[str]) -> float:
    if begin == cut:
        return -1.5
    part = [word.text for word in words[begin:cut]]
    joined = " ".join(part).casefold().strip(" ,.-")
    score = 3.5 if joined in titles else 0.0
    nouns = sum(is_noun(text) for text in part)
    if nouns:
        score += 3.0 + 0.2 * min(nouns, 3)
    elif bare(part[-1]) in WEAK_NOUNS:
        score += 1.4
    for text in part:
        if (
            is_modifier(text)
            or is_noun(text)
            or LEVELS.match(text)
            or bare(text) in CONNECTORS
            or bare(text) in WEAK_NOUNS
        ):
            score += 0.25
        elif text[:1].islower():
            score -= 1.5
        elif not text.startswith("("):
            score -= 0.45
    depth = 0
    for text in part[:-1]:
        depth += text.count("(") - text.count(")")
        if _SENTENCE_END.search(text) and not _ABBREVIATION.search(text):
            score -= 4.0
        if text[-1] in ":;" or text in ("•", "*", "?"):
            score -= 4.0
        if text.endswith(",") and depth <= 0:
            score -= 0.8
    last = part[-1]
    if bare(last) in CONNECTORS or last[-1] in "&/-–,":
        score -= 2.0
    return score - 0.5 * max(0, len(part) - 7)


def _company_score(words: list[_Word], cut: int, located: bool) -> float:
    part = [word.text for word in words[cut:]]
    if not part:
        return -1.6 if located else -1.0
    first = part[0]
    score = 0.0
    if not (first[:1].isupper() or first[:1].isdigit() or first[:1] in "([\"'"):
        score -= 0.6 if re.match(r"[\w-]+(?:\.[a-z]+)+$|[a-z]+[A-Z]", first) else 3.0
    if bare(first) in CONNECTORS - {"the"} or first in ("&", "/", "-", "–", ",", "and"):
        score -= 3.0
    if LEVELS.match(first) or is_noun(first):
        score -= 1.5
    elif is_modifier(first):
        score -= 0.5
    score -= 1.6 * sum(is_noun(text) for text in part[1:])
    if any(_COMPANY.match(bare(text)) for text in part):
        score += 0.8
    score -= sum(1.2 for text in part if text[:1].islower() and bare(text) not in CONNECTORS and "." not in text)
    score -= sum(
        2.5 for text in part[:-1] if _SENTENCE_END.search(text) and not _ABBREVIATION.search(text) and len(text) > 3
    )
    score -= sum(
        0.6 for text in part[:-1] if text.endswith((",", ":", ";")) and not part[-1].startswith(("Inc", "LLC", "Ltd"))
    )
    return score - 0.4 * max(0, len(part) - 6)
