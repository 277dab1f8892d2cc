"""`Facts`: the derived values of one profile."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Seniority = Literal["intern", "junior", "mid", "senior", "lead", "principal", "executive"]
#: From least to most; the position in this tuple is the level used as a number.
SENIORITIES: tuple[Seniority, ...] = get_args(Seniority)
Track = Literal["individual", "management"]


class Facts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Derived values, in the form that filters match (`comparing`). Text values are folded unless said otherwise.

    Attributes:
        skills: canonical names of every skill the profile has, sorted, each once (case as the vocabulary writes it).
        core_skills: canonical names of the core skills, most central first: those stated, else derived.
        seniority: level of the current title, None where no title says one.
        track: management or individual, None where there is no title.
        occupation: the current title without its seniority, None without a title.
        places: every level of the location, widest last ("san jose", "california", "united states").
        years: years of experience, stated or the union of role months, rounded down; None where neither is known.
        companies_now: companies of roles without an end, by their `company_form`.
        companies_ever: companies of all roles.
        workplaces: workplace values of the current roles.
        badges, certifications: as on the profile.
        languages: those spoken, by their `language_form`.
        title: the title, "" where there is none.
    """

    skills: tuple[str, ...] = ()
    core_skills: tuple[str, ...] = ()
    seniority: Seniority | None = None
    track: Track | None = None
    occupation: str | None = None
    places: tuple[str, ...] = ()
    years: int | None = None
    companies_now: tuple[str, ...] = ()
    companies_ever: tuple[str, ...] = ()
    workplaces: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    title: str = ""
