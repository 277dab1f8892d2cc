"""`derive`: a profile and a vocabulary → facts and insights. The clock goes in as little as into facts."""

from __future__ import annotations

from recommender.facts import Facts, folded, held_skills, is_later
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights.highlights import highlights
from recommender.insights.insights import Derived, Insights
from recommender.insights.moving import employers, outlook
from recommender.insights.persona import kinds, persona
from recommender.insights.work.career import career_of
from recommender.insights.work.emphasis import categories, lately, latest, out_of_place
from recommender.insights.work.expertise import strengths
from recommender.insights.work.occupation import Occupation, occupation_in
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Canonical skill → the fields that show it, as `held_skills` gives them.
Held = dict[str, tuple[FieldPath, ...]]


def derive(profile: Profile, vocabulary: Vocabulary) -> Derived:
    """The facts and insights of one profile; the same for the same profile and vocabulary, always."""
    held = held_skills(profile, vocabulary)
    facts = derive_facts(profile, vocabulary, held)
    values = {name: getattr(facts, name) for name in facts.__struct_fields__}
    return Derived(**values, insights=insights(profile, facts, held, vocabulary))


def insights(profile: Profile, facts: Facts, held: Held, vocabulary: Vocabulary) -> Insights:
    """The insights of one profile, of which the facts and the skills are known."""
    where, occupation = _present(profile, facts)
    career = career_of(profile)
    counts = categories(lately(held, career), vocabulary)
    strange = out_of_place(counts, occupation) if occupation else frozenset[str]()
    skills = strengths(profile, facts, career, held, strange, vocabulary)
    now = categories(latest(held, career, occupation), vocabulary)
    who = persona(where, occupation, skills, facts, counts, now, held, vocabulary) if occupation else None
    return Insights(
        highlights=highlights(profile, facts, occupation, career, skills, held, vocabulary),
        persona=who,
        kinds=kinds(profile, who, occupation),
        moving=outlook(profile, facts),
        employers=employers(profile),
    )


def _present(profile: Profile, facts: Facts) -> tuple[FieldPath, Occupation | None]:
    """The occupation now, and the field that says it: the title, or that of the role that facts take it from.

    A résumé that begins with the first job of all has that job's title; then that of the only one that goes on counts.
    """
    if (later := _only_later(profile)) is not None:
        return FieldPath.of("roles", later, "title"), occupation_in(profile.roles[later].title or "")
    if profile.title:
        return FieldPath.of("title"), occupation_in(profile.title)
    for number, role in enumerate(profile.roles):
        if role.title and folded(role.title) == facts.title:
            return FieldPath.of("roles", number, "title"), occupation_in(role.title)
    return FieldPath.of("title"), None


def _only_later(profile: Profile) -> int | None:
    """The only role that goes on, where the title is that of roles which had all ended when it began."""
    going_on = [number for number, role in enumerate(profile.roles) if role.end is None and role.title and role.start]
    own = [role for role in profile.roles if profile.title and folded(role.title or "") == folded(profile.title)]
    if len(going_on) != 1 or not own or not occupation_in(profile.roles[going_on[0]].title or ""):
        return None
    start = profile.roles[going_on[0]].start
    return going_on[0] if all(role.end is not None and is_later(start, role.end) for role in own) else None
