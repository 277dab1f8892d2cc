"""A request in words as a page shows it: each part a chip that can be taken out, or be made strict."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from recommender.asking import Part, Prose, Request
from recommender.asking.request import KINDS
from recommender.collection.keys import place_name
from recommender.privacy import masked
from recommender.service.pages import words
from recommender.service.pages.filters.chips import said_years
from recommender.service.pages.filters.choices import Choices

#: Names of what an address says of parts: those taken out, and those that are strict.
DROP, STRICT = "drop", "strict"


class PartChip(msgspec.Struct, frozen=True):
    """One part of a request.

    Attributes:
        stance: "must", "nice" or "not"; "work" for a title that is weighed, which is no must that is counted; "about"
            for words that are no condition.
        words: of the text that it came from.
        drop: the query without it.
        is_strict: whether who lacks it is no answer.
        toggle: the query that makes it strict or not; None where it cannot be otherwise.
    """

    kind: str
    label: str
    stance: str
    words: str | None
    drop: str
    is_strict: bool = False
    toggle: str | None = None


def edited(request: Request, dropped: Collection[str], strict: Collection[str]) -> Request:
    """The request as the address changes it: without the parts of these keys, and with some of them strict."""
    changes: dict[str, Any] = {
        field: tuple(
            msgspec.structs.replace(part, strict=True)
            if _key(field, part) in strict and part.stance == "must"
            else part
            for part in getattr(request, field)
            if _key(field, part) not in dropped
        )
        for field in KINDS
    }
    if request.years is not None:
        kept = None if "years" in dropped else request.years
        changes["years"] = msgspec.structs.replace(kept, strict=True) if kept and "years" in strict else kept
    changes["prose"] = tuple(one for one in request.prose if _prose_key(one) not in dropped)
    return msgspec.structs.replace(request, **changes)


def part_chips(request: Request, choices: Choices) -> tuple[PartChip, ...]:
    """The parts of an edited request, musts first, then what is nice, what must not be, and words beside them."""
    order = ("work", "must", "nice", "not", "about")
    return tuple(sorted(_chips(request, choices), key=lambda one: order.index(one.stance)))


def _chips(request: Request, choices: Choices) -> Iterator[PartChip]:
    for field, part in request.parts():
        said = (words.place(place_name(value)) if field == "places" else value for value in part.values)
        label, key = masked(" or ".join(said)), _key(field, part)
        # a title that is asked for is weighed, and a name or what must not be is strict by itself
        can_be = part.stance == "must" and field != "names"
        stance = "work" if field == "titles" and can_be and not part.strict else part.stance
        yield _chip(choices, key, KINDS[field], label, stance, part.words, part.strict, can_be)
    if (years := request.years) is not None:
        label = said_years(years.min, years.max)
        yield _chip(choices, "years", "years", label, "must", years.words, years.strict, True)
    for one in request.prose:
        if one.kind != "aside":
            yield _chip(choices, _prose_key(one), "words", masked(one.text), "about", None, False, False)


def _chip(
    choices: Choices, key: str, kind: str, label: str, stance: str, words: str | None, is_strict: bool, can_be: bool
) -> PartChip:
    asked = (STRICT, key) in choices.kept
    toggled = tuple(pair for pair in choices.kept if pair != (STRICT, key)) + (() if asked else ((STRICT, key),))
    toggle = msgspec.structs.replace(choices, kept=toggled).query() if can_be and (asked or not is_strict) else None
    dropped = msgspec.structs.replace(choices, kept=(*choices.kept, (DROP, key))).query()
    return PartChip(kind, label, stance, masked(words) if words else None, dropped, is_strict, toggle)


def _key(field: str, part: Part) -> str:
    """What an address calls a part: its kind and values, so that it stays the same whatever else is taken out."""
    return f"{KINDS[field]}:{'|'.join(part.values)}".casefold()


def _prose_key(one: Prose) -> str:
    return f"words:{one.text[:60]}".casefold()
