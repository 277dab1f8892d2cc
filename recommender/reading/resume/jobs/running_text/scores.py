"""What speaks for a title that begins at one word and ends at another, with an employer behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from recommender.reading.resume.jobs.running_text.words import ABBREVIATION, COMPANY, SENTENCE_END, Word, WordLine
from recommender.reading.text.titles import CONNECTORS, LEVELS, bare, is_modifier, is_noun

#: What a title is the same title without: a level, what is in brackets behind it.
_LEVEL = re.compile(
    r"^(?:sr\.?|senior|jr\.?|junior|lead|principal|staff|associate|assistant)\s+|\s*\([^()]*\)\Z|\s+(?:i{1,3}|iv|v|[1-6])\Z"
)
#: What it is worth that titles usually begin with a word.
_OPENING = 2.0
#: What stands in place of an employer's name.
_ALONE = re.compile(
    r"(?:freelancer?|self[ -]employed|freelance[ /]+self[ -]employed|various(?: clients)?)[.,]?", re.IGNORECASE
)
#: What it is worth that this person has worked for the employer before or after.
_SAME_COMPANY = 2.0
#: What begins a bullet.
_MARKS = frozenset("•*?-–—·▪o§➢")


def pairs(line: WordLine) -> Iterator[tuple[float, int, int]]:
    """(score, where the title begins, where it ends) of everything worth weighing."""
    words = line.words
    last_break = max((index for index, word in enumerate(words) if word.breaks), default=0)
    companies = [_company_score(line, cut) for cut in range(len(words) + 1)]
    for begin in range(last_break, len(words)):
        edge = _edge(words, begin)
        if edge <= -3.0:
            continue
        opening = 0.0 if words[begin].breaks else _OPENING * (words[begin].opens - 0.3)
        for cut in _cuts(words, begin):
            first = edge + (opening if cut > begin else 0.0)
            yield first + _title_score(line, begin, cut) + companies[cut], begin, cut


def _edge(words: list[Word], begin: int) -> float:
    """How well a head can begin at a word."""
    word = words[begin].text
    if not (word[:1].isupper() or word[:1].isdigit() or word[:1] in ".(\"'" or is_modifier(word) or is_noun(word)):
        return -4.0
    if word[:1].islower() and any(later.text[:1].isupper() for later in words[begin + 1 : begin + 3]):
        return -3.0
    if words[begin].breaks:
        return 2.5
    if bare(word) == "experience" or not any(map(str.isalpha, word)):
        return -3.0
    if begin == 0:
        return 0.0
    before = words[begin - 1].text
    if before in _MARKS:
        return -0.4  # heads are no bullets: a line that begins with one goes on from the role above
    if SENTENCE_END.search(before) and not ABBREVIATION.search(before):
        return 2.5
    if before[-1] in ":;)]}":
        return 1.0
    if before[-1] == "," and before[:1].islower():
        return -1.0  # a list of what was done may be cut off there
    if before[-1] in ",/&(-–—" or before.lower() in CONNECTORS:
        return -2.5
    return 0.8 if before[:1].islower() else 0.2


def _cuts(words: list[Word], begin: int) -> Iterator[int]:
    """Where a title that begins at `begin` can end: after each head noun and what hangs on it; or at once."""
    yield begin
    seen = -1
    for index in range(begin, min(len(words), begin + 14)):
        if not (words[index].noun or words[index].weak):
            continue
        end = _with_tail(words, index + 1)
        if index + 1 != seen:
            yield index + 1
        if end != index + 1:
            yield end
        after = words[end - 1].text
        if after.endswith(",") or (end < len(words) and words[end].text in ("-", "–", "of", "for", "in", ",")):
            yield from range(end + 1 + (after[-1] != ","), min(end + 6, len(words) + 1))
        seen = end


def _with_tail(words: list[Word], end: int) -> int:
    """The end of a title with its level ("II", "Tier 2") and what is in brackets."""
    if end + 1 < len(words) and bare(words[end].text) in ("tier", "level") and LEVELS.match(words[end + 1].text):
        end += 2
    while end < len(words) and LEVELS.match(words[end].text) and not words[end - 1].text.endswith(","):
        end += 1
    if end < len(words) and words[end].text.startswith("("):
        for close in range(end, min(end + 6, len(words))):
            if words[close].text.rstrip(",.").endswith(")"):
                return close + 1
    return end


def _title_score(line: WordLine, begin: int, cut: int) -> float:
    if begin == cut:
        return -1.5
    words = line.words
    score = line.in_title[cut] - line.in_title[begin] + line.inner_title[cut - 1] - line.inner_title[begin]
    nouns = line.nouns[cut] - line.nouns[begin]
    score -= line.seams[cut] - line.seams[begin + 1]
    if nouns:
        score += 3.0 + 0.2 * min(nouns, 3)
    elif words[cut - 1].weak:
        score += 1.4
    if line.titles:
        score += _known(" ".join(word.text for word in words[begin:cut]).casefold().strip(" ,.-"), line.titles)
    last = words[cut - 1].text
    if cut - begin > 1 and bare(last) == "it" and words[cut - 2].noun:
        score -= 1.5  # "Administrator IT Freedom"
    if words[cut - 2].text.endswith(",") and cut - begin > 1 and not (words[cut - 1].opens < 0.3 or is_modifier(last)):
        score -= 1.0  # "Engineer, Lumen Parcel" rather ends at the comma
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


def _company_score(line: WordLine, cut: int) -> float:
    words = line.words
    if cut == len(words):
        return -1.6 if line.located else -1.0
    first, last = words[cut].text, words[-1].text
    score = line.in_company[-1] - line.in_company[cut] + line.inner_company[-2] - line.inner_company[cut]
    if not (first[:1].isupper() or first[:1].isdigit() or first[:1] in "([\"'"):
        score -= 0.6 if re.match(r"[\w-]+(?:\.[a-z]+)+$|[a-z]+[A-Z]", first) else 3.0
    if first in ("&", "/", "-", "–", ",") or bare(first) in CONNECTORS - {"the"}:
        score -= 3.0
    if len(words) - cut < 4 and _ALONE.fullmatch(" ".join(word.text for word in words[cut:])):
        return 3.0
    if LEVELS.match(first) or words[cut].noun:
        score -= 2.8
    elif COMPANY.match(bare(first)):
        score -= 1.8  # "Associates", "Group", "Inc" stand behind a name
    elif first.startswith("("):
        score -= 3.0
    elif is_modifier(first):
        score -= 0.5
    score -= 1.6 * (line.nouns[-1] - line.nouns[cut + 1])
    if line.firm >= cut:
        score += 0.8
    if line.companies and " ".join(word.text for word in words[cut:]).casefold().strip(" ,.-") in line.companies:
        score += _SAME_COMPANY
    if last.startswith(("Inc", "LLC", "Ltd")) and len(words) - cut > 1 and words[-2].text.endswith(","):
        score += 0.6  # the comma before "Inc" is part of the name
    return score - 0.4 * max(0, len(words) - cut - 6)
