"""One person once: profiles that are of the same person, across files and sources, and why.

Names and contact details are evidence here and nowhere else: no score of a match knows them.
"""

from recommender.duplicates.evidence import Evidence
from recommender.duplicates.find import Duplicate, Person, find_duplicates
from recommender.duplicates.in_pool import duplicates_in

__all__ = ["Duplicate", "Evidence", "Person", "duplicates_in", "find_duplicates"]
