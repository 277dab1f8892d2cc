"""The pool: the `Collection` Protocol, `Filter`, and `LocalCollection`, which keeps one in a folder."""

from recommender.collection.canonical import canonical_filter
from recommender.collection.filter import EVERYONE, Filter, YearsRange, filter_from_json, parse_filter
from recommender.collection.kept import kept, made_by
from recommender.collection.local.care.backup import Backup, restore
from recommender.collection.local.care.check import Finding, check
from recommender.collection.local.care.compact import Compacted
from recommender.collection.local.care.export import Export
from recommender.collection.local.care.repair import Repaired
from recommender.collection.local.collection import LocalCollection
from recommender.collection.local.truth.place import assert_pool
from recommender.collection.local.truth.schema import make as make_pool
from recommender.collection.protocol import Candidates, Collection, FacetField, FacetValue, Page, Sort, View
from recommender.collection.resolve import Resolved, resolve
from recommender.collection.unmatched import Unmatched, unmatched

__all__ = [
    "EVERYONE",
    "Backup",
    "Candidates",
    "Collection",
    "Compacted",
    "Export",
    "FacetField",
    "FacetValue",
    "Filter",
    "Finding",
    "LocalCollection",
    "Page",
    "Repaired",
    "Resolved",
    "Sort",
    "Unmatched",
    "View",
    "YearsRange",
    "assert_pool",
    "canonical_filter",
    "check",
    "filter_from_json",
    "kept",
    "made_by",
    "make_pool",
    "parse_filter",
    "resolve",
    "restore",
    "unmatched",
]
