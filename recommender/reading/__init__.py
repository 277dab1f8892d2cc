"""Bytes of many formats → `Profile`s.

Nothing is dropped silently: each loss is a `Notice`, each refusal a `Rejected`.
"""

from recommender.reading.detect import FORMATS
from recommender.reading.formats.jsonresume.reader import write_json_resume
from recommender.reading.once import Once
from recommender.reading.outcome import Found, Notice, Rejected, Trace
from recommender.reading.read import read_bytes, read_path, read_values

__all__ = [
    "FORMATS",
    "Found",
    "Notice",
    "Once",
    "Rejected",
    "Trace",
    "read_bytes",
    "read_path",
    "read_values",
    "write_json_resume",
]
