"""The front door: a path or bytes → profiles, whatever the format."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from recommender.errors import ReadingError
from recommender.profile import Profile
from recommender.reading.archives import names_of
from recommender.reading.detect import FORMATS, HEAD, Format, detect
from recommender.reading.docx import read_docx
from recommender.reading.jsonresume import read_json_resumes
from recommender.reading.linkedin import read_linkedin
from recommender.reading.outcome import Context, Notice, Rejected
from recommender.reading.page import read_pages
from recommender.reading.pdf import read_pdf
from recommender.reading.profile_json import read_profiles
from recommender.reading.resume_text import read_resumes
from recommender.reading.table import read_csv, read_parquet
from recommender.skills import Vocabulary

Reader = Callable[[BinaryIO, Context], Iterator[Profile | Rejected]]

_READERS: dict[Format, Reader] = {
    "page": read_pages,
    "profiles": read_profiles,
    "json-resume": read_json_resumes,
    "linkedin": read_linkedin,
    "text": read_resumes,
    "pdf": read_pdf,
    "docx": read_docx,
    "csv": read_csv,
    "parquet": read_parquet,
}

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def read_path(
    path: Path | str,
    *,
    vocabulary: Vocabulary,
    on_notice: Callable[[Notice], None],
    format: str | None = None,  # noqa: A002 - the option's name on the command line
    mapping: dict[str, str] | None = None,
    as_of: str | None = None,
    source: str | None = None,
) -> Iterator[Profile | Rejected]:
    """Every record of a file, in order, as a `Profile` or a `Rejected`.

    The format is told by content, not by name; `format` (one of `FORMATS`) overrides. Gzip is unpacked on the way.
    `mapping` names a table's columns: profile field → column. `as_of` is the month ("YYYY-MM") in which records that
    state none were collected, the present one where None. `source` is what notices and rejections call the file, its
    name where None. Records are read as they are asked for.

    Raises `ReadingError` at the first record where the file cannot be opened, `format` is unknown or `as_of` no month.
    """
    path = Path(path)
    context = _context(source or path.name, vocabulary, on_notice, mapping, as_of)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ReadingError(f"{path}: {error.strerror or error}; give a file that can be read") from error
    with stream:
        yield from _read(stream, context, format)


def read_bytes(
    content: bytes,
    *,
    source: str,
    vocabulary: Vocabulary,
    on_notice: Callable[[Notice], None],
    format: str | None = None,  # noqa: A002
    mapping: dict[str, str] | None = None,
    as_of: str | None = None,
) -> Iterator[Profile | Rejected]:
    """As `read_path`, of bytes that the caller names `source`."""
    yield from _read(BytesIO(content), _context(source, vocabulary, on_notice, mapping, as_of), format)


def _context(
    source: str,
    vocabulary: Vocabulary,
    on_notice: Callable[[Notice], None],
    mapping: dict[str, str] | None,
    as_of: str | None,
) -> Context:
    if as_of is not None and not _MONTH.fullmatch(as_of):
        raise ReadingError(f"{as_of!r} is no month; give it as YYYY-MM")
    month = as_of or datetime.now(UTC).strftime("%Y-%m")
    return Context(source=source, vocabulary=vocabulary, on_notice=on_notice, month=month, mapping=mapping or {})


def _read(stream: BinaryIO, context: Context, given: str | None) -> Iterator[Profile | Rejected]:
    if given is not None and given not in FORMATS:
        raise ReadingError(f"unknown format {given!r}; choose one of {', '.join(FORMATS)}")
    try:
        stream, head = _unpacked(stream)
        if not head.removeprefix(b"\xef\xbb\xbf").strip():
            yield context.reject("", "", "the file is empty; give a profile")
            return
        names = names_of(stream) if head[:2] == b"PK" else ()
        kind = cast("Format | None", given) or detect(head, names or ())
        reader = _READERS.get(kind) if kind else None
        if reader is None:
            what = "a broken ZIP" if names is None else "no format that is read here"
            yield context.reject("", "", f"this is {what}; give one of {', '.join(FORMATS)}")
            return
        nothing = True
        for outcome in reader(stream, context):
            nothing = False
            yield outcome
        if nothing:
            yield context.reject("", "", "no record stands in this file; give at least one")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield context.reject("", "", f"the gzip file is broken ({error}): what follows was not read; pack it again")


def _unpacked(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The stream without its gzip, and its first bytes."""
    head = stream.read(HEAD)
    stream.seek(0)
    if head[:2] != b"\x1f\x8b":
        return stream, head
    unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    head = unpacked.read(HEAD)
    unpacked.seek(0)
    return unpacked, head
