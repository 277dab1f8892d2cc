"""Parameters of an address as values: those of a facet by their stored names, several of one, texts and years."""

from __future__ import annotations

from starlette.datastructures import QueryParams

from recommender.errors import FilterError
from recommender.service.pages.filters.facets import Facet
from recommender.skills import Vocabulary

#: The most values of a control that may be chosen: each has a count of its own.
MOST_CHOSEN = 50
#: The most years that a control takes, and characters of a text.
MOST_YEARS, MOST_CHARS = 99, 100


def named(params: QueryParams, facet: Facet, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The values of a facet by the names that stored ones have; a level that there is not is passed over."""
    form, names = facet.form(vocabulary), dict[str, None]()
    for value in several(params, facet.name):
        try:
            names[form(value)] = None
        except FilterError:
            continue
    return tuple(name for name in names if name)


def several(params: QueryParams, name: str) -> tuple[str, ...]:
    """The values of a parameter, each once; raises `FilterError` for more than a page shows."""
    values = tuple(dict.fromkeys(value for value in params.getlist(name) if value.strip()))
    if len(values) > MOST_CHOSEN:
        raise FilterError(f"{name}: {len(values)} values, where a page takes at most {MOST_CHOSEN}; choose fewer")
    return values


def text_of(params: QueryParams, name: str) -> str:
    """A text on one line, as long as a control takes it."""
    return " ".join(params.get(name, "").split())[:MOST_CHARS]


def years_of(params: QueryParams) -> tuple[int | None, int | None]:
    """The ends of the years asked for; "years=5-9" is how addresses said both."""
    least, dash, most = params.get("years", "").partition("-")
    if not dash:
        least = most = ""
    ends = (_number(params.get("years_from", least)), _number(params.get("years_to", most)))
    return ends if None in ends or ends[0] <= ends[1] else ends[::-1]  # type: ignore[operator]


def _number(text: str) -> int | None:
    text = text.strip()
    return min(int(text), MOST_YEARS) if text.isascii() and text.isdigit() and len(text) < 5 else None
