"""The pool: the `Collection` Protocol, `Filter`, and `LocalCollection`, which keeps one in a folder."""

from recommender.collection.canonical import canonical_filter
from recommender.collection.filter import EVERYONE, Filter, YearsRange, check_depth, filter_from_json
from recommender.collection.filter_syntax import Where, filter_of, parse_filter
from recommender.collection.kept import kept, made_by
from recommender.collection.local.collection import LocalCollection
from recommender.collection.maintenance import (
    Backup,
    Compacted,
    Damaged,
    Export,
    Finding,
    Maintainable,
    Refresh,
    Repaired,
    Snapshotting,
)
from recommender.collection.open import (
    assert_pool,
    check,
    is_pool,
    make_pool,
    open_collection,
    open_snapshot,
    restore,
    spread,
)
from recommender.collection.protocol import (
    SUGGESTED,
    USUAL_FACETS,
    Candidates,
    Collection,
    FacetField,
    FacetValue,
    Page,
    Reach,
    SearchPlan,
    Sort,
    Suggestion,
    SuggestionKind,
    View,
)
from recommender.collection.resolve import Resolved, possible, resolve
from recommender.collection.sight import EVERYTHING, Sight
from recommender.collection.unmatched import Unmatched, unmatched

__all__ = [
    "EVERYONE",
    "EVERYTHING",
    "SUGGESTED",
    "USUAL_FACETS",
    "Backup",
    "Candidates",
    "Collection",
    "Compacted",
    "Damaged",
    "Export",
    "FacetField",
    "FacetValue",
    "Filter",
    "Finding",
    "LocalCollection",
    "Maintainable",
    "Page",
    "Reach",
    "Refresh",
    "Repaired",
    "Resolved",
    "SearchPlan",
    "Sight",
    "Snapshotting",
    "Sort",
    "Suggestion",
    "SuggestionKind",
    "Unmatched",
    "View",
    "Where",
    "YearsRange",
    "assert_pool",
    "canonical_filter",
    "check",
    "check_depth",
    "filter_from_json",
    "filter_of",
    "is_pool",
    "kept",
    "made_by",
    "make_pool",
    "open_collection",
    "open_snapshot",
    "parse_filter",
    "possible",
    "resolve",
    "restore",
    "spread",
    "unmatched",
]
