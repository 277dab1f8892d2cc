"""Exclusions in words that contradict what the same text wants: such a text is understood all the same."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from recommender.asking.request import KINDS, Part, Prose, Request


def without_contradictions(request: Request, exact: Iterable[tuple[str, Part]]) -> tuple[Request, tuple[Prose, ...]]:
    """The request without what it excludes and wants as well, and the words of those exclusions.

    "clinical nutrition, not sports nutrition" names one skill of the vocabulary twice.

    Args:
        exact: what is said exactly, as field and part; what contradicts there is refused by `Request.check`.
    """
    wanted = {
        (field, value.casefold())
        for field, part in (*request.parts(), *exact)
        if part.stance != "not"
        for value in part.values
    }
    kept, cut = {}, []
    for field in KINDS:
        parts = getattr(request, field)
        kept[field] = tuple(
            part
            for part in parts
            if part.stance != "not" or not any((field, value.casefold()) in wanted for value in part.values)
        )
        cut += [Prose(part.words or "", "aside", part.start, part.end) for part in parts if part not in kept[field]]
    return msgspec.structs.replace(request, **kept), tuple(cut)
