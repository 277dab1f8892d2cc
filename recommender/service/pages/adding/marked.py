"""The original text in pieces, those marked that a value came from."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from recommender.service.pages.adding.searched import Span


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the text; `mark` is its number where values came from it."""

    text: str
    mark: int | None = None


class Marked(msgspec.Struct, frozen=True):
    """A text and its marks.

    Attributes:
        places: field path → the number of the mark that its value stands in.
    """

    pieces: tuple[Piece, ...]
    places: dict[str, int]


def marked(text: str, found: Mapping[str, Span]) -> Marked:
    """The text, marked where values stand; values that overlap share a mark."""
    merged: list[Span] = []
    places: dict[str, int] = {}
    for field, span in sorted(found.items(), key=lambda one: (one[1].start, -one[1].end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
        places[field] = len(merged) - 1
    pieces, at = list[Piece](), 0
    for number, span in enumerate(merged):
        pieces += [Piece(text[at : span.start]), Piece(text[span.start : span.end], number)]
        at = span.end
    return Marked(tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text), places)
