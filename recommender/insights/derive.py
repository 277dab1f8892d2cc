"""`derive`: a profile and a vocabulary → facts and insights. The clock goes in as little as into facts."""

from __future__ import annotations

from recommender.facts import Facts, held_skills
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights.insights import Derived, Insights
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
    return Insights()
