"""The words before some dates in running text, and what each is worth by its place in a title or an employer."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from itertools import accumulate

import msgspec

from recommender.reading.text.titles import CONNECTORS, LEVELS, WEAK_NOUNS, bare, is_modifier, is_noun, opening

#: Words before the dates that can belong to the head.
_REACH = 24
#: Letters of a word whose worth is remembered.
_LONGEST_KNOWN = 40
COMPANY = re.compile(
    r"(?:inc|llc|ltd|limited|corp|corporation|co|company|companies|group|gmbh|plc|pvt|llp|lp|university|college|school|institute"
    r"|hospital|bank|technologies|technology|solutions|systems|services|consulting|associates|partners|industries"
    r"|international|foundation|center|department|agency|insurance|health|healthcare|enterprises|labs|studio|studios|stores?|administration|airlines|union|network|district|clinic)\Z"
)
#: What joins the words before and after it.
JOINTS = frozenset(",/&(-–—:")
SENTENCE_END = re.compile(r"[.!?][\"'”)]?\Z")
ABBREVIATION = re.compile(
    r"(?<![a-z])(?:sr|jr|inc|corp|ltd|co|dr|st|mr|ms|mrs|no|vs|etc|u\.s|u\.k|i\.t|v\.p|asst|mgr|dept|pvt|p\.c)\.\Z",
    re.I,
)


class Word(msgspec.Struct, frozen=True):
    """A word before the dates, and what it is worth by its place: anywhere in a title or a company, and there before
    the last word. `breaks`: a line ends before it. `opens`: how often a title that has it begins with it."""

    text: str
    at: int
    breaks: bool
    noun: bool
    weak: bool
    in_title: float
    inner_title: float
    in_company: float
    inner_company: float
    opens: float


class WordLine:
    """The words before some dates, with running sums of what they are worth."""

    def __init__(self, words: list[Word], titles: Set[str], companies: Set[str], located: bool) -> None:
        self.words = words
        self.titles = titles
        self.companies = companies
        self.located = located
        self.nouns = [0, *accumulate(int(word.noun) for word in words)]
        self.in_title = [0.0, *accumulate(word.in_title for word in words)]
        self.inner_title = [0.0, *accumulate(word.inner_title for word in words)]
        self.seams = [0.0, *accumulate(_seam(words, index) for index in range(len(words)))]
        self.in_company = [0.0, *accumulate(word.in_company for word in words)]
        self.inner_company = [0.0, *accumulate(word.inner_company for word in words)]
        self.firm = max((index for index, word in enumerate(words) if COMPANY.match(bare(word.text))), default=-1)


def words_of(before: str, shift: int, *, whole: bool) -> list[Word]:
    """The words of a text that begins at `shift`; `whole`: it begins where a line, or the text after a span, does."""
    found = list(re.finditer(r"\S+", before))
    whole = whole and len(found) <= _REACH
    words: list[Word] = []
    depth, end = 0, -1
    for match in found[-_REACH:]:
        text = match[0]
        breaks = whole if end < 0 else "\n" in before[end : match.start()]
        depth = max(0, depth + text.count("(") - text.count(")"))
        words.append(_weighed(text, shift + match.start(), breaks, depth))
        end = match.end()
    return words


def _weighed(text: str, at: int, breaks: bool, depth: int) -> Word:
    worth = _worth if len(text) <= _LONGEST_KNOWN else _worth.__wrapped__
    return Word(text, at, breaks, *worth(text, depth == 0))


@lru_cache(maxsize=50_000)
def _worth(text: str, outside: bool) -> tuple[bool, bool, float, float, float, float, float]:
    """What `Word` says of a word wherever it stands: from `noun` on. `outside`: it is in no brackets."""
    plain = bare(text)
    noun, weak = is_noun(text), plain in WEAK_NOUNS
    small = text[:1].islower()
    ends = bool(SENTENCE_END.search(text)) and not ABBREVIATION.search(text)
    if noun or weak or plain in CONNECTORS or is_modifier(text) or LEVELS.match(text):
        in_title = 0.25
    else:
        in_title = -1.5 if small else 0.0 if text.startswith("(") else -0.45
    stops = text[-1] in ":;" or text in ("•", "*", "?")
    comma = text.endswith(",")
    inner_title = -4.0 * ends - 4.0 * stops - 0.8 * (comma and outside)
    in_company = -1.2 if small and plain not in CONNECTORS and "." not in text else 0.0
    inner_company = -2.5 * (ends and len(text) > 3) - 0.6 * (comma or text[-1] in ":;")
    return noun, weak, in_title, inner_title, in_company, inner_company, opening(text)


def _seam(words: list[Word], index: int) -> float:
    """What it costs a title to have the word at `index` within it: one that begins titles, or one behind the noun that
    ends them, is rather the first of the next."""
    if index == 0:
        return 0.0
    before, word = words[index - 1], words[index]
    if before.text[-1] in JOINTS or bare(before.text) in CONNECTORS or word.text[0] in JOINTS:
        return 0.0
    if before.text[-1] == ")":
        return 1.5
    goes_on = word.noun or word.weak or LEVELS.match(word.text) or bare(word.text) in CONNECTORS
    small = before.text.islower() and word.text[0].isupper() and before.text != "end"
    return 4.0 * max(0.0, word.opens - 0.7) + 0.5 * (before.noun and not goes_on) + 0.8 * small
