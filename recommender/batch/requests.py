"""A file of requests in words: JSON lines, a request a line, or any other text, which is one advert."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from recommender.asking import Request
from recommender.reading import Rejected

#: Suffixes of files that hold a request a line.
_LINES = (".jsonl", ".ndjson")


class InWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question in words: a text, or a request as it was understood or changed.

    Attributes:
        id: by which the rows of its answer are known; "query-7" for the seventh where it has none.
    """

    id: str | None = None
    text: str | None = None
    request: Request | None = None


def read_requests(path: Path) -> Iterator[InWords | Rejected]:
    """The requests of a file; an advert goes by the name of its file. A line that is no request costs itself alone."""
    content = path.read_bytes()
    if path.suffix.casefold() not in _LINES:
        yield _one(path, content)
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            yield _read(path.name, f"line {number}", line)


def _one(path: Path, content: bytes) -> InWords | Rejected:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Rejected(path.name, "", "", "it is no text in UTF-8; give a text, or JSON lines that end in .jsonl")
    if not text.strip():
        return Rejected(path.name, "", "", "it is empty; write what is asked for")
    return InWords(id=path.stem, text=text)


def _read(source: str, place: str, line: bytes) -> InWords | Rejected:
    try:
        asked = msgspec.json.decode(line, type=InWords)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Rejected(source, place, "", f'it is no request ({error}); write {{"id": …, "text": "…"}}')
    if (asked.text is None) == (asked.request is None):
        what = "neither a text nor a request is given" if asked.text is None else "both a text and a request are given"
        return Rejected(source, place, "text", f"{what}; give one of them")
    if asked.text is not None and not asked.text.strip():
        return Rejected(source, place, "text", "it is empty; write what is asked for")
    return asked
