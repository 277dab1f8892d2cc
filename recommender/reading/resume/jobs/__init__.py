"""The jobs in a résumé's text: who worked where, as what, and when."""

from recommender.reading.resume.jobs.find import find_roles
from recommender.reading.resume.jobs.found import FoundRole

__all__ = ["FoundRole", "find_roles"]
