"""The pool: the `Collection` Protocol, `Filter`, and `LocalCollection`, which keeps one in a folder."""

from recommender.collection.filter import EVERYONE, Filter, YearsRange, canonical_filter, filter_from_json, parse_filter
from recommender.collection.local import LocalCollection
from recommender.collection.protocol import Candidates, Collection, FacetField, FacetValue, Page, Sort, View

__all__ = [
    "EVERYONE",
    "Candidates",
    "Collection",
    "FacetField",
    "FacetValue",
    "Filter",
    "LocalCollection",
    "Page",
    "Sort",
    "View",
    "YearsRange",
    "canonical_filter",
    "filter_from_json",
    "parse_filter",
]
