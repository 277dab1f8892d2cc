"""A text → `Request`: deterministic, offline, each part with the words it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from recommender.asking.contradictions import without_contradictions
from recommender.asking.credentials import find_certifications, find_companies, find_languages
from recommender.asking.exact import Exact, read_exact
from recommender.asking.foreign import language_of, unknown_words
from recommender.asking.levels import find_levels
from recommender.asking.passages import as_list, is_advert, pieces
from recommender.asking.places import find_places, find_workplaces
from recommender.asking.reading import BETWEEN, Reading
from recommender.asking.request import LEARNERS, Part, Prose, Request, Stance
from recommender.asking.skills import find_skills
from recommender.asking.spans import ValueSpan, listed, words_of
from recommender.asking.titles import excluded_people, find_titles
from recommender.asking.tools import find_tools
from recommender.asking.years import find_years
from recommender.skills import Vocabulary

#: Who asks, and that they do: "Brightwater Analytics is looking for ...".
_WHO_ASKS = re.compile(
    r"(?:\A|(?<=[.!?\n]))[^.!?\n,]{1,80}?(?:\s(?:is|are)\s(?:\w+ )?(?:looking|hiring|seeking|searching|recruiting)\b"
    r"|\s(?:seeks|wants|needs)\b)"
)
#: Whose work it is for: "a bookkeeper for my plumbing business".
_FOR_WHOM = re.compile(
    r"\b(?:for|at|in|to join) (?:my|our) (?:[\w'’&-]+ ){0,4}?(?:agency|bakery|bar|business|cafe|café|charity"
    r"|clinic|company|firm"
    r"|hotel|office|practice|restaurant|school|shop|start-?up|store|studio)\b",
    re.IGNORECASE,
)
#: Brackets around a place, and characters before and after it in which they are looked for.
_OPENED, _CLOSED, _NEAR = re.compile(r"\([^()]*\Z"), re.compile(r"[^()]*\)"), 80
_HIRING = re.compile(
    r"(?:\A|\b(?:we(?:'re|’re)?|are|is|now|i'?m|urgently)\s+)(?:hiring|recruiting)\b(?!\s+manager)", re.IGNORECASE
)
#: Words that say nothing by themselves, and are cut off the ends of what is left between parts.
_LITTLE = listed("little")


def understand(text: str, vocabulary: Vocabulary, is_place: Callable[[str], bool] | None = None) -> Request:
    """What a text asks for. Raises `QueryError` for exact conditions that cannot be read or contradict each other.

    Args:
        is_place: whether somebody lives in a place of this name, where it is one that is known to few.

    Levels, places and the like are looked for first, so that their words are not taken for skills.
    """
    exact = read_exact(text, vocabulary)
    plain = as_list(exact.rest)
    advert = is_advert(plain)
    reading = Reading(plain, text, vocabulary, pieces(plain), advert, taken=list(exact.spans))
    reading.take(match.span() for match in _WHO_ASKS.finditer(plain) if advert)
    reading.take(match.span() for match in _FOR_WHOM.finditer(plain) if advert)
    reading.take(match.span() for match in _HIRING.finditer(plain))
    wished = _without_asides(reading)
    years = find_years(wished)
    if years is not None and years.start is not None and years.end is not None:
        reading.take([(years.start, years.end)])
    found: dict[str, tuple[Part, ...]] = {}
    tools = find_tools(plain, vocabulary)
    places = [one for one in find_places(plain, is_place) if not (advert and _is_product(plain, one, vocabulary))]
    found["places"] = _one_of(reading.parts(places, any_will_do=BETWEEN))
    found["workplaces"] = _one_of(reading.parts(find_workplaces(plain), any_will_do=BETWEEN))
    found["companies"] = reading.parts(find_companies(plain))
    found["certifications"] = reading.parts(find_certifications(plain))
    excluded = reading.excluded()
    titles = find_titles(plain, reading.pieces, vocabulary, reading.taken, tools, excluded)
    begins = {piece.start for piece in reading.pieces}  # of an advert the sentences that say nothing else
    titles += excluded_people(plain, [span for span in excluded if not advert or span[0] in begins])
    found["titles"] = _one_of(reading.parts(titles, any_will_do=BETWEEN, sought=True))
    named = [(one.start, one.end) for one in titles if reading.stance(one.start) != "not"]
    levels = find_levels(wished, named, advert=advert)
    found["seniority"] = _one_of(reading.parts(levels, any_will_do=BETWEEN, sought=True, within=named))
    found["languages"] = reading.parts(find_languages(plain, vocabulary))
    reading.take(_again(plain, titles))
    found["skills"] = find_skills(reading, found["titles"], titles, tools)
    prose, shut_out = _left(reading)
    if not advert:  # whose sentences are left as they are
        prose = tuple(
            sorted((*prose, *_said_again(reading, levels, found["seniority"])), key=lambda one: one.start or 0)
        )
    request = Request(**found, years=years, prose=prose, language=language_of(plain))  # type: ignore[arg-type]
    request, contradicting = without_contradictions(
        request, ((name, part) for name, parts in exact.parts.items() for part in parts)
    )
    unknown = unknown_words(plain, reading.covered, request.language)
    request = msgspec.structs.replace(request, not_understood=_in_order((*shut_out, *contradicting), unknown))
    return _with(request, exact).check()


def _is_product(text: str, place: ValueSpan, vocabulary: Vocabulary) -> bool:
    """Whether brackets list the name of a place among skills: "a WMS (Manhattan, SAP EWM)"."""
    before = _OPENED.search(text, max(0, place.start - _NEAR), place.start)
    after = _CLOSED.match(text, place.end, place.end + _NEAR)
    return before is not None and after is not None and bool(vocabulary.asked(text[before.start() : after.end()]))


def _again(text: str, titles: Iterable[ValueSpan]) -> list[tuple[int, int]]:
    """Where the text names its titles again: those words ask for no skill."""
    names = sorted({one.value.casefold() for one in titles}, key=len, reverse=True)
    if not names:
        return []
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    return [match.span() for match in named.finditer(text)]


def _one_of(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Wishes of which nobody meets two, as one: any of their values will do."""
    wished = [part for part in parts if part.stance != "not"]
    if len(wished) < 2:
        return parts
    values = tuple(dict.fromkeys(value for part in wished for value in part.values))
    stance: Stance = "must" if any(part.stance == "must" for part in wished) else "nice"
    first = msgspec.structs.replace(wished[0], values=values, stance=stance)
    return (first, *(part for part in parts if part.stance == "not"))


