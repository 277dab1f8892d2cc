"""Résumés in YAML: JSON Resume written as YAML, and what is close to it (RenderCV's `cv`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding import Refused, Value
from recommender.profile import Profile
from recommender.reading.formats.profile_json import read_record
from recommender.reading.outcome import Context, Rejected


def read_yaml(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of a YAML document, or of every record of a list."""
    for part in context.decoder.decode("yaml", stream, context.limits):
        if isinstance(part, Refused):
            yield context.reject(part.place, "", part.reason)
        elif isinstance(part, Value):
            records = part.value if isinstance(part.value, list) else [part.value]
            for number, record in enumerate(records, start=1):
                yield read_record(_of_rendercv(record), context, f"record {number}" if len(records) > 1 else "")


def _of_rendercv(record: Any) -> Any:
    """RenderCV's document as its sections beside the person; any other as it is."""
    inner = record.get("cv") if isinstance(record, dict) else None
    if not isinstance(inner, dict) or not isinstance(sections := inner.get("sections"), dict):
        return record
    return {**{key: held for key, held in inner.items() if key != "sections"}, **sections}
