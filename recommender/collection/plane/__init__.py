"""People on a plane: search vectors in two dimensions, so that neighbours there are neighbours here."""

from recommender.collection.plane.layout import lay_out
from recommender.collection.plane.placing import UNPLACED, place

__all__ = ["UNPLACED", "lay_out", "place"]
