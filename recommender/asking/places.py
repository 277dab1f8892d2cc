"""Where: places that the gazetteer knows, and where people work from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from recommender.asking.spans import SpanWord, ValueSpan, listed, words_of
from recommender.facts import levels, place_form, workplace_named
from recommender.facts.gazetteer import Gazetteer, gazetteer
from recommender.reading.text.cities import more_cities

#: Words that a name of a place has at most.
_LONGEST = 4
#: Names that are words too: they are places after a word that says so, and with a capital letter.
_WORDS_TOO = listed("places that are words")
_SHORT = frozenset(("US", "USA", "UK", "UAE", "U.S.", "U.S", "U.K.", "U.K", "U.S.A.", "NYC", "SF", "LA", "DC"))
_CUE = re.compile(
    r"\b(?:where:|location:|in|near|from|around|at|based in|located in|to|of)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_BEGINS, _STOPS = re.compile(r"(?:\A|[,;(])\s*\Z"), re.compile(r"\s*(?:\Z|[,;)])")
#: What may be the place around the one before it.
_NARROWED = re.compile(r",\s*([A-Z]\w*(?: [A-Z]\w*)*)")
_WORKPLACE = re.compile(
    r"\b(?:(?:100% |fully |full |partly |partially )?remote(?:ly|[- ]first|[- ]only)?(?! (?:monitor|sens"
    r"|desktop|support|access|control|server|diagnos|patient|team|site|install|procedure|method))"
    r"|hybrid(?! (?:cloud|app|mobile|infra|it|vehicle|environment|electric|data|integration|model|project|agile))"
    r"|on[- ]?site(?! (?:inspection|supervis|manag|visit|safety|engineer|reliab|work|support|install|technic))"
    r"|in[- ]office|work(?:ing)? from home|wfh|home[- ]?office|home[- ]based|telecommut\w+|telework\w*)\b",
    re.IGNORECASE,
)  # fmt: skip


def find_places(text: str, is_place: Callable[[str], bool] | None = None) -> list[ValueSpan]:
    """The places named, in order; one that narrows another beside it is one with it ("Austin, TX").

    Args:
        is_place: what knows more places than the gazetteer, asked of names that stand where places do.
    """
    words, names, found = words_of(text), gazetteer(), list[ValueSpan]()
    number = 0
    while number < len(words):
        size = next(
            (n for n in range(_LONGEST, 0, -1) if _is_place(text, words[number : number + n], n, names, is_place)), 0
        )
        if not size:
            number += 1
            continue
        start, end = words[number].start, words[number + size - 1].end
        number += size
        while number < len(words) and (wider := _wider(text, (start, end), words, number, names)):
            number += wider
            end = words[number - 1].end
        found.append(ValueSpan(start, end, " ".join(text[start:end].split())))
    return found


def _is_place(
    text: str, words: Sequence[SpanWord], size: int, names: Gazetteer, is_place: Callable[[str], bool] | None
) -> bool:
    if len(words) < size or not _together(text, words):
        return False
    written = text[words[0].start : words[-1].end]
    name = place_form(written)
    before = text[max(0, words[0].start - 20) : words[0].start]
    alone = _BEGINS.search(before) and _STOPS.match(text, words[-1].end)
    lived_in = bool(is_place and written[:1].isupper() and (_CUE.search(before) or alone) and is_place(written))
    if not _is_known(name, names):
        return lived_in
    if size == 1 and written in _SHORT:
        return True
    if (size == 1 and len(name) < 4) or name in names.region_by_code:
        return False
    if name in _WORDS_TOO:
        return lived_in or (written[:1].isupper() and bool(_CUE.search(before) or _is_narrowed(text, words, names)))
    return True


def _is_narrowed(text: str, words: Sequence[SpanWord], names: Gazetteer) -> bool:
    """Whether the place around it follows: "Reading, England", "Mobile, AL"."""
    found = _NARROWED.match(text, words[-1].end)
    if found is None:
        return False
    name = place_form(found[1])
    return _is_known(name, names) or (name in names.region_by_code and found[1].isupper())


def _is_known(name: str, names: Gazetteer) -> bool:
    return name in more_cities() or any(
        name in table for table in (names.above, names.city_of, names.country_of, names.region_by_name, names.region_of)
    )


def _together(text: str, words: Sequence[SpanWord]) -> bool:
    return all(text[one.end : other.start].isspace() for one, other in itertools.pairwise(words))


def _wider(text: str, own: tuple[int, int], words: Sequence[SpanWord], number: int, names: Gazetteer) -> int:
    """How many of the words that follow say where the place lies: 0 where none do."""
    if text[own[1] : words[number].start].strip() not in ("", ","):
        return 0
    above = set(levels(text[own[0] : own[1]]))
    for size in range(min(_LONGEST, len(words) - number), 0, -1):
        part = words[number : number + size]
        if not _together(text, part):
            continue
        written = text[part[0].start : part[-1].end]
        code = names.region_by_code.get(place_form(written)) if written.isupper() and len(written) == 2 else None
        named = {place_form(written), names.country_of.get(place_form(written), ""), *(code or ())}
        if code and len(above) == 1 and text[own[1] : own[1] + 1] == ",":  # a town that many states have
            return size
        if named & above - {place_form(text[own[0] : own[1]])}:
            return size
    return 0


def find_workplaces(text: str) -> Iterator[ValueSpan]:
    """Where people work from, by its name."""
    for match in _WORKPLACE.finditer(text):
        plain = re.sub(r"(?<=remote)ly\b", "", match[0].casefold())
        named = workplace_named(plain) or ("remote" if re.search(r"remote|tele|home", plain) else None)
        if named:
            yield ValueSpan(match.start(), match.end(), named)
