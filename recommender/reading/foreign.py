"""Formats that people send and that are not read here, by what they begin with: each refused by its name."""

from __future__ import annotations

import re

_AS_DOCUMENT = "save it as DOCX or PDF"
#: Kinds of ZIP, by the names that `recommender.decoding.archives` gives them.
ZIPS = {
    "odt": f"an OpenDocument text (.odt); {_AS_DOCUMENT}",
    "ods": "an OpenDocument spreadsheet (.ods); save the table as CSV",
    "xlsx": "an Excel workbook (.xlsx); save the table as CSV",
    "pptx": f"a PowerPoint presentation (.pptx); {_AS_DOCUMENT}",
    "pages": "a Pages document (.pages); export it as DOCX or PDF",
    "epub": f"an e-book (.epub); {_AS_DOCUMENT}",
    "files": "a ZIP of other files; unpack it and give the folder",
}
_IMAGE = "an image ({}), which has no text; give the résumé as PDF or DOCX with its text"
#: What a file begins with, and what it is.
_BINARY = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"a .doc of Word 97 (or another old Office file); {_AS_DOCUMENT}"),
    (b"\x89PNG\r\n\x1a\n", _IMAGE.format("PNG")),
    (b"\xff\xd8\xff", _IMAGE.format("JPEG")),
    (b"GIF8", _IMAGE.format("GIF")),
    (b"II*\0", _IMAGE.format("TIFF")),
    (b"MM\0*", _IMAGE.format("TIFF")),
    (b"\xffWPC", f"a WordPerfect document; {_AS_DOCUMENT}"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it and give the folder"),
    (b"Rar!", "a RAR archive; unpack it and give the folder"),
    (b"SQLite format 3\0", "an SQLite database; export its table as CSV"),
    (b"\x04%!PS-Adobe", f"a PostScript file; {_AS_DOCUMENT}"),
    (b"%!PS", f"a PostScript file; {_AS_DOCUMENT}"),
    (b"BZh", "a bzip2 file; unpack it"),
    (b"\xfd7zXZ\0", "an xz file; unpack it"),
)
#: The same of text, after blanks.
_TEXT = (
    (re.compile(r"(?:%[^\n]*\n\s*)*\\documentclass\b"), "a LaTeX source; give the PDF made of it"),
    (re.compile(r"(?:[A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*){0,40}MIME-Version: ", re.IGNORECASE),
     "an e-mail (or a page saved as MHTML); give the résumé that is attached to it"),
    (re.compile(r"<\?xml[^>]*\?>\s*(?:<!--.{0,2000}?-->\s*)?<(?:\?mso-application|(?:w:)?wordDocument)", re.DOTALL),
     f"an Office file in XML of 2003; {_AS_DOCUMENT}"),
    (re.compile(r"BEGIN:VCALENDAR"), "a calendar; give a résumé"),
    (re.compile(r"\.(?:TH|SH|\\\") "), "a manual page; give a résumé"),
)  # fmt: skip


def foreign_binary(head: bytes) -> str | None:
    """What a file is that begins with `head`, with what to do about it; None where it is no such format."""
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return _IMAGE.format("HEIC")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _IMAGE.format("WebP")
    if head[257:262] == b"ustar":
        return "a tar archive; unpack it and give the folder"
    return next((what for mark, what in _BINARY if head.startswith(mark)), None)


def foreign_text(head: str) -> str | None:
    """The same of a file that is text."""
    start = head.lstrip("\ufeff \t\r\n")[:20_000]
    return next((what for sign, what in _TEXT if sign.match(start)), None)
