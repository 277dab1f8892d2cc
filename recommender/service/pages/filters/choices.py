"""What a visitor chose in the filter controls of a page, as a URL and as a `Filter`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from recommender.collection import Filter
from recommender.collection.contradictions import check_possible
from recommender.collection.filter import YearsRange
from recommender.errors import FilterError
from recommender.service.pages.filters.facets import BY_NAME
from recommender.service.pages.filters.parameters import named, several, text_of, years_of
from recommender.skills import Vocabulary

_PLACES = ("location", "country", "region", "city")
_PEOPLE = ("like", "unlike", "hide")
_TEXTS = ("title", "name")
#: The name of the control of who is likely to move, and what each of its values asks.
MOVES: Final = "moves"
LIKELY: Final[Mapping[str, bool]] = {"yes": True, "no": False}


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor chose. Values of one facet widen the search, but for skills all of which are to be there.

    Attributes:
        location: places at any level; countries, regions and cities each narrow what the others leave.
        years_from, years_to: of experience, both ends included.
        moves: whether people are likely to move, "yes", "no" or both; None where whoever asks may not know.
        hide: ids of people who are left out.
        like, unlike: ids of people whom the matches are to be like beside what the page is about, or not.
        kept: what else the address of the page says, which stays as filters come and go.
    """

    location: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    seniority: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    skill_any: tuple[str, ...] = ()
    skill_none: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    company_ever: tuple[str, ...] = ()
    company_none: tuple[str, ...] = ()
    workplace: tuple[str, ...] = ()
    certification: tuple[str, ...] = ()
    badge: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    persona: tuple[str, ...] = ()
    moves: tuple[str, ...] | None = None
    years_from: int | None = None
    years_to: int | None = None
    title: str = ""
    name: str = ""
    hide: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(
        params: QueryParams, vocabulary: Vocabulary, keep: tuple[str, ...] = (), *, sees_moves: bool = False
    ) -> Choices:
        """The choices in a URL; what is none of them is passed over.

        Args:
            keep: names of what else the page's address says.
            sees_moves: whether who asks may see who is likely to move.

        Raises `FilterError` where more is chosen than a page shows.
        """
        values = {name: named(params, facet, vocabulary) for name, facet in BY_NAME.items()}
        people = {name: several(params, name) for name in _PEOPLE}
        low, high = years_of(params)
        return Choices(
            **values,
            **people,
            moves=tuple(one for one in several(params, MOVES) if one in LIKELY) if sees_moves else None,
            years_from=low,
            years_to=high,
            title=text_of(params, "title"),
            name=text_of(params, "name"),
            kept=tuple((name, value) for name in keep for value in params.getlist(name) if value.strip()),
        )

    def where(self, leave_out: str = "") -> Filter:
        """The filter; without the facet of this name ("years", too), to count what else could be chosen there."""
        asked = {
            facet.key: held
            for name, facet in BY_NAME.items()
            if name != leave_out and name not in _PLACES and (held := getattr(self, name))
        }
        places = [held for name in _PLACES if name != leave_out and (held := getattr(self, name))]
        # one level is a filter by itself, of several each has to hold
        asked |= {"location": places[0]} if len(places) == 1 else {}
        asked |= {"all_of": tuple(Filter(location=held) for held in places)} if len(places) > 1 else {}
        has_years = leave_out != "years" and (self.years_from is not None or self.years_to is not None)
        moving = self.moves[0] if self.moves and len(self.moves) == 1 else ""
        return msgspec.structs.replace(
            Filter(),
            **asked,
            likely_to_move=LIKELY.get(moving),
            years=YearsRange(self.years_from, self.years_to) if has_years else None,
            title_contains=self.title or None,
            name=self.name or None,
            exclude_ids=self.hide or None,
        )

    def asked(self) -> Filter:
        """The filter of a question to the matcher, which refuses one that nobody can meet: nobody meets that."""
        where = self.where()
        try:
            check_possible(where)
        except FilterError:
            return Filter(profile_ids=())
        return where

    def pairs(self, but: str = "") -> list[tuple[str, str]]:
        """The choices as names and values of a form, without those of this name."""
        pairs = list(self.kept)
        for name in self.__struct_fields__[:-1]:
            held = getattr(self, name)
            values = held if isinstance(held, tuple) else (held,)
            pairs += [(name, str(value)) for value in values if value not in (None, "")]
        return [pair for pair in pairs if pair[0] != but]

    def unseen(self) -> list[tuple[str, str]]:
        """Those of `pairs` that no control shows."""
        shown = {*BY_NAME, *_TEXTS, MOVES, "years_from", "years_to"} - {"location"}
        return [pair for pair in self.pairs() if pair[0] not in shown]

    def query(self, **more: str | int) -> str:
        """The choices as the query part of a URL, with what else it is to say."""
        pairs = [pair for pair in self.pairs() if pair[0] not in more]
        return urlencode(pairs + [(name, str(value)) for name, value in more.items()])

    def cleared(self) -> Choices:
        """Nothing chosen; what else the address says, and whom the matches are to be like, stays."""
        moves = None if self.moves is None else ()
        return Choices(kept=self.kept, like=self.like, unlike=self.unlike, moves=moves)

    def without(self, name: str, value: str) -> Choices:
        """The choices with one value taken back."""
        held = getattr(self, name)
        if isinstance(held, tuple):
            return msgspec.structs.replace(self, **{name: tuple(other for other in held if other != value)})
        return msgspec.structs.replace(self, **{name: "" if name in _TEXTS else None})

    def with_one(self, name: str, value: str) -> Choices:
        """The choices with one value more; of people, nobody is both liked and not."""
        left = self
        for other in ("like", "unlike") if name in ("like", "unlike") else ():
            left = left.without(other, value)
        return msgspec.structs.replace(left, **{name: tuple(dict.fromkeys((*getattr(left, name), value)))})

    def __bool__(self) -> bool:
        return self != self.cleared()
