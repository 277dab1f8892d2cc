"""The fingerprint of what derives facts and insights: a pool derives both anew where it is another."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from recommender.facts import facts_fingerprint
from recommender.insights.insights import Highlight, Insights, Persona
from recommender.insights.moving import MoveOutlook

#: Raised whenever the code of this package makes other insights of the same profile, facts and vocabulary.
RULES = 19

_TABLES = (".tsv", ".txt", ".json")


@cache
def derived_fingerprint() -> str:
    """16 hexadecimal digits: of the facts' fingerprint, these rules, the names of values and every table of both."""
    names = [name for value in (Highlight, Insights, MoveOutlook, Persona) for name in value.__struct_fields__]
    digest = hashlib.blake2b(" ".join((facts_fingerprint(), str(RULES), *names)).encode(), digest_size=8)
    _add_tables(digest, files(__package__))
    return digest.hexdigest()


def _add_tables(digest: hashlib.blake2b, folder: Traversable) -> None:
    """Every table of a folder and of those within it, each with its length, so that bytes that move count."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            _add_tables(digest, entry)
        elif entry.name.endswith(_TABLES):
            content = entry.read_bytes()
            digest.update(f"\n{entry.name} {len(content)}\n".encode() + content)
