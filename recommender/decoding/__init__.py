"""Binary formats of strangers → text and rows, in a process of its own with little memory and little time."""

from recommender.decoding.decoder import Decoder
from recommender.decoding.parts import Columns, Job, Kind, Member, Part, PartNotice, Refused, Rows, Text

__all__ = ["Columns", "Decoder", "Job", "Kind", "Member", "Part", "PartNotice", "Refused", "Rows", "Text"]
