"""What people ask for in words: a text becomes a `Request`, which a person can read and change."""

from recommender.asking.conditions import Condition, conditions
from recommender.asking.request import Part, Prose, Request, YearsPart
from recommender.asking.understand import understand

__all__ = ["Condition", "Part", "Prose", "Request", "YearsPart", "conditions", "understand"]
