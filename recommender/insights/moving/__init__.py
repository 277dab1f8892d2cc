"""How likely somebody is to leave their present employer within a year, as far as their dated jobs tell.

A statement about people with such careers, not about a person's wishes; see docs/decisions for what it is not.
"""

from recommender.insights.moving.badges import is_likely_to_move
from recommender.insights.moving.employers import employers, is_same_company, related
from recommender.insights.moving.outlook import MoveOutlook, outlook

__all__ = ["MoveOutlook", "employers", "is_likely_to_move", "is_same_company", "outlook", "related"]
