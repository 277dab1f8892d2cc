"""Where titles stand in a sentence or a line: the word that ends one, and the words before it that belong to it."""

from __future__ import annotations

import re

from recommender.asking.spans import SpanWord, ValueSpan, listed, words_of
from recommender.asking.titles.heads import BEFORE_HEADS, LEARNERS, WITH_OF, is_head
from recommender.asking.titles.short import full, is_short, is_unsure, modifying, spelled_out
from recommender.facts import title_info
from recommender.reading.text.titles import is_modifier, is_noun
from recommender.skills import Vocabulary

#: Words before the head of a title that are looked at.
_LONGEST = 5
_OF = re.compile(r"\s+of\s+((?:[\w&]+\s*){1,3})", re.IGNORECASE)
#: Nouns that end titles, and that ask for nobody when they stand alone in a request.
_NO_OCCUPATION = listed("no occupation")
#: Words that stand before titles and belong to none.
_LITTLE = listed("before titles")
_RANKS = listed("ranks")
_SCHOOLS = listed("schools") | _RANKS | LEARNERS
#: Skills that name a line of work as well: there are devops engineers, while "React or Angular developer" asks for
#: a skill.
LINES_OF_WORK = listed("lines of work")
_ARTICLES = frozenset(("a", "an", "the", "our", "your", "some"))
#: Words that praise people, and the ends of such: they are no part of a title.
_PRAISE = listed("praise") | _LITTLE
_ADJECTIVES = ("able", "ate", "ed", "ent", "ful", "ible", "ing", "ive", "less", "ous", "ly")
#: Ranks that titles begin with, and that people have alone.
_BELOW = frozenset(("assistant", "associate", "deputy"))
#: What is done with or for people, after the word for them: "teller training", "student services".
_DONE_FOR = listed("done for people")


def titles_in(written: str, vocabulary: Vocabulary, tools: dict[int, int], *, advert: bool) -> list[ValueSpan]:
    """The titles in one sentence or line, by position.

    Args:
        tools: first character → last of each skill that is no part of a title after it.
        advert: whether words that titles are not known to have end one.
    """
    words, found, after = words_of(written), list[ValueSpan](), 0
    for number, word in enumerate(words):
        if number < after or not is_head(word, written, vocabulary):
            continue
        if number + 1 < len(words) and _goes_on(written, words, number, vocabulary):
            continue
        begin = _begin(written, words, number, after, tools, advert=advert)
        if begin == number and (is_unsure(word.text) or _is_first_half(written, words, number)):
            continue
        end = word.end
        if WITH_OF.search(word.text) and (of := _OF.match(written, end)):
            end = of.start(1) + len(of[1].rstrip())
        if _asks(words[begin : number + 1]):
            title = " ".join(written[words[begin].start : end].split())
            found.append(ValueSpan(words[begin].start, end, spelled_out(title)))
        after = number + 1
    return found


def _asks(words: list[SpanWord]) -> bool:
    """Whether a title says what somebody does: "marketing intern" does, "recent graduate" and "team lead" do not."""
    plain = [word.text.casefold() for word in words]
    if plain[-1] in LEARNERS:
        return not set(plain) <= _SCHOOLS
    return " ".join(plain) not in _NO_OCCUPATION | _RANKS


def _goes_on(written: str, words: list[SpanWord], number: int, vocabulary: Vocabulary) -> bool:
    """Whether the next word ends the title: "engineering manager", "software engineer manager"."""
    return _touch(written, words, number) and is_head(words[number + 1], written, vocabulary)


def _touch(written: str, words: list[SpanWord], number: int) -> bool:
    """Whether nothing but a blank is between a word and the next, the full stop of a short form left out."""
    gap = written[words[number].end : words[number + 1].start]
    gap = gap.removeprefix(".") if is_short(words[number].text) else gap
    return gap.isspace() and "\n" not in gap


def _is_first_half(written: str, words: list[SpanWord], number: int) -> bool:
    """Whether a lone word for people opens a phrase: "teller training", "assistant project manager"."""
    if number + 1 == len(words) or not _touch(written, words, number):
        return False
    following = words[number + 1].text
    return following.casefold() in _DONE_FOR or (
        full(words[number].text).casefold() in _BELOW and is_modifier(following) and number + 2 < len(words)
    )


