"""`derive`: a profile and a vocabulary → `Facts`. Nothing else goes in; the clock least of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from recommender.facts.comparing import company_form, folded, language_form
from recommender.facts.core import derived_core
from recommender.facts.facts import Facts
from recommender.facts.places import levels
from recommender.facts.seniority import title_info
from recommender.facts.skills import held_skills
from recommender.facts.tenure import years_of
from recommender.field_path import FieldPath
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary


def derive(profile: Profile, vocabulary: Vocabulary, held: Mapping[str, tuple[FieldPath, ...]] | None = None) -> Facts:
    """The derived values of one profile; the same for the same profile and vocabulary, always.

    Args:
        held: what `held_skills` says of them, where that is known.
    """
    held = held_skills(profile, vocabulary) if held is None else held
    title = profile.title or _latest_title(profile.roles)
    rank = title_info(title) if title else None
    core = tuple(dict.fromkeys(vocabulary.canonical(raw) for raw in profile.core_skills if raw.strip()))
    now = [role for role in profile.roles if role.end is None and role.start is not None] or [
        r for r in profile.roles if r.end is None
    ]
    return Facts(
        skills=tuple(sorted(held)),
        core_skills=core or derived_core(profile, held, vocabulary),
        seniority=rank.seniority if rank else None,
        track=rank.track if rank else None,
        occupation=rank.occupation if rank else None,
        places=levels(profile.location),
        years=years_of(profile),
        companies_now=_folded((role.company for role in now), company_form),
        companies_ever=_folded((role.company for role in profile.roles), company_form),
        workplaces=_folded(role.workplace for role in now),
        badges=_folded(profile.badges),
        certifications=_folded(profile.certifications),
        languages=_folded(profile.languages, language_form),
        title=folded(title or ""),
    )


def _latest_title(roles: Iterable[Role]) -> str | None:
    """Of the role that goes on or ended last, wherever it is; without dates, of the first."""

    def recency(role: Role) -> tuple[str, str, str]:
        end = "~" if role.end is None else role.end  # later than any date: one that is dated and has no end goes on
        return end, role.start or "", role.title or ""

    titled = [role for role in roles if role.title]
    dated = [role for role in titled if role.start or role.end]
    return max(dated, key=recency).title if dated else next((role.title for role in titled), None)


def _folded(values: Iterable[str | None], form: Callable[[str], str] = folded) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form(value) for value in values if value and value.strip()))
