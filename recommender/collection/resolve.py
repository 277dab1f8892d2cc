"""A filter as people write it, asked of a view: by the names that stored values have, and what of it nobody has."""

from __future__ import annotations

from typing import NamedTuple

from recommender.collection.canonical import canonical_names, renamed
from recommender.collection.filter import Filter
from recommender.collection.protocol import View
from recommender.collection.unmatched import Unmatched, unmatched
from recommender.skills import Vocabulary


class Resolved(NamedTuple):
    """A filter that a view can be asked with.

    Attributes:
        where: its values by the names that stored ones have.
        unmatched: its values, as they were written, that no profile of the view has.
    """

    where: Filter
    unmatched: tuple[Unmatched, ...]


def resolve(view: View, where: Filter, vocabulary: Vocabulary) -> Resolved:
    """Every value of the filter named once; raises `FilterError` for a level or workplace that there is not."""
    names = canonical_names(where, vocabulary)
    return Resolved(renamed(where, names), unmatched(view, where, names))
