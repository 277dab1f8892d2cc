"""The keys of a filter that name values: which field each looks at, whom it admits, and the form of values.

A key that is like these is a field of `Filter` and a row here. Ids, places, years and words of titles and
names are compared in ways of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import NamedTuple

from recommender.errors import FilterError
from recommender.facts import (
    SENIORITIES,
    WORKPLACES,
    company_form,
    folded,
    language_form,
    seniority_named,
    stated_levels,
    workplace_named,
)
from recommender.insights import persona_kind
from recommender.skills import Vocabulary

#: A value as people write it → the name that stored ones have.
Form = Callable[[str], str]


class Admits(Enum):
    """Who passes: those with all of the values, with any, or with none."""

    ALL = auto()
    ANY = auto()
    NONE = auto()


class Key(NamedTuple):
    """A key of a filter: the indexed field that it looks at, whom it admits, and the form of its values.

    Attributes:
        form: None where the vocabulary of skills names the values.
    """

    field: str
    admits: Admits
    form: Form | None = None

    def form_by(self, vocabulary: Vocabulary) -> Form:
        """What names its values."""
        return self.form or vocabulary.canonical


def _refuse(key: str, name: str, known: tuple[str, ...]) -> str:
    raise FilterError(f"{key}: {name!r} is not known; give one of {', '.join(known)}")


def _seniority(name: str) -> str:
    return seniority_named(name) or _refuse("seniority", name, SENIORITIES)


def _workplace(name: str) -> str:
    return workplace_named(name) or _refuse("workplace", name, WORKPLACES)


def place_name(name: str) -> str:
    """A place as `location` compares it: its levels, by their names ("Berlin, DE" → "berlin, germany")."""
    return ", ".join(stated_levels(name)) or folded(name)


KEYS: Mapping[str, Key] = {
    "skills_all": Key("skill", Admits.ALL),
    "skills_any": Key("skill", Admits.ANY),
    "skills_none": Key("skill", Admits.NONE),
    "seniority": Key("seniority", Admits.ANY, _seniority),
    "company_now": Key("company_now", Admits.ANY, company_form),
    "company_ever": Key("company_ever", Admits.ANY, company_form),
    "company_none": Key("company_ever", Admits.NONE, company_form),
    "workplace": Key("workplace", Admits.ANY, _workplace),
    "badges": Key("badge", Admits.ANY, folded),
    "certifications": Key("certification", Admits.ANY, folded),
    "languages": Key("language", Admits.ANY, language_form),
    "persona": Key("persona", Admits.ANY, persona_kind),
}
