"""What is chosen, as a page says it: each with the address that takes it back; and what of it nobody has."""

from __future__ import annotations

import msgspec

from recommender.collection import Filter, View, unmatched
from recommender.collection.contradictions import check_possible
from recommender.errors import FilterError
from recommender.service.pages.filters.choices import MOVES, Choices
from recommender.service.pages.filters.controls import Counting, said_move
from recommender.service.pages.filters.facets import BY_NAME, FACETS, Facet
from recommender.service.pages.filters.spelling import called, spelled
from recommender.service.pages.filters.values import near


class Chip(msgspec.Struct, frozen=True):
    """Something a link changes: what it says, and the query part of the address it leads to."""

    label: str
    query: str


class Missed(msgspec.Struct, frozen=True):
    """Why nobody qualifies: something that nobody has, with values near it, or things that exclude each other."""

    said: str
    near: tuple[Chip, ...] = ()


def chips(view: View, choices: Choices) -> tuple[Chip, ...]:
    """Each thing chosen, and the query that takes it back."""
    found = [
        Chip(f"{facet.said} {spelled(view, facet, value)}".strip(), choices.without(name, value).query())
        for name, facet in BY_NAME.items()
        for value in getattr(choices, name)
    ]
    moves = choices.moves or ()
    found += [Chip(said_move(value), choices.without(MOVES, value).query()) for value in moves]
    if years := said_years(choices.years_from, choices.years_to):
        left = choices.without("years_from", "").without("years_to", "")
        found.append(Chip(years, left.query()))
    texts = [(name, held) for name in ("title", "name") if (held := getattr(choices, name))]
    found += [Chip(f"{name} “{held}”", choices.without(name, held).query()) for name, held in texts]
    hidden = [Chip(f"without {called(view, one)}", choices.without("hide", one).query()) for one in choices.hide]
    return (*found, *hidden)


def said_years(low: int | None, high: int | None) -> str:
    """ "5–9 years", "10+ years", "up to 9 years"; "" where none are asked."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low}+ years"
    return f"{low}–{high} years" if low else f"up to {high} years"


def missed(counting: Counting) -> tuple[Missed, ...]:
    """What of the choices nobody in the pool has, whatever else is chosen, and what of them excludes the rest."""
    view, choices = counting.view, counting.choices
    nobody = "Nobody in this pool has the"
    found = [
        Missed(f"{nobody} {_called(facet)} “{spelled(view, facet, value)}”", _near(counting, facet, value))
        for name, facet in BY_NAME.items()
        for value in getattr(choices, name)
        if not view.count(facet.positive((value,)))
    ]
    others = unmatched(view, choices.where(), {})
    said = {"title_contains": "title", "name": "name", "years": "years of experience"}
    texts = {"years": said_years(choices.years_from, choices.years_to)}
    found += [
        Missed(f"{nobody} {said[one.key]} “{texts.get(one.key, one.value)}”") for one in others if one.key in said
    ]
    return (*found, *(Missed(one) for one in [contradiction(choices.where())] if one))


def contradiction(where: Filter) -> str | None:
    """What of a filter asks for what another part excludes; None where somebody may meet it."""
    try:
        check_possible(where)
    except FilterError as error:
        labels = {facet.key: f"“{facet.label}”" for facet in FACETS}
        return " ".join(labels.get(word, word) for word in str(error).split(" "))
    return None


def _called(facet: Facet) -> str:
    return facet.name.partition("_")[0]


def _near(counting: Counting, facet: Facet, value: str) -> tuple[Chip, ...]:
    left = counting.choices.without(facet.name, value)
    return tuple(
        Chip(spelled(counting.view, facet, other), left.with_one(facet.name, other).query())
        for other in near(counting, facet, value)
    )
