"""The fields that filters and facets look at, and the values a profile has in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from recommender.collection.filter import title_words
from recommender.collection.protocol import FacetField, SuggestionKind
from recommender.errors import QueryError
from recommender.facts import company_form, folded, language_form, place_form, plain_words
from recommender.insights import Derived, persona_kind
from recommender.insights.moving import is_likely_to_move

#: The field of who may move, and its only value: of others nothing is said.
MOVE, LIKELY = "move", "true"
#: Every field that is indexed; a profile has none, one or several values in each.
FIELDS = (
    "skill",
    "place",
    "years",
    "seniority",
    "company_now",
    "company_ever",
    "workplace",
    "badge",
    "certification",
    "language",
    "persona",
    "employer",
    MOVE,
    "title",
    "word",
    "name",
    "name_word",
)

#: The field behind each facet. "company" counts present employers; "title" whole titles.
FIELD_OF_FACET: Mapping[FacetField, str] = {
    "skill": "skill",
    "location": "place",
    "title": "title",
    "seniority": "seniority",
    "years": "years",
    "company": "company_now",
    "company_ever": "company_ever",
    "workplace": "workplace",
    "badge": "badge",
    "certification": "certification",
    "language": "language",
    "persona": "persona",
    "likely_to_move": MOVE,
}

#: Kind of suggestion → the field whose values are suggested.
FIELD_OF_SUGGESTION: Mapping[SuggestionKind, str] = {
    "name": "name",
    "title": "title",
    "company": "company_ever",
    "skill": "skill",
    "place": "place",
}

#: How values that are asked for are compared, where it is not their folded text.
_COMPARED: Mapping[str, Callable[[str], str]] = {
    "skill": str,
    "company_now": company_form,
    "company_ever": company_form,
    "language": language_form,
    "persona": persona_kind,
}


def check_facets(facets: Sequence[FacetField], limit: int) -> None:
    """Raise `QueryError` for a facet that there is not, or a limit that is none."""
    unknown = [facet for facet in facets if facet not in FIELD_OF_FACET]
    if unknown:
        raise QueryError(f"no facet {unknown[0]!r}; give some of {', '.join(FIELD_OF_FACET)}")
    if limit < 1:
        raise QueryError(f"a facet's limit cannot be {limit}; give 1 or more")


def check_suggestions(kinds: Sequence[SuggestionKind], limit: int) -> None:
    """Raise `QueryError` for a kind of suggestion that there is not, or a limit that is none."""
    unknown = [kind for kind in kinds if kind not in FIELD_OF_SUGGESTION]
    if unknown:
        raise QueryError(f"no kind {unknown[0]!r}; give some of {', '.join(FIELD_OF_SUGGESTION)}")
    if limit < 1:
        raise QueryError(f"limit cannot be {limit}; give 1 or more")


def values(facts: Derived, name: str | None) -> dict[str, AbstractSet[str]]:
    """Field → the distinct values of one profile; text in the form in which filters compare it."""
    title, called = _folded_once(facts.title), plain_words(name or "")
    return {
        "skill": set(facts.skills),
        "place": set(map(_place_once, facts.places)),
        "years": set() if facts.years is None else {str(facts.years)},
        "seniority": set() if facts.seniority is None else {facts.seniority},
        "company_now": set(map(_company_once, facts.companies_now)),
        "company_ever": set(map(_company_once, facts.companies_ever)),
        "workplace": _folded(facts.workplaces),
        "badge": _folded(facts.badges),
        "certification": _folded(facts.certifications),
        "language": _folded(facts.languages),
        "persona": set(facts.insights.kinds),
        "employer": set(facts.insights.employers),
        MOVE: {LIKELY} if is_likely_to_move(facts.insights.moving, facts.badges) else set(),
        "title": {title} if title else set(),
        "word": _words_once(title),
        "name": {" ".join(called)} if called else set(),
        "name_word": set(called),
    }


def compared(field: str, value: str) -> str:
    """A value asked for as the values of its field are compared: case and white space do not count."""
    return _COMPARED.get(field, folded)(value)


def _folded(texts: tuple[str, ...]) -> set[str]:
    return {_folded_once(text) for text in texts}


# the same few places, employers and titles come again and again in a pool
_folded_once = lru_cache(16_384)(folded)
_place_once = lru_cache(16_384)(place_form)
_company_once = lru_cache(16_384)(company_form)


@lru_cache(16_384)
def _words_once(title: str) -> frozenset[str]:
    return frozenset(title_words(title))


#: Characters of a name that decide its place in a listing.
_SORTED = 100


def name_key(name: str | None, profile_id: str) -> tuple[bool, str, str]:
    """What a listing by name sorts by: the beginning of the name, since cursors carry it."""
    return (name is None, "" if name is None else name[:_SORTED].casefold()[:_SORTED], profile_id)
