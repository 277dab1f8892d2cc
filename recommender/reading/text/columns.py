"""What the columns of tables of people are called, in applicant systems and spreadsheets of several languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_LISTS = files("recommender.reading.text").joinpath("column_names.txt").read_text(encoding="utf-8")
#: Name of a column in lower case, without accents, words separated by "_" → what it holds.
_FIELDS: dict[str, str] = {
    name: field for field, names in re.findall(r"\[(\w+)\]\n([^\[]+)", _LISTS) for name in names.split()
}
#: Words before a name that say whose it is, or which of several.
_WHOSE = re.compile(
    r"(?:candidates?|applicants?|contacts?|persons?|persona?l|employees?|members?|users?|current|present|latest|primary"
    r"|main|most_recent|last|work|professional|aktuelle[rs]?|bewerber|actuel|actual|attuale|huidige)_(?=.)"
)
#: What follows a name where there are several of a kind ("Email 2", "Skill_1"), or its unit.
_WHICH = re.compile(r"_(?:\d{1,2}|s|list|in_years|yrs|years)\Z")
_LONGEST_NAME = 60


def field_of(column: str) -> str | None:
    """What a column holds, by its name: a field of a profile, or a part of one ("first_name", "city", "company",
    "email", "phone", "link", "headline"); None where the name says nothing of the kind."""
    return _field_of(column) if len(column) <= _LONGEST_NAME else None


@lru_cache(maxsize=10_000)
def normal(name: str) -> str:
    """A name of a column or a key as it is looked up: in lower case, without accents, words separated by "_"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name[: 2 * _LONGEST_NAME].strip())
    letters = unicodedata.normalize("NFKD", words.replace("ß", "ss").casefold())
    return re.sub(r"[\W_]+", "_", "".join(c for c in letters if not unicodedata.combining(c))).strip("_")


@lru_cache(maxsize=10_000)
def _field_of(column: str) -> str | None:
    name = normal(column)
    while True:
        if found := _FIELDS.get(name) or _FIELDS.get(_WHICH.sub("", name)):
            return found
        if not (whose := _WHOSE.match(name)):
            return None
        name = name[whose.end() :]
