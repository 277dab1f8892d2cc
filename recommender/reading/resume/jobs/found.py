"""A role found in a text, by whichever way of reading."""

from __future__ import annotations

import msgspec

from recommender.reading.text.spans import Span


class FoundRole(msgspec.Struct, frozen=True):
    """A role in the text: `at` is where its head begins, `body` where what it did begins. `span` is None where it has
    no dates; `score` says how sure it is."""

    span: Span | None
    title: str | None
    company: str | None
    location: str | None
    at: int
    body: int
    score: float = 0.0
