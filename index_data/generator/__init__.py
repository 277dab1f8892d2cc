"""Seeded generator of the fictional sample pool; run with `python -m index_data.generator --help`."""
