"""Which conditions a match meets, each with the field that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.asking import Condition
from recommender.collection import View
from recommender.facts import Facts, company_form, folded, language_form
from recommender.field_path import FieldPath
from recommender.matching.answer import Met
from recommender.matching.asked.held import Held
from recommender.matching.asked.places import FirstPlaces
from recommender.profile import Profile
from recommender.skills import Vocabulary

Places = Mapping[str, FieldPath]

_FIRST_PLACES = FirstPlaces()


def met(
    view: View,
    asked: Sequence[Held],
    rows: NDArray[np.int64],
    profiles: Sequence[Profile],
    facts: Sequence[Facts],
    names: Vocabulary,
) -> list[tuple[Met, ...]]:
    """Of each match what it meets of that which must be or is nice to have."""
    wanted = [one for one in asked if one.condition.stance != "not"]
    if not wanted:
        return [()] * len(rows)
    inside = [one.among(rows).tolist() for one in wanted]
    found = []
    for at, (profile, fact) in enumerate(zip(profiles, facts, strict=True)):
        holds = [those[at] for those in inside]
        skills = {skill for one, met in zip(wanted, holds, strict=True) if met for skill in _skills(one)}
        places = _FIRST_PLACES.of(view, int(rows[at]), profile, names, skills.intersection(fact.skills))
        found.append(tuple(_met(one, met, profile, fact, places) for one, met in zip(wanted, holds, strict=True)))
    return found


_BY_SKILL = frozenset(("skill", "language", "certification"))


def _skills(one: Held) -> Iterator[str]:
    """The skills each of which meets a condition."""
    if one.condition.kind in _BY_SKILL:
        for part in (one.where, *(inner for _, inner in one.where.parts())):
            yield from part.skills_any or ()


def _met(one: Held, holds: bool, profile: Profile, facts: Facts, places: Places) -> Met:
    condition = one.condition
    field = _field(one, profile, facts, places) if holds else None
    return Met(condition.label, condition.kind, condition.stance, holds, field)


def _field(one: Held, profile: Profile, facts: Facts, places: Places) -> str | None:
    """The first field that shows it."""
    where = one.where
    for part in (where, *(inner for _, inner in where.parts())):
        for skill in part.skills_any or ():
            if skill in places:
                return str(places[skill])
        certifications = {folded(value) for value in part.certifications or ()}
        for number, name in enumerate(profile.certifications if certifications else ()):
            if folded(name) in certifications:
                return str(FieldPath.of("certifications", number))
        for number, spoken in enumerate(profile.languages if part.languages else ()):
            if language_form(spoken) in (part.languages or ()):
                return str(FieldPath.of("languages", number))
        companies = {company_form(value) for value in part.company_ever or ()}
        for number, role in enumerate(profile.roles if companies else ()):
            if role.company and company_form(role.company) in companies:
                return str(FieldPath.of("roles", number, "company"))
    return _elsewhere(one.condition, one, profile)


def _elsewhere(condition: Condition, one: Held, profile: Profile) -> str | None:
    match condition.kind:
        case "place":
            return "location"
        case "workplace":
            named = one.where.workplace or ()
            numbers = [n for n, role in enumerate(profile.roles) if role.end is None and role.workplace in named]
            return str(FieldPath.of("roles", numbers[0], "workplace")) if numbers else None
        case "years":
            return "roles" if profile.years_of_experience is None else "years_of_experience"
        case "seniority" | "title":
            return "title" if profile.title else "roles"
        case "name":
            return "name"
        case _:
            return None


def said(found: Sequence[Met]) -> str | None:
    """ "4 of 5 musts, 2 of 3 nice-to-haves; missing: X"; None where nothing was asked."""
    parts = []
    for stance, one, several in (("must", "must", "musts"), ("nice", "nice-to-have", "nice-to-haves")):
        those = [each for each in found if each.stance == stance]
        if those:
            parts.append(f"{sum(each.met for each in those)} of {len(those)} {several if len(those) > 1 else one}")
    missing = [each.condition for each in found if not each.met and each.stance == "must"]
    text = ", ".join(parts)
    return f"{text}; missing: {', '.join(missing)}" if missing else text or None
