"""What the address of a request chooses, of that which whoever asks may know."""

from __future__ import annotations

from fastapi import Request

from recommender.service.access.caller import caller_of
from recommender.service.pages.filters.choices import Choices
from recommender.skills import Vocabulary


def choices_of(request: Request, vocabulary: Vocabulary, keep: tuple[str, ...] = ()) -> Choices:
    """The choices in the address of a request, as `Choices.of` reads them."""
    return Choices.of(request.query_params, vocabulary, keep, sees_moves=caller_of(request).sight.outlooks)