def _said_again(reading: Reading, levels: Sequence[ValueSpan], parts: Sequence[Part]) -> Iterator[Prose]:
    """Further words for who begins ("recent graduate, internships"): people who do write them too."""
    said = {part.start for part in parts}
    for one in levels:
        if one.value in LEARNERS and one.start not in said and reading.stance(one.start) in ("must", "nice"):
            yield Prose(reading.text[one.start : one.end], "work", one.start, one.end)


def _without_asides(reading: Reading) -> str:
    """The text with blanks for what is no wish: places of characters stay as they are."""
    kept = [" "] * len(reading.text)
    for piece in reading.pieces:
        if piece.kind != "aside":
            kept[piece.start : piece.end] = reading.text[piece.start : piece.end]
    return "".join(kept)


def _left(reading: Reading) -> tuple[tuple[Prose, ...], tuple[Prose, ...]]:
    """What is left of the text, and what is left of its exclusions: of an advert its sentences and nothing."""
    text = reading.text
    if reading.advert:
        sentences = (
            Prose(text[piece.start : piece.end], piece.kind, piece.start, piece.end)
            for piece in reading.pieces
            if any(sign.isalnum() for sign in text[piece.start : piece.end])
        )
        return tuple(sentences), ()
    left, excluded = list[Prose](), list[Prose]()
    for start, end in _between(reading):
        stance = reading.stance(start)
        if stance == "not":
            excluded.append(Prose(text[start:end], "aside", start, end))
        else:
            left.append(Prose(text[start:end], "nice" if stance == "nice" else "work", start, end))
    return tuple(left), tuple(excluded)


def _between(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where words that say something stand between the parts."""
    text, begin = reading.text, 0
    for start, end in [*sorted(reading.taken), (len(text), len(text))]:
        for match in re.finditer(r"[^,;()\n]+", text[begin : max(begin, start)]):
            words = words_of(match[0])
            while words and _is_little(words[0].text):
                words.pop(0)
            while words and _is_little(words[-1].text):
                words.pop()
            if words and any(sign.isalnum() for sign in "".join(word.text for word in words)):
                yield begin + match.start() + words[0].start, begin + match.start() + words[-1].end
        begin = max(begin, end)


def _is_little(word: str) -> bool:
    return word.casefold() in _LITTLE or not any(sign.isalnum() for sign in word)


def _in_order(excluded: tuple[Prose, ...], unknown: tuple[Prose, ...]) -> tuple[Prose, ...]:
    """What was not understood, each word once."""
    held = [(one.start or 0, one.end or 0) for one in excluded]
    others = (one for one in unknown if not any(start <= (one.start or 0) < end for start, end in held))
    return tuple(sorted((*excluded, *others), key=lambda one: one.start or 0))


def _with(request: Request, exact: Exact) -> Request:
    """The request with what was said exactly."""
    changes: dict[str, object] = {
        name: (*getattr(request, name), *parts) for name, parts in exact.parts.items() if parts
    }
    if exact.years is not None:
        changes["years"] = exact.years
    return msgspec.structs.replace(request, **changes) if changes else request
