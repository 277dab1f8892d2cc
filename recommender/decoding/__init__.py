"""Formats of strangers that take libraries to read → text, rows and values, in a process with limits of its own."""

from recommender.decoding.decoder import Decoder
from recommender.decoding.parts import Columns, Element, Job, Kind, Member, Part, PartNotice, Refused, Rows, Text, Value

__all__ = [
    "Columns", "Decoder", "Element", "Job", "Kind", "Member", "Part", "PartNotice", "Refused", "Rows", "Text", "Value",
]  # fmt: skip
