"""What follows from a profile and a vocabulary, and is not stored in its JSON.

`derive(profile, vocabulary)` is the one place that says which skills a profile has, how senior it is and
where it is; filters, facets, counts, reasons and the headline all read its `Facts`.
"""

from recommender.facts.core import distinction
from recommender.facts.derive import derive
from recommender.facts.facts import SENIORITIES, Facts, Seniority, Track
from recommender.facts.places import levels
from recommender.facts.seniority import Standing, standing
from recommender.facts.skills import held_skills, names_in
from recommender.facts.tenure import Overlap, impossible, months_of, months_worked, overlaps, years_of

__all__ = [
    "SENIORITIES",
    "Facts",
    "Overlap",
    "Seniority",
    "Standing",
    "Track",
    "derive",
    "distinction",
    "held_skills",
    "impossible",
    "levels",
    "months_of",
    "months_worked",
    "names_in",
    "overlaps",
    "standing",
    "years_of",
]
