"""Binary formats: what the decoding process makes of a file → profiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from recommender.decoding import Columns, Job, Member, PartNotice, Refused, Rows, Text
from recommender.profile import Profile
from recommender.reading.formats.linkedin import read_export
from recommender.reading.formats.prose import read_any_text
from recommender.reading.formats.tables.rows import column_mapping, read_row
from recommender.reading.outcome import Context, Rejected


def read_pdf(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a PDF."""
    return _read_document(
        "pdf", stream, context, "no text stands in this PDF (it may be a scan); give it with its text"
    )


def read_docx(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a DOCX."""
    return _read_document("docx", stream, context, "no text stands in this DOCX; give it with its text")


def read_rtf(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of an RTF."""
    return _read_document("rtf", stream, context, "no text stands in this RTF; give it with its text")


def _read_document(job: Job, stream: BinaryIO, context: Context, bare: str) -> Iterator[Profile | Rejected]:
    for part in context.decoder.decode(job, stream, context.limits):
        match part:
            case PartNotice(place, message):
                context.notice(place, "", message)
            case Refused(reason, place):
                yield context.reject(place, "", reason)
            case Text(text):
                context.trace.text = text
                yield read_any_text(text, context) if text.strip() else context.reject("", "", bare)


def read_linkedin(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a LinkedIn export."""
    members: list[Member] = []
    for part in context.decoder.decode("linkedin", stream, context.limits):
        match part:
            case PartNotice(place, message):
                context.notice(place, "", message)
            case Refused(reason, place):
                yield context.reject(place, "", reason)
                return
            case Member():
                members.append(part)
    yield read_export([(member.name, member.content) for member in members], context)


def read_parquet(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every row of a Parquet file, read some at a time."""
    mapping: dict[str, str] = {}
    for part in context.decoder.decode("parquet", stream, context.limits):
        match part:
            case Refused(reason, place):
                yield context.reject(place, "", reason)
            case Columns(names):
                found = column_mapping(names, context)
                if found is None:
                    yield context.reject("", "", "no column of a profile was recognised; give a mapping field=column")
                    return
                mapping = found
            case Rows(first, rows):
                for number, row in enumerate(rows, start=first):
                    yield read_row(row, mapping, context, f"row {number}")
