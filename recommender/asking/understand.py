"""A text → `Request`: deterministic, offline, each part with the words it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from recommender.asking.credentials import find_certifications, find_companies, find_languages
from recommender.asking.exact import Exact, read_exact
from recommender.asking.foreign import language_of, unknown_words
from recommender.asking.levels import find_levels
from recommender.asking.pieces import Piece, is_advert, pieces
from recommender.asking.places import find_places, find_workplaces
from recommender.asking.request import Part, Prose, Request, Stance
from recommender.asking.spans import ValueSpan, blanked, listed, words_of
from recommender.asking.stances import Interval, intervals, stance_at
from recommender.asking.titles import TOOLS, find_titles
from recommender.asking.years import find_years
from recommender.skills import Vocabulary

#: What may stand between two values of which either will do.
_EITHER = re.compile(r"\s*(?:,?\s*\bor\b|/|\|)\s*(?:an?\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,?\s*\b(?:or|and)\b|/|\||,|&)\s*(?:an?\s+)?", re.IGNORECASE)
#: One entry of what is typed with commas, "and" and "or" between.
_ENTRY = re.compile(
    r"(?:(?<=[,;/|])|\A|(?<=\band)|(?<=\bor)|(?<=(?-i:\bNOT)))\s*"
    r"(?:(?:but )?(?:not|no|without|except|excluding|ideally|preferably|with)\s+)?"
    r"\b([^,;/|]+?)(?=\s*(?:[,;/|]|\Z|\band\b|\bor\b|(?-i:\bNOT\b)))",
    re.IGNORECASE,
)
#: Last words of names of work, which a title says by itself ("backend developer").
_KINDS_OF_WORK = listed("kinds of work")
#: Who asks: "Brightwater Analytics is looking for ...".
_WHO_ASKS = re.compile(
    r"(?:\A|(?<=[.!?\n]))[^.!?\n,]{1,80}?(?=\s(?:is|are)\s(?:\w+ )?(?:looking|hiring|seeking|searching|recruiting)\b"
    r"|\s(?:seeks|wants|needs)\b)"
)
#: Words that say nothing by themselves, and are cut off the ends of what is left between parts.
_LITTLE = listed("little")


@dataclass
class _Reading:
    """What is known of a text while it is understood; `written` is all of it, `text` without what is said exactly."""

    text: str
    written: str
    vocabulary: Vocabulary
    pieces: list[Piece]
    said: dict[int, list[Interval]] = field(default_factory=dict)
    taken: list[tuple[int, int]] = field(default_factory=list)
    covered: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        spans, self.taken, self.covered = self.taken, [], bytearray(len(self.text))
        self.take(spans)

    def take(self, spans: Iterable[tuple[int, int]]) -> None:
        """What these characters say is known."""
        for start, end in spans:
            self.taken.append((start, end))
            self.covered[start:end] = b"\1" * (end - start)

    def piece_at(self, at: int) -> Piece | None:
        """The piece that a character is in."""
        number = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        return self.pieces[number] if number >= 0 and at < self.pieces[number].end else None

    def stance(self, at: int) -> Stance | None:
        """What the text says of something at a character; None where it is no wish."""
        piece = self.piece_at(at)
        if piece is None or piece.kind == "aside":
            return None
        if piece.start not in self.said:
            self.said[piece.start] = intervals(self.text, piece)
        return stance_at(at, self.said[piece.start], piece)

    def parts(self, found: Iterable[ValueSpan], *, any_will_do: re.Pattern[str] = _EITHER) -> tuple[Part, ...]:
        """Parts for what was found and is not taken yet; values between which words say "or" are one part."""
        parts: list[Part] = []
        for one in sorted(found):
            if any(self.covered[one.start : one.end]):
                continue
            stance = self.stance(one.start)
            if stance is None or any(one.value in part.values and part.stance == stance for part in parts):
                continue
            last = parts[-1] if parts else None
            joins = last is not None and last.stance == stance and last.end is not None and stance != "not"
            if joins and last and last.end is not None and any_will_do.fullmatch(self.text, last.end, one.start):
                words = self.written[last.start : one.end]
                parts[-1] = msgspec.structs.replace(last, values=(*last.values, one.value), words=words, end=one.end)
            else:
                parts.append(
                    Part((one.value,), stance, stance == "not", self.written[one.start : one.end], one.start, one.end)
                )
            self.take([(one.start, one.end)])
        return tuple(parts)


def understand(text: str, vocabulary: Vocabulary, is_place: Callable[[str], bool] | None = None) -> Request:
    """What a text asks for. Raises `QueryError` for exact conditions that cannot be read or contradict each other.

    Args:
        is_place: whether somebody lives in a place of this name, where it is one that is known to few.

    Levels, places and the like are looked for first, so that their words are not taken for skills.
    """
    exact = read_exact(text, vocabulary)
    plain = exact.rest
    reading = _Reading(plain, text, vocabulary, pieces(plain), taken=list(exact.spans))
    advert = is_advert(plain)
    reading.take(match.span() for match in _WHO_ASKS.finditer(plain) if advert)
    wished = _without_asides(reading)
    years = find_years(wished)
    if years is not None and years.start is not None and years.end is not None:
        reading.take([(years.start, years.end)])
    found: dict[str, tuple[Part, ...]] = {}
    found["places"] = _one_of(reading.parts(find_places(plain, is_place), any_will_do=_BETWEEN))
    found["workplaces"] = _one_of(reading.parts(find_workplaces(plain), any_will_do=_BETWEEN))
    found["companies"] = reading.parts(find_companies(plain))
    found["certifications"] = reading.parts(find_certifications(plain))
    titles = find_titles(plain, reading.pieces, vocabulary, reading.taken)
    levels = find_levels(wished, [(one.start, one.end) for one in titles], advert=advert)
    found["seniority"] = _one_of(reading.parts(levels, any_will_do=_BETWEEN))
    found["titles"] = _one_of(reading.parts(titles, any_will_do=_BETWEEN))
    found["languages"] = reading.parts(find_languages(plain, vocabulary))
    reading.take(_again(plain, titles))
    tools = tuple(_in_title(found["titles"], vocabulary))
    held = {value for tool in tools for value in tool.values}
    others = (part for part in _skills(reading, advert=advert) if part.stance == "not" or not held & set(part.values))
    found["skills"] = (*tools, *others)
    request = Request(**found, years=years, prose=_prose(reading, advert), language=language_of(plain))  # type: ignore[arg-type]
    request = msgspec.structs.replace(request, not_understood=unknown_words(plain, reading.covered, request.language))
    return _with(request, exact).check()


def _again(text: str, titles: Iterable[ValueSpan]) -> list[tuple[int, int]]:
    """Where the text names its titles again: those words ask for no skill."""
    names = sorted({one.value.casefold() for one in titles}, key=len, reverse=True)
    if not names:
        return []
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    return [match.span() for match in named.finditer(text)]


def _in_title(titles: tuple[Part, ...], vocabulary: Vocabulary) -> Iterator[Part]:
    """The tools in the one title that is asked for: a Python developer knows Python."""
    asked = [part for part in titles if part.stance != "not"]
    if len(asked) != 1 or len(asked[0].values) != 1 or asked[0].words is None or asked[0].start is None:
        return
    (title,) = asked
    assert title.words is not None, "it was found in a text"
    assert title.start is not None, "it was found in a text"
    for mention in vocabulary.asked(title.words):
        tool = vocabulary.field(mention.name) in TOOLS and mention.name.split()[-1].casefold() not in _KINDS_OF_WORK
        if tool and mention.end < len(title.words):
            start, end = title.start + mention.start, title.start + mention.end
            yield Part((mention.name,), title.stance, False, title.words[mention.start : mention.end], start, end)


def _listed(text: str, vocabulary: Vocabulary, named: list[tuple[int, int]]) -> Iterator[ValueSpan]:
    """What is typed between commas by a skill's own name, where prose would not show it for one ("react")."""
    for match in _ENTRY.finditer(text):
        start, end = match.span(1)
        free = not any(begin < end and start < stop for begin, stop in named)
        name = vocabulary.canonical(match[1]) if free and vocabulary.known(match[1]) else ""
        if name.casefold() == match[1].casefold() and vocabulary.field(name) != "languages":
            yield ValueSpan(start, end, name)


