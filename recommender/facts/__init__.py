"""What follows from a profile and a vocabulary, and is not stored in its JSON.

`derive(profile, vocabulary)` is the one place that says which skills a profile has, how senior it is and
where it is; filters, facets, counts, reasons and the headline all read its `Facts`.
"""

from recommender.facts.comparing import company_form, folded, language_form, plain_words, unaccented
from recommender.facts.core import distinction
from recommender.facts.derive import derive
from recommender.facts.facts import SENIORITIES, Facts, Seniority, Track
from recommender.facts.fingerprint import facts_fingerprint
from recommender.facts.gazetteer import PlaceLevel, gazetteer, place_form
from recommender.facts.overlaps import Overlap, overlaps
from recommender.facts.places import levels, place_levels, stated_levels
from recommender.facts.seniority import TitleInfo, seniority_named, title_info
from recommender.facts.skills import first_places, held_skills, names_in
from recommender.facts.tenure import Tenure, impossible, is_later, months_worked, present, tenure_of, years_of
from recommender.facts.workplaces import WORKPLACES, workplace_named

__all__ = [
    "SENIORITIES",
    "WORKPLACES",
    "Facts",
    "Overlap",
    "PlaceLevel",
    "Seniority",
    "Tenure",
    "TitleInfo",
    "Track",
    "company_form",
    "derive",
    "distinction",
    "facts_fingerprint",
    "first_places",
    "folded",
    "gazetteer",
    "held_skills",
    "impossible",
    "is_later",
    "language_form",
    "levels",
    "months_worked",
    "names_in",
    "overlaps",
    "place_form",
    "place_levels",
    "plain_words",
    "present",
    "seniority_named",
    "stated_levels",
    "tenure_of",
    "title_info",
    "unaccented",
    "workplace_named",
    "years_of",
]
