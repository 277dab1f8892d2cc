"""Who is like this person, why, and how many more are there."""

from recommender.matching.answer import Answer, Contribution, Counts, Headline, Match, Met, Near, Ranks, Reason
from recommender.matching.bases import Bases
from recommender.matching.headline import recounted
from recommender.matching.matcher import Matcher
from recommender.matching.query import Query
from recommender.matching.reuse import Answered, Basis

__all__ = [
    "Answer",
    "Answered",
    "Bases",
    "Basis",
    "Contribution",
    "Counts",
    "Headline",
    "Match",
    "Matcher",
    "Met",
    "Near",
    "Query",
    "Ranks",
    "Reason",
    "recounted",
]
