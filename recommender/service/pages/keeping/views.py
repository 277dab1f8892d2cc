"""How much of what a page lists is taken along, and how that is said beside the link."""

from __future__ import annotations

from typing import Final

#: The most people in a table of everybody, and of a profile's matches, which are explained one by one.
MOST_PEOPLE: Final = 5_000
MOST_MATCHES: Final = 1_000


def taken(count: int, most: int) -> str:
    """ "all 37", "the first 5,000 of 12,345"."""
    return f"all {count:,}" if count <= most else f"the first {most:,} of {count:,}"