def _skills(reading: _Reading, *, advert: bool) -> tuple[Part, ...]:
    vocabulary = reading.vocabulary
    mentions = [
        ValueSpan(m.start, m.end, m.name)
        for m in vocabulary.asked(reading.text)
        if vocabulary.field(m.name) != "languages"  # one that is spoken was found, another tells a kitchen's country
    ]
    if not advert:
        left = blanked(reading.text, reading.taken)
        mentions += _listed(left, vocabulary, [(one.start, one.end) for one in mentions])
    parts = reading.parts(mentions)
    asked = {value for part in parts if part.stance == "must" for value in part.values}
    # what must be and is named again among the duties is asked once
    return tuple(part for part in parts if part.stance != "nice" or not set(part.values) <= asked)


def _one_of(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Wishes of which nobody meets two, as one: any of their values will do."""
    wished = [part for part in parts if part.stance != "not"]
    if len(wished) < 2:
        return parts
    values = tuple(dict.fromkeys(value for part in wished for value in part.values))
    stance: Stance = "must" if any(part.stance == "must" for part in wished) else "nice"
    first = msgspec.structs.replace(wished[0], values=values, stance=stance)
    return (first, *(part for part in parts if part.stance == "not"))


def _without_asides(reading: _Reading) -> str:
    """The text with blanks for what is no wish: places of characters stay as they are."""
    kept = [" "] * len(reading.text)
    for piece in reading.pieces:
        if piece.kind != "aside":
            kept[piece.start : piece.end] = reading.text[piece.start : piece.end]
    return "".join(kept)


def _prose(reading: _Reading, advert: bool) -> tuple[Prose, ...]:
    """What is left of the text: of an advert its sentences, else what stands between the parts."""
    text = reading.text
    if advert:
        return tuple(
            Prose(text[piece.start : piece.end], piece.kind, piece.start, piece.end)
            for piece in reading.pieces
            if any(sign.isalnum() for sign in text[piece.start : piece.end])
        )
    left, begin = list[Prose](), 0
    for start, end in [*sorted(reading.taken), (len(text), len(text))]:
        for match in re.finditer(r"[^,;()\n]+", text[begin : max(begin, start)]):
            words = words_of(match[0])
            while words and words[0].text.casefold() in _LITTLE:
                words.pop(0)
            while words and words[-1].text.casefold() in _LITTLE:
                words.pop()
            if not words or not any(sign.isalnum() for sign in "".join(word.text for word in words)):
                continue
            at, stop = begin + match.start() + words[0].start, begin + match.start() + words[-1].end
            stance = reading.stance(at)
            if stance == "not":
                continue
            left.append(Prose(text[at:stop], "nice" if stance == "nice" else "work", at, stop))
        begin = max(begin, end)
    return tuple(left)


def _with(request: Request, exact: Exact) -> Request:
    """The request with what was said exactly."""
    changes: dict[str, object] = {
        name: (*getattr(request, name), *parts) for name, parts in exact.parts.items() if parts
    }
    if exact.years is not None:
        changes["years"] = exact.years
    return msgspec.structs.replace(request, **changes) if changes else request
