"""The front door: a path or bytes → profiles, whatever the format."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from recommender.decoding import Decoder, Kind
from recommender.errors import ReadingError
from recommender.limits import Limits
from recommender.profile import Profile
from recommender.reading.bounded import TooLarge, unpacked, whole
from recommender.reading.detect import FORMATS, HEAD, Format, detect, detect_binary
from recommender.reading.encodings import SNIFFED, Encoding, as_utf8, encoding_of, what_was_odd
from recommender.reading.foreign import ZIPS, foreign_binary, foreign_text
from recommender.reading.formats.documents import read_docx, read_linkedin, read_parquet, read_pdf, read_rtf
from recommender.reading.formats.europass import read_xml
from recommender.reading.formats.jsonresume.reader import read_json_resumes
from recommender.reading.formats.page_html import read_html
from recommender.reading.formats.profile_json import read_profiles, read_record
from recommender.reading.formats.records import FAULTS, broken, shallow
from recommender.reading.formats.tables.csv_file import read_csv
from recommender.reading.formats.vcard import read_vcards
from recommender.reading.formats.yaml_resume import read_yaml
from recommender.reading.outcome import Context, Notice, Rejected, Trace
from recommender.reading.page.reader import read_pages
from recommender.reading.resume.reader import read_resumes
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
    "rtf": read_rtf,
    "html": read_html,
    "xml": read_xml,
    "vcard": read_vcards,
    "yaml": read_yaml,
}

#: Formats that are no text.
_BINARY = ("pdf", "docx", "linkedin", "parquet", "rtf")
_UNKNOWN = f"no format that is read here; give one of {', '.join(FORMATS)}"
_BROKEN_ZIP = f"a broken ZIP; give one of {', '.join(FORMATS)}"
#: Formats of one person that are read whole, as text.
_WHOLE = ("page", "text")
_BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)
DEFAULT = Limits()

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
    limits: Limits = DEFAULT,
    decoder: Decoder | None = None,
    trace: Trace | None = None,
) -> Iterator[Profile | Rejected]:
    """Every record of a file, in order, as a `Profile` or a `Rejected`.

    The format is known by its content, not by name; `format` (one of `FORMATS`) overrides. Gzip is unpacked on the way.
    `mapping` names a table's columns: profile field → column. `as_of` is the month ("YYYY-MM") in which records that
    state none were collected, the present one where None. `source` is what notices and rejections call the file, its
    name where None. `limits` is how much is read. Whoever reads many files passes a `decoder`, whose processes stay
    warm; without one the file has its own. Records are read as they are asked for. `trace`
    is filled in with how.

    Raises `ReadingError` at the first record where the file cannot be opened, `format` is unknown or `as_of` no month.
    """
    path = Path(path)
    context = _context(source or path.name, vocabulary, on_notice, mapping, as_of, limits)
    context = context.within(trace=trace or context.trace)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ReadingError(f"{path}: {error.strerror or error}; give a file that can be read") from error
    with stream:
        yield from _read(stream, context, format, decoder)


def read_bytes(
    content: bytes,
    *,
    source: str,
    vocabulary: Vocabulary,
    on_notice: Callable[[Notice], None],
    format: str | None = None,  # noqa: A002
    mapping: dict[str, str] | None = None,
    as_of: str | None = None,
    limits: Limits = DEFAULT,
    decoder: Decoder | None = None,
    trace: Trace | None = None,
) -> Iterator[Profile | Rejected]:
    """As `read_path`, of bytes that the caller names `source`."""
    context = _context(source, vocabulary, on_notice, mapping, as_of, limits)
    context = context.within(trace=trace or context.trace)
    yield from _read(BytesIO(content), context, format, decoder)


def read_values(
    values: Iterable[tuple[str, Any]],
    *,
    source: str,
    vocabulary: Vocabulary,
    on_notice: Callable[[Notice], None],
    limits: Limits = DEFAULT,
) -> Iterator[Profile | Rejected]:
    """As `read_bytes`, of records that are decoded already: each a place and the JSON value there."""
    context = _context(source, vocabulary, on_notice, None, None, limits)
    for place, value in values:
        try:
            shallow(value)
        except FAULTS as error:
            yield context.reject(place, "", broken(error))
        else:
            yield read_record(value, context, place)


def _context(
    source: str,
    vocabulary: Vocabulary,
    on_notice: Callable[[Notice], None],
    mapping: dict[str, str] | None,
    as_of: str | None,
    limits: Limits,
) -> Context:
    if as_of is not None and not _MONTH.fullmatch(as_of):
        raise ReadingError(f"{as_of!r} is no month; give it as YYYY-MM")
    month = as_of or datetime.now(UTC).strftime("%Y-%m")
    return Context(
        source=source, vocabulary=vocabulary, on_notice=on_notice, month=month, mapping=mapping or {}, limits=limits
    )


def _read(
    stream: BinaryIO, context: Context, given: str | None, decoder: Decoder | None
) -> Iterator[Profile | Rejected]:
    if given is not None and given not in FORMATS:
        raise ReadingError(f"unknown format {given!r}; choose one of {', '.join(FORMATS)}")
    with nullcontext(decoder) if decoder else context.decoder as used:
        context = context.within(decoder=used)
        nothing = True
        try:
            for outcome in _outcomes(unpacked(stream, context.limits), context, given):
                nothing = False
                yield outcome
        except TooLarge as error:
            yield context.reject("", "", str(error))
        except _BROKEN_GZIP as error:
            yield context.reject("", "", f"the gzip file is broken ({error}): what follows was not read; pack it again")
        else:
            if nothing:
                yield context.reject("", "", "no record stands in this file; give at least one")


def _outcomes(stream: BinaryIO, context: Context, given: str | None) -> Iterator[Profile | Rejected]:
    head = _head(stream)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        yield context.reject("", "", "the file is empty; give a profile")
        return
    kind, foreign, encoding = given, None, None
    if given is None:
        kind, foreign = _binary_kind(stream, head, context)
    if kind not in _BINARY and foreign is None:
        encoding = _encoding(stream, head)
        stream = as_utf8(stream, encoding)
        head = _head(stream)
        foreign = None if given else foreign_text(head.decode(errors="replace"))
        kind = given or detect(head)
    reader = _READERS.get(cast(Format, kind)) if kind else None
    context.trace.format = kind if reader else None
    if foreign is not None or reader is None:
        yield context.reject("", "", f"this is {foreign or _UNKNOWN}")
        return
    if encoding and encoding.odd_line is not None and encoding.name != "utf-8":  # damaged UTF-8 its reader tells of
        context.notice(f"line {encoding.odd_line}", "", what_was_odd(encoding))
    if kind in _WHOLE:
        content = whole(stream, context.limits)
        context.trace.text = content.decode(errors="replace")
        yield from reader(BytesIO(content), context)
    else:
        yield from reader(stream, context)


def _head(stream: BinaryIO) -> bytes:
    head = stream.read(HEAD)
    stream.seek(0)
    return head


def _encoding(stream: BinaryIO, head: bytes) -> Encoding:
    """The encoding of a text, by its beginning."""
    try:
        sniffed = stream.read(SNIFFED)
    except (TooLarge, *_BROKEN_GZIP):  # further on: what is before it is read
        sniffed = head
    stream.seek(0)
    return encoding_of(sniffed)


def _binary_kind(stream: BinaryIO, head: bytes, context: Context) -> tuple[str | None, str | None]:
    """The format of a file that is no text, or what it is that is not read; neither where it is text."""
    if head[:2] == b"PK":
        kind = _kind_of_zip(stream, context)
        return (None, _BROKEN_ZIP) if kind is None else (kind, ZIPS.get(kind))
    return detect_binary(head), foreign_binary(head)


def _kind_of_zip(stream: BinaryIO, context: Context) -> str | None:
    """What a ZIP is: a format of ours, a name in `ZIPS`, or None where it is broken."""
    for part in context.decoder.decode("zip", stream, context.limits):
        if isinstance(part, Kind):
            stream.seek(0)
            return part.format
    return None