def _begin(written: str, words: list[SpanWord], head: int, after: int, tools: dict[int, int], *, advert: bool) -> int:
    """The first word of the title that ends with a head: its modifiers, without ranks and tools before them."""
    begin = head
    while begin > after and head - begin < _LONGEST:
        word = words[begin - 1]
        if not _touch(written, words, begin - 1):
            break
        first = _first_of_tool(words, begin - 1, tools)
        if after <= first < begin - 1:  # "Ruby on Rails developer"
            begin = first
            continue
        if word.text == "&" and begin < head and begin - 2 >= after and _is_pair(words, begin):
            begin -= 2
            continue
        known = _is_known(word.text) or (advert and begin == head and _names(words, head - 1))
        # what is typed into a box has nothing but the title before its head
        if word.text.casefold() in _LITTLE or (
            not known and (advert or not word.text.replace("/", "").replace("&", "").isalpha())
        ):
            break
        begin -= 1
    while begin < head:
        if words[begin].text.casefold() in ("part", "full") and words[begin + 1].text.casefold() == "time":
            begin = min(begin + 2, head)
        elif _is_rank(written, words, begin, head):
            begin += 1
        elif _is_tool(written, words, begin, head, tools):
            end = max(tools[words[begin].start], words[begin].end)
            begin = next(at for at in range(begin, head + 1) if words[at].start >= end)
        else:
            break
    return begin


def _is_pair(words: list[SpanWord], after: int) -> bool:
    """Whether a title names two things by "&" before a word: "tool & die maker"."""
    first, second = words[after - 2].text, words[after].text
    return all(word.isalpha() and word.islower() and word not in _LITTLE for word in (first, second))


def _is_known(word: str) -> bool:
    return is_modifier(modifying(word)) or is_noun(full(word)) or word.isupper() or word.startswith(".")


def _names(words: list[SpanWord], number: int) -> bool:
    """Whether a word that no list has says of whom or what the next one's work is: "a caring victim advocate"."""
    word = words[number].text
    if number == 0:
        return word.isalpha() and word[0].isupper()
    before, head = words[number - 1].text, words[number + 1].text
    opens = before.casefold() in _ARTICLES | _RANKS or not _is_noun_like(before)
    named = word[0].isupper() and head[0].isupper() and word.casefold() not in _PRAISE | _RANKS
    return word.isalpha() and opens and (_is_noun_like(word) or named or word.casefold() in BEFORE_HEADS)


def _is_noun_like(word: str) -> bool:
    return word.casefold() not in _PRAISE and not word.casefold().endswith(_ADJECTIVES)


def _is_rank(written: str, words: list[SpanWord], number: int, head: int) -> bool:
    """Whether a word says how senior somebody is: "staff" does of an engineer, and not of a nurse."""
    rank = words[number].text.strip(".").casefold()
    if rank == "level":  # a mid level designer is one of levels; a level designer makes them
        return number > 0 and words[number - 1].text.casefold() in _RANKS
    if rank == "staff":
        return title_info(written[words[number].start : words[head].end]).seniority not in (None, "mid")
    return rank in _RANKS


def _first_of_tool(words: list[SpanWord], number: int, tools: dict[int, int]) -> int:
    """The first word of the tool that a word ends; the word itself where it ends none."""
    start = next((start for start, end in tools.items() if end == words[number].end), words[number].start)
    return next((at for at in range(number, -1, -1) if words[at].start <= start), number)


def _is_tool(written: str, words: list[SpanWord], begin: int, head: int, tools: dict[int, int]) -> bool:
    """Whether a tool stands at the front, and not right before the head: it is no part of the title."""
    end = tools.get(words[begin].start)
    if end is not None and written[words[begin].start : end].casefold().replace(" ", "-") in LINES_OF_WORK:
        return False
    if end is not None and end < words[begin].end:  # "postgres/mysql dba"
        return head - begin >= 1
    return end is not None and end <= words[head - 1].start and head - begin > 1
