"""The pool: the `Collection` Protocol, `Filter`, and `LocalCollection`, which keeps one in a folder."""

from recommender.collection.backup import Backup, restore
from recommender.collection.canonical import canonical_filter
from recommender.collection.check import Finding, check
from recommender.collection.compact import Compacted
from recommender.collection.filter import EVERYONE, Filter, YearsRange, filter_from_json, parse_filter
from recommender.collection.holding import Holding
from recommender.collection.kept import kept
from recommender.collection.local import LocalCollection
from recommender.collection.place import assert_pool
from recommender.collection.protocol import Candidates, Collection, FacetField, FacetValue, Page, Sort, View
from recommender.collection.repair import Repaired
from recommender.collection.shape import make as make_pool
from recommender.collection.unmatched import Unmatched, unmatched

__all__ = [
    "EVERYONE",
    "Backup",
    "Candidates",
    "Collection",
    "Compacted",
    "FacetField",
    "FacetValue",
    "Filter",
    "Finding",
    "Holding",
    "LocalCollection",
    "Page",
    "Repaired",
    "Sort",
    "Unmatched",
    "View",
    "YearsRange",
    "assert_pool",
    "canonical_filter",
    "check",
    "filter_from_json",
    "kept",
    "make_pool",
    "parse_filter",
    "restore",
    "unmatched",
]
