"""People on a plane: search vectors in two dimensions, so that neighbours there are neighbours here."""

from recommender.collection.plane.layout import lay_out
from recommender.collection.plane.placing import place

__all__ = ["lay_out", "place"]
