"""`Signs`: patterns that few sentences have, each looked for only where a sentence has letters of it."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Signs:
    """Some patterns with letters that each has in it; to find these first takes a part of the time.

    Args:
        signs: letters, and a pattern that is found nowhere without them.
    """

    def __init__(self, signs: Iterable[tuple[str, str]]) -> None:
        self._signs = [(letters, re.compile(pattern)) for letters, pattern in signs]

    def found(self, text: str) -> bool:
        """Whether a text has any of them."""
        return any(pattern.search(text) for letters, pattern in self._signs if letters in text)
