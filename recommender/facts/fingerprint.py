"""The fingerprint of what derives facts: other rules or tables give another one."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from recommender.facts.facts import Facts

#: Raised whenever the code of this package derives other facts from the same profile and vocabulary.
RULES = 5

_TABLES = (".tsv", ".txt")


@cache
def facts_fingerprint() -> str:
    """16 hexadecimal digits, of the rules, the facts' names and every table beside them; the vocabulary has its own."""
    return _fingerprint(files(__package__))


def _fingerprint(folder: Traversable) -> str:
    digest = hashlib.blake2b(" ".join((str(RULES), *Facts.__struct_fields__)).encode(), digest_size=8)
    for table in sorted(folder.iterdir(), key=lambda file: file.name):
        if table.name.endswith(_TABLES):
            content = table.read_bytes()
            # with its length, so that bytes that move from one table to the next count
            digest.update(f"\n{table.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
