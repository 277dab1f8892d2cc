"""Exclusions in words that contradict what the same text wants: such a text is understood all the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from recommender.asking.request import KINDS, Part, Prose, Request


def without_contradictions(request: Request, exact: Iterable[tuple[str, Part]]) -> tuple[Request, tuple[Prose, ...]]:
    """The request without what it excludes by other words than it wants it by, and the words of those exclusions.

    "clinical nutrition, not sports nutrition" names one skill of the vocabulary twice, and means two; "Python, not
    Python" means one, which `Request.check` refuses.

    Args:
        exact: what is said exactly, as field and part; what contradicts there is refused as well.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for field, part in (*request.parts(), *exact):
        for value in part.values if part.stance != "not" else ():
            wanted.setdefault((field, value.casefold()), set()).add((part.words or value).casefold())
    kept, cut = {}, []
    for field in KINDS:
        parts = getattr(request, field)
        kept[field] = tuple(part for part in parts if part.stance != "not" or not _means_another(field, part, wanted))
        cut += [Prose(part.words or "", "aside", part.start, part.end) for part in parts if part not in kept[field]]
    return msgspec.structs.replace(request, **kept), tuple(cut)


def _means_another(field: str, excluded: Part, wanted: Mapping[tuple[str, str], set[str]]) -> bool:
    """Whether what is excluded is wanted too, in other words."""
    said = [wanted[key] for value in excluded.values if (key := (field, value.casefold())) in wanted]
    return bool(said) and not any((excluded.words or "").casefold() in words for words in said)
