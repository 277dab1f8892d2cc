"""The occupations that a text asks for: "IT project manager", "registered nurse or healthcare manager"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recommender.asking.foreign import language_of
from recommender.asking.passages import Piece, is_advert, names_title
from recommender.asking.spans import ValueSpan, blanked
from recommender.asking.titles.alternatives import with_alternatives
from recommender.asking.titles.phrases import titles_in
from recommender.skills import Vocabulary

#: Whose work it is not: they are managed, served or met.
_OTHERS = re.compile(
    r"\b(?:of|with|for|to|from|by|between|manag(?:e|es|ing)|lead(?:ing|s)?|support(?:ing)?|train(?:ing)?|help(?:ing)?"
    r"|advis(?:e|ing)|coach(?:ing)?|supervis(?:e|ing)|our|your|their|other|and)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
#: The same as the first word of what reads like a title: "coaching reps".
_LED = re.compile(
    r"(?:advis|coach|help|hir|lead|manag|mentor|motivat|recruit|supervis|support|teach|train)ing\s.*s\Z", re.IGNORECASE
)
_ASKED = re.compile(
    r"\b(?:looking for|seek(?:s|ing)|searching for|hiring|recruiting|want(?:s|ed)?|need(?:s|ed)?|as|role(?: of)?"
    r"|position(?: of)?|are you"
    r"|vacancy|opening|title|become|join\b[^.]{0,30}\bas|find(?: me)?|is)\s*:?\s+(?:(?:an?|the|our|your|some"
    r"|two|three|next|new|another|experienced"
    r"|talented|motivated|skilled|several|good|great|strong|senior|sr\.?|junior|jr\.?|lead|principal"
    r"|mid[- ]level|entry[- ]level"
    r"|full[- ]time|part[- ]time|remote|hybrid|fully|certified|licensed|qualified|hands[- ]on|bilingual)\s+)*\Z",
    re.IGNORECASE,
)
_ASKED_AFTER = re.compile(
    r"\s*(?:\([mwfdx/ ]+\)\s*)?(?:(?:is|are)\s+)?(?:wanted|needed|required|sought|vacancy|to join)\b", re.IGNORECASE
)
#: What an exclusion begins with.
_EXCLUDES = re.compile(
    r"\A\W*(?:(?:but|not|no|without|any|except|for|excluding|exclude|never|neither|other|than|anything|anyone|anybody|please|from|the|an?)\b\s*)+",
    re.IGNORECASE,
)
#: Who is not to call: "no recruiters, please".
_AGENTS = re.compile(r"(?:recruit|agen)\w+\Z", re.IGNORECASE)
#: Titles that one advert asks for at most.
_MOST = 4


def find_titles(
    text: str,
    pieces: list[Piece],
    vocabulary: Vocabulary,
    taken: Sequence[tuple[int, int]] = (),
    tools: Sequence[ValueSpan] = (),
    excluded: Sequence[tuple[int, int]] = (),
) -> list[ValueSpan]:
    """The titles asked for, in order; of an advert those that it says it is about, else its first.

    Args:
        taken: characters that say something else, and are part of no title.
        tools: skills in the text that may stand before a title without being part of it.
        excluded: characters that say who is not wanted.
    """
    advert = is_advert(text)
    is_prose = advert or language_of(text) is not None
    plain = blanked(text, taken)
    alone = list[ValueSpan]()
    for piece in pieces:
        written = plain[piece.start : piece.end]
        within = {
            one.start - piece.start: one.end - piece.start for one in tools if piece.start <= one.start < piece.end
        }
        strict = is_prose and not names_title(text[piece.start : piece.end])
        found = with_alternatives(
            titles_in(written, vocabulary, within, advert=strict), written, vocabulary, advert=strict
        )
        alone += [ValueSpan(one.start + piece.start, one.end + piece.start, one.value) for one in found]
    alone = [_whole(text, one, excluded) for one in alone]
    if not advert:
        return [one for at, one in enumerate(alone) if not _is_others(text, one, first=at == 0)]
    shut_out = [one for one in alone if any(start <= one.start < end for start, end in excluded)]
    alone = [one for one in alone if one not in shut_out]
    asked = [one for one in alone if _is_asked(text, pieces, one)]
    chosen = asked or [one for one in alone if not _is_others(text, one, first=False)][:1]
    once: dict[str, ValueSpan] = {}
    for one in sorted((*chosen, *(one for one in shut_out if not _AGENTS.match(one.value)))):
        once.setdefault(one.value.casefold(), one)
    first = dict(list(once.items())[: 2 * _MOST])
    # "teacher" says nothing beside "kindergarten teacher"
    return [one for name, one in first.items() if not any(other.endswith(f" {name}") for other in first)][:_MOST]


def _whole(text: str, one: ValueSpan, excluded: Sequence[tuple[int, int]]) -> ValueSpan:
    """Who is shut out with all words that say whom: "no wedding photographers" has nothing against the others."""
    begin = next((start for start, end in excluded if start <= one.start < end), one.start)
    before = _EXCLUDES.sub("", text[begin : one.start])
    if not re.fullmatch(r"(?:[^\W\d_]+ ){1,3}", before):
        return one
    return ValueSpan(one.start - len(before), one.end, before + one.value)


def _is_others(text: str, one: ValueSpan, *, first: bool) -> bool:
    if _LED.match(one.value):
        return True
    before = text[max(0, one.start - 40) : one.start]
    return not first and bool(_OTHERS.search(before)) and not re.search(r"\b(?:and|or|for)\s+\Z", before, re.IGNORECASE)


def _is_asked(text: str, pieces: list[Piece], one: ValueSpan) -> bool:
    """Whether an advert says of a title that it looks for one: by words before or after it, or as its first line."""
    if _ASKED.search(text[max(0, one.start - 60) : one.start]) or _ASKED_AFTER.match(text, one.end):
        return True
    at = next((number for number, piece in enumerate(pieces) if piece.start <= one.start < piece.end), None)
    if at is None:
        return False
    line = text[pieces[at].start : pieces[at].end]
    first = at == 0 and len(line) <= 100 and line[-1] not in ".!"
    return first or (pieces[at].kind == "wanted" and names_title(line))
