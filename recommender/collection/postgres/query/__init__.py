"""Questions put to one snapshot, as SQL: filters, search, facets, listings, suggestions."""
