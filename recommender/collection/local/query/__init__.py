"""Questions put to one generation: filters, search, facets, listings."""
