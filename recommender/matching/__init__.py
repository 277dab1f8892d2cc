"""Who is like this person, why, and how many more are there."""

from recommender.matching.answer import Answer, Contribution, Headline, Match, Reason
from recommender.matching.matcher import Matcher
from recommender.matching.query import Query

__all__ = ["Answer", "Contribution", "Headline", "Match", "Matcher", "Query", "Reason"]
