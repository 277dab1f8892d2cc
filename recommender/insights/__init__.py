"""What one may say of a person beyond the facts, each sentence with the fields that it comes from.

`derive(profile, vocabulary)` gives the facts and the insights that a pool stores. Nothing is invented: every word of an
insight resolves to fields of the profile, and where the evidence is thin there is none.
"""

from recommender.insights.derive import derive
from recommender.insights.fingerprint import derived_fingerprint
from recommender.insights.insights import Derived, Highlight, Insights, Persona
from recommender.insights.persona import persona_kind
from recommender.insights.shown import ShownInsight, ShownInsights, persona_of, shown_insights

__all__ = [
    "Derived",
    "Highlight",
    "Insights",
    "Persona",
    "ShownInsight",
    "ShownInsights",
    "derive",
    "derived_fingerprint",
    "persona_kind",
    "persona_of",
    "shown_insights",
]
