"""What one may say of a person beyond the facts, each sentence with the fields that it comes from.

`derive(profile, vocabulary)` gives the facts and the insights that a pool stores. Nothing is invented: every word of an
insight resolves to fields of the profile, and where the evidence is thin there is none.
"""

from recommender.insights.derive import derive
from recommender.insights.fingerprint import derived_fingerprint
from recommender.insights.insights import Derived, Highlight, Insights, Persona

__all__ = ["Derived", "Highlight", "Insights", "Persona", "derive", "derived_fingerprint"]
