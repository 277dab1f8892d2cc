"""One generation of a pool: a segment, what came since, and what is gone."""
