"""A text that is nothing but a list of skills, as people type one into a search box."""

from __future__ import annotations

import re

from recommender.skills.vocabulary import Vocabulary

#: Entries that make a list, and the least share of them that the vocabulary has to know.
_LEAST, _KNOWN = 3, 2 / 3
_BETWEEN = re.compile(r"[,;|•·\n]+")


def written_list(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The entries of a text that lists skills and says nothing else, as written; none where it is prose."""
    entries = tuple(filter(None, (entry.strip() for entry in _BETWEEN.split(text))))
    if len(entries) < _LEAST:
        return ()
    return entries if sum(map(vocabulary.known, entries)) >= _KNOWN * len(entries) else ()
