"""Prose: whole clauses of it, what of them tells something, and how values are said."""
