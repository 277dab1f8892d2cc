"""A whole file of profiles or requests, or the whole pool, against the pool, by the same `Matcher`, in a file."""

from recommender.batch.engine import Engine, Here
from recommender.batch.forms.rows import BareRow, NearRow, Row
from recommender.batch.forms.schema import generation_of
from recommender.batch.match import ALL, Progress, everyone, like, match
from recommender.batch.match_all import match_all
from recommender.batch.memory import Needs, bytes_of, room
from recommender.batch.on_ray import Ray
from recommender.batch.pieces import Unanswered
from recommender.batch.requests import InWords, read_requests
from recommender.batch.summary import Reject, Summary
from recommender.batch.workers import Workers

__all__ = [
    "ALL",
    "BareRow",
    "Engine",
    "Here",
    "InWords",
    "NearRow",
    "Needs",
    "Progress",
    "Ray",
    "Reject",
    "Row",
    "Summary",
    "Unanswered",
    "Workers",
    "bytes_of",
    "everyone",
    "generation_of",
    "like",
    "match",
    "match_all",
    "read_requests",
    "room",
]
