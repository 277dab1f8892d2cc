"""A filter as people write it, asked of a view: by the names that stored values have, and what of it nobody has."""

from __future__ import annotations

from typing import NamedTuple

from recommender.collection.canonical import canonical_filter, canonical_names, renamed
from recommender.collection.contradictions import check_possible
from recommender.collection.filter import Filter, check_depth
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
    """Every value of the filter named once; raises `FilterError` for a level or workplace that there is not,
    and where the filter asks for what it excludes.
    """
    check_depth(where)
    return _resolved(view, where, vocabulary, "")


def possible(where: Filter, vocabulary: Vocabulary) -> Filter:
    """The filter of `resolve`, of which nobody asks what of it nobody has; raises as that does."""
    named = canonical_filter(where, vocabulary)
    _check(named)
    return named


def _check(where: Filter) -> None:
    check_possible(where)
    for _, part in where.parts():
        _check(part)


def _resolved(view: View, where: Filter, vocabulary: Vocabulary, path: str) -> Resolved:
    """Of a filter that is within another at this path."""
    names = canonical_names(where, vocabulary)
    inner = [_resolved(view, part, vocabulary, f"{path}{place}.") for place, part in where.parts()]
    own = renamed(where, names).with_parts([one.where for one in inner])
    check_possible(own)
    missed = (Unmatched(f"{path}{one.key}", one.value) for one in unmatched(view, where, names))
    return Resolved(own, (*missed, *(value for one in inner for value in one.unmatched)))
