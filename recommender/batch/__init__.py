"""A whole file of profiles, or the whole pool, against the pool: the answers of the same `Matcher`, in a file."""

from recommender.batch.match import Unanswered, everyone, match
from recommender.batch.rows import Row
from recommender.batch.workers import Workers

__all__ = ["Row", "Unanswered", "Workers", "everyone", "match"]
