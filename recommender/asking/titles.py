"""The occupations that a text asks for: "IT project manager", "registered nurse or healthcare manager"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recommender.asking.foreign import language_of
from recommender.asking.pieces import Piece, is_advert, names_title
from recommender.asking.spans import SpanWord, ValueSpan, blanked, listed, words_of
from recommender.facts import title_info
from recommender.reading.text.titles import is_modifier, is_noun
from recommender.skills import Vocabulary

#: Characters before a word in which a name that it ends may begin.
_BEFORE = 40
#: Ends of words for people, where the word is known for what they do.
_PERSONS = ("er", "or", "ist", "ista", "ian", "man", "woman", "master")
#: Words before the head of a title that are looked at.
_LONGEST = 5
_BREAK = re.compile(r"[,;()|\n\"]|\.\s|\s[-–—/]\s")
#: Whose work it is not: they are managed, served or met.
_OTHERS = re.compile(
    r"\b(?:of|with|for|to|from|by|between|manag(?:e|es|ing)|lead(?:ing|s)?|support(?:ing)?|train(?:ing)?|help(?:ing)?"
    r"|advis(?:e|ing)|coach(?:ing)?|supervis(?:e|ing)|our|your|their|other|and)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:looking for|seeking|searching for|hiring|recruiting|want(?:s|ed)?|need(?:s|ed)?|as|role(?: of)?"
    r"|position(?: of)?"
    r"|vacancy|opening|title|become|join\b[^.]{0,30}\bas|find(?: me)?|is)\s*:?\s+(?:(?:an?|the|our|your|some"
    r"|two|three|next|new|another|experienced"
    r"|talented|motivated|skilled|several|good|great|strong|senior|sr\.?|junior|jr\.?|lead|principal"
    r"|mid[- ]level|entry[- ]level"
    r"|full[- ]time|part[- ]time|remote|hybrid|fully|certified|licensed|qualified|hands[- ]on|bilingual)\s+)*\Z",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+of\s+((?:[\w&]+\s*){1,3})", re.IGNORECASE)
_WITH_OF = re.compile(r"(?:director|head|vice president|vp|chief|dean|professor|chair)\Z", re.IGNORECASE)
#: Nouns that end titles, and that ask for nobody when they stand alone in a request.
_NO_OCCUPATION = listed("no occupation")
#: Words that stand before titles and belong to none.
_LITTLE = listed("before titles")
#: Fields of work whose skills stand before titles as tools.
TOOLS = frozenset(("software", "data", "platform", "networking", "security", "office", "design_media", "engineering"))
_NO_TRADES = TOOLS | {"languages"}
_RANKS = listed("ranks")
#: Nouns that end titles where somebody asks for one, and stand for other things in other texts.
_OCCUPATIONS = listed("occupations")


def find_titles(
    text: str, pieces: list[Piece], vocabulary: Vocabulary, taken: Sequence[tuple[int, int]] = ()
) -> list[ValueSpan]:
    """The titles asked for, in order; of an advert those that it says it is about, else its first.

    Args:
        taken: characters that say something else, and are part of no title.
    """
    advert = is_advert(text)
    is_prose = advert or language_of(text) is not None
    plain = blanked(text, taken)
    alone = [
        ValueSpan(one.start + piece.start, one.end + piece.start, one.value)
        for piece in pieces
        for one in _in_piece(
            plain[piece.start : piece.end],
            vocabulary,
            advert=is_prose and not names_title(text[piece.start : piece.end]),
        )
    ]
    if not advert:
        return [one for at, one in enumerate(alone) if not _is_others(text, one, first=at == 0)]
    asked = [one for one in alone if _is_asked(text, pieces, one)]
    chosen = asked or [one for one in alone if not _is_others(text, one, first=False)][:1]
    once: dict[str, ValueSpan] = {}
    for one in chosen:
        once.setdefault(one.value.casefold(), one)
    return list(once.values())[:4]


def _is_others(text: str, one: ValueSpan, *, first: bool) -> bool:
    before = text[max(0, one.start - 40) : one.start]
    return not first and bool(_OTHERS.search(before)) and not re.search(r"\b(?:and|or|for)\s+\Z", before, re.IGNORECASE)


def _is_asked(text: str, pieces: list[Piece], one: ValueSpan) -> bool:
    """Whether an advert says of a title that it looks for one: after words that ask, or as its first line."""
    if _ASKED.search(text[max(0, one.start - 60) : one.start]):
        return True
    at = next((number for number, piece in enumerate(pieces) if piece.start <= one.start < piece.end), None)
    if at is None:
        return False
    line = text[pieces[at].start : pieces[at].end]
    first = at == 0 and len(line) <= 100 and line[-1] not in ".!"
    return first or (pieces[at].kind == "wanted" and names_title(line))


def _in_piece(written: str, vocabulary: Vocabulary, *, advert: bool) -> list[ValueSpan]:
    words, found, after = words_of(written), list[ValueSpan](), 0
    tools = {m.start: m.end for m in vocabulary.asked(written) if vocabulary.field(m.name) in TOOLS}
    for number, word in enumerate(words):
        if number < after or not _is_head(word, written, vocabulary):
            continue
        if number + 1 < len(words) and _goes_on(written, words, number, vocabulary):
            continue
        begin = _begin(written, words, number, after, tools, advert=advert)
        end = word.end
        if _WITH_OF.search(word.text) and (of := _OF.match(written, end)):
            end = of.start(1) + len(of[1].rstrip())
        title = written[words[begin].start : end]
        if title.casefold() not in _NO_OCCUPATION | _RANKS:
            found.append(ValueSpan(words[begin].start, end, " ".join(title.split())))
        after = number + 1
    return found


def _is_head(word: SpanWord, written: str, vocabulary: Vocabulary) -> bool:
    """Whether a title may end with a word: "SQL Server" and "Illustrator" are tools, a welder is none."""
    noun = is_noun(word.text) or word.text.casefold() in _OCCUPATIONS
    if not noun and not word.text.casefold().endswith(_PERSONS):
        return False
    before = max(0, word.start - _BEFORE)
    named = [m for m in vocabulary.asked(written[before : word.end + 1]) if m.end + before == word.end]
    tool = any(vocabulary.field(m.name) in TOOLS and _ends_alike(m.name, word.text) for m in named)
    other_trade = any(vocabulary.field(m.name) not in _NO_TRADES for m in named) or any(
        _is_master(m.name) for m in named
    )
    return not tool and (noun or other_trade)


def _ends_alike(name: str, word: str) -> bool:
    return name.split()[-1].casefold() == word.casefold() and not _is_master(name)


def _is_master(name: str) -> bool:
    return name.casefold().endswith(" master")


def _goes_on(written: str, words: list[SpanWord], number: int, vocabulary: Vocabulary) -> bool:
    """Whether the next word ends the title: "engineering manager", "software engineer manager"."""
    here, following = words[number], words[number + 1]
    together = not _BREAK.search(written[here.end : following.start]) and written[here.end : following.start].isspace()
    return together and _is_head(following, written, vocabulary)


def _begin(written: str, words: list[SpanWord], head: int, after: int, tools: dict[int, int], *, advert: bool) -> int:
    """The first word of the title that ends with a head: its modifiers, without ranks and tools before them."""
    begin = head
    while begin > after and head - begin < _LONGEST:
        word, following = words[begin - 1], words[begin]
        first = _first_of_tool(words, begin - 1, tools)
        if after <= first < begin - 1:  # "Ruby on Rails developer"
            begin = first
            continue
        gap = written[word.end : following.start]
        if _BREAK.search(written[word.end : following.start + 1]) or (gap and not gap.isspace()):
            break
        known = is_modifier(word.text) or is_noun(word.text) or word.text.isupper() or word.text.startswith(".")
        # what is typed into a box has nothing but the title before its head
        if word.text.casefold() in _LITTLE or (not known and (advert or not word.text.isalpha())):
            break
        begin -= 1
    while begin < head and (_is_rank(written, words, begin, head) or _is_tool(words, begin, head, tools)):
        begin += 1
    return begin


def _is_rank(written: str, words: list[SpanWord], number: int, head: int) -> bool:
    """Whether a word says how senior somebody is: "staff" does of an engineer, and not of a nurse."""
    rank = words[number].text.strip(".").casefold()
    if rank == "staff":
        return title_info(written[words[number].start : words[head].end]).seniority not in (None, "mid")
    return rank in _RANKS


def _first_of_tool(words: list[SpanWord], number: int, tools: dict[int, int]) -> int:
    """The first word of the tool that a word ends; the word itself where it ends none."""
    start = next((start for start, end in tools.items() if end == words[number].end), words[number].start)
    return next((at for at in range(number, -1, -1) if words[at].start <= start), number)


def _is_tool(words: list[SpanWord], begin: int, head: int, tools: dict[int, int]) -> bool:
    """Whether a tool stands at the front, and not right before the head: it is no part of the title."""
    end = tools.get(words[begin].start)
    return end is not None and end <= words[head - 1].start and head - begin > 1
