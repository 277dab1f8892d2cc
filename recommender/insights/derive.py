"""`derive`: a profile and a vocabulary → facts and insights. The clock goes in as little as into facts."""

from __future__ import annotations

from recommender.facts import Facts, held_skills
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights.highlights import highlights
from recommender.insights.insights import Derived, Insights
from recommender.insights.moving import employers, outlook
from recommender.insights.persona import kinds, persona
from recommender.insights.texts import Texts
from recommender.insights.work.career import career_of
from recommender.insights.work.central import central, work_of
from recommender.insights.work.named import named_in, told_by
from recommender.insights.work.practised import practised
from recommender.insights.work.present import present_occupation
from recommender.insights.work.strengths import strengths
from recommender.insights.work.trades import other_trades
from recommender.insights.work.usual import categories, lately, out_of_place
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
    career, texts = career_of(profile), Texts(profile)
    where, occupation = present_occupation(profile, facts, career)
    named = named_in(held)
    told, strange = told_by(texts, named), frozenset[str]()
    if occupation:
        strange = out_of_place(categories(lately(named, career), vocabulary), occupation)
    elsewhere = other_trades(career, occupation) if occupation else frozenset[int]()
    skills = strengths(profile, texts, facts, career, held, told, elsewhere, strange, vocabulary)
    who = None
    if occupation:
        work = work_of(profile, career, occupation, told, named)
        shown = central(skills, profile, work, occupation, vocabulary)
        if not shown and not profile.core_skills:
            shown = practised(texts, work, held, occupation, strange, vocabulary)
        who = persona(where, occupation, shown, vocabulary)
    return Insights(
        highlights=highlights(profile, texts, facts, occupation, career, elsewhere, skills, named, vocabulary),
        persona=who,
        kinds=kinds(profile, who, occupation),
        moving=outlook(profile, facts),
        employers=employers(profile),
    )
