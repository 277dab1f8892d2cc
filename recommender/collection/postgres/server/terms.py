"""Values as the tables hold them: what PostgreSQL can store and index, whatever the text."""

from __future__ import annotations

import re
from hashlib import blake2b

from recommender.collection import fields

#: The fields whose values are lists of texts; years are a number.
LISTED = tuple(field for field in fields.FIELDS if field != "years")
#: The fields whose values are counted for the whole pool: facets, suggestions, and who employs whom.
COUNTED = tuple(field for field in fields.FIELDS if field not in ("word", "name_word"))

#: Bytes of a text that an index takes whatever else is in its entry; the beginning of a longer one is kept.
_LONGEST, _BEGINNING = 900, 200
#: What no column of text holds: NUL, and halves of characters.
_REFUSED = re.compile("[\x00\ud800-\udfff]")
#: Between the beginning of a text that cannot be kept as it is, and what tells it from others.
MARK = "\x01"


def column(field: str) -> str:
    """The column of a listed field."""
    return f"has_{field}"


def term(value: str) -> str:
    """A value as columns and indexes hold it: itself, or where it is too long or not storable, what stands for it."""
    if 4 * len(value) <= _LONGEST and is_storable(value):
        return value
    raw = value.encode("utf-8", "surrogatepass")
    if len(raw) <= _LONGEST and is_storable(value):
        return value
    beginning = value[:_BEGINNING].encode("utf-8", "replace").decode().replace("\x00", "?")
    return beginning + MARK + blake2b(raw, digest_size=16).hexdigest()


def is_storable(value: str) -> bool:
    """Whether this is text that a column can hold."""
    return not _REFUSED.search(value)
