"""What a table of people says of each: the columns, in their order, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from recommender.facts import place_levels
from recommender.insights import Derived
from recommender.insights.moving import is_likely_to_move
from recommender.matching import Match
from recommender.profile import Profile
from recommender.service.pages import words

#: Several values of one cell are a list in JSON, and divided by "; " in a spreadsheet.
Cell = str | int | float | tuple[str, ...] | None
Cells = dict[str, Cell]

#: Columns whose heading in a spreadsheet is not simply their name.
_HEADINGS: Final = {"id": "ID", "profile": "Profile link"}
#: What only those have who may see contact details, and who is likely to move.
CONTACT: Final = ("emails", "phones", "links", "address")
MOVES: Final = "likely_to_move"


def heading(column: str) -> str:
    """A column as the first line of a spreadsheet names it: "company_now" → "Company now"."""
    return _HEADINGS.get(column, column.replace("_", " ").capitalize())


def needed(profile: Profile) -> Profile:
    """The profile without what no column says: there may be thousands to be looked through for contact details."""
    roles = tuple(msgspec.structs.replace(role, bullets=(), skills=()) for role in profile.roles)
    plain = msgspec.structs.replace(profile, about=None, highlights=(), persona=None, badges=(), roles=roles)
    return msgspec.structs.replace(plain, education=(), extras={})


def person(
    profile: Profile, facts: Derived, link: str, note: str = "", *, with_contact: bool = False, with_moves: bool = False
) -> Cells:
    """One person's cells.

    Args:
        profile, facts: as who asks may see them.
        link: the address of the person's page.
        with_moves: whether they may see who is likely to move.
    """
    now = [role.company for role in profile.roles if role.end is None and role.company]
    core = profile.core_skills or facts.core_skills
    other = profile.other_skills or tuple(name for name in facts.skills if name not in core)
    cells: Cells = {
        "name": profile.name,
        "title": profile.title,
        "seniority": facts.seniority,
        "company_now": tuple(dict.fromkeys(now)),
        "location": profile.location,
        **{level: words.place(value) if value else None for level, value in place_levels(facts.places).items()},
        "years_of_experience": facts.years,
        "core_skills": core,
        "other_skills": other,
        "languages": profile.languages,
        "certifications": profile.certifications,
        "profile": link,
        "id": profile.id,
        "note": note or None,
    }
    if with_moves:
        cells[MOVES] = "yes" if is_likely_to_move(facts.insights.moving, facts.badges) else "no"
    return cells | _contact(profile) if with_contact else cells


def _contact(profile: Profile) -> Cells:
    given = profile.contact
    return {name: getattr(given, name) if given else None for name in CONTACT}


def match(found: Match, signals: Sequence[str]) -> Cells:
    """What a match has beside its person: where it is in the order, and the points of each of these signals."""
    points = {one.signal: one.points for one in found.contributions}
    return {
        "rank": found.rank,
        "score": found.score,
        "band": found.band,
        **{f"points_{signal}": points.get(signal, 0.0) for signal in signals},
        "shared_skills": found.shared_skills,
    }


def signals(matches: Sequence[Match]) -> tuple[str, ...]:
    """Every signal that gave or took points anywhere among these, in the order of the contributions."""
    return tuple(dict.fromkeys(one.signal for found in matches for one in found.contributions))


def of_people(with_contact: bool, with_moves: bool) -> tuple[str, ...]:
    """The columns of `person`, in their order."""
    return tuple(person(Profile(), Derived(), "", with_contact=with_contact, with_moves=with_moves))


class Table(msgspec.Struct, frozen=True):
    """People as a table.

    Attributes:
        name: of its file.
        columns: what each row has, in the order in which they are written.
        total: how many the view has, of whom these are the first.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether nobody of the view is left out."""
        return len(self.rows) == self.total
