"""A whole file of profiles or requests, or the whole pool, against the pool, by the same `Matcher`, in a file."""

from recommender.batch.match import Unanswered, everyone, match
from recommender.batch.requests import InWords, read_requests
from recommender.batch.rows import Row
from recommender.batch.workers import Workers

__all__ = ["InWords", "Row", "Unanswered", "Workers", "everyone", "match", "read_requests"]
