"""What follows from a profile and a vocabulary, and is not stored in its JSON.

`derive(profile, vocabulary)` is the one place that says which skills a profile has, how senior it is and
where it is; filters, facets, counts, reasons and the headline all read its `Facts`.
"""

from recommender.facts.comparing import company_form, folded, unaccented
from recommender.facts.core import distinction
from recommender.facts.derive import derive
from recommender.facts.facts import SENIORITIES, Facts, Seniority, Track
from recommender.facts.fingerprint import facts_fingerprint
from recommender.facts.gazetteer import place_form
from recommender.facts.places import levels, stated_levels
from recommender.facts.seniority import TitleInfo, seniority_named, title_info
from recommender.facts.skills import held_skills, names_in
from recommender.facts.tenure import Overlap, impossible, months_of, months_worked, overlaps, years_of
from recommender.facts.workplaces import WORKPLACES, workplace_named

__all__ = [
    "SENIORITIES",
    "WORKPLACES",
    "Facts",
    "Overlap",
    "Seniority",
    "TitleInfo",
    "Track",
    "company_form",
    "derive",
    "distinction",
    "facts_fingerprint",
    "folded",
    "held_skills",
    "impossible",
    "levels",
    "months_of",
    "months_worked",
    "names_in",
    "overlaps",
    "place_form",
    "seniority_named",
    "stated_levels",
    "title_info",
    "unaccented",
    "workplace_named",
    "years_of",
]
