"""Profiles into a pool, the one way for command, HTTP and Python: admit, keep or encode, upsert."""

from recommender.storing.encoders import Encoders, Here
from recommender.storing.outcome import BATCH, Outcome, Totals
from recommender.storing.processes import Processes
from recommender.storing.sift import sift
from recommender.storing.store import Storing
from recommender.storing.turns import in_turn

__all__ = ["BATCH", "Encoders", "Here", "Outcome", "Processes", "Storing", "Totals", "in_turn", "sift"]
