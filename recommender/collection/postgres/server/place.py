"""`Place`: where a pool is on a server, as its URL says; what is shown of it holds no password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from recommender.errors import CollectionError
from recommender.pool_url import masked

#: Schema of a pool whose URL names none.
DEFAULT_SCHEMA = "recommender"
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and the schema in it that holds one pool.

    Attributes:
        conninfo: what libpq connects by: a URL, with the password where it has one.
        schema: a plain name, which needs no quotes.
        shown: the URL without the password.
    """

    conninfo: str = field(repr=False)
    schema: str
    shown: str

    def __str__(self) -> str:
        return self.shown


def place_of(url: str) -> Place:
    """The place that a URL names: libpq's own form, and `schema=NAME` among its settings.

    Raises `CollectionError` for a schema that needs quotes.
    """
    parts = urlsplit(url)
    given = parse_qsl(parts.query, keep_blank_values=True)
    schema = dict(given).get("schema", DEFAULT_SCHEMA)
    if not _SCHEMA.fullmatch(schema):
        raise CollectionError(f"{schema!r} cannot name a pool's schema; give small letters, digits and _")
    rest = [(name, value) for name, value in given if name != "schema"]
    conninfo = urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(rest, quote_via=quote), ""))
    return Place(conninfo, schema, masked(url))
