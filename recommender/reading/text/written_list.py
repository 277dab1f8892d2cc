"""A text that is nothing but a list of skills, as people type one into a search box."""

from __future__ import annotations

import re

from recommender.reading.text.titles import is_noun
from recommender.skills import Vocabulary

#: Entries that make a list, and the share of them beyond which the vocabulary has to know them.
_LEAST, _KNOWN = 3, 2 / 3
_BETWEEN = re.compile(r"[,;|•·\n]+")


def written_list(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The entries of a text that lists skills and says nothing else, as written; none where it is prose.

    A text that names a job among them ("staff nurse, triage, nights") is about people who do it: that is prose.
    """
    entries = tuple(filter(None, (entry.strip() for entry in _BETWEEN.split(text))))
    if len(entries) < _LEAST or any(names_a_job(entry, vocabulary) for entry in entries):
        return ()
    return entries if sum(map(vocabulary.known, entries)) > _KNOWN * len(entries) else ()


def names_a_job(entry: str, vocabulary: Vocabulary) -> bool:
    """Whether words end as titles do ("welder"); not where the skill that they name does too ("SQL Server")."""
    if not is_noun(entry.split()[-1]):
        return False
    return not (vocabulary.known(entry) and is_noun(vocabulary.canonical(entry).split()[-1]))
