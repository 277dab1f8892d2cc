"""RTF → its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from recommender.decoding.parts import Part, PartNotice, Refused, Text
from recommender.limits import Limits

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)
#: Groups that hold no text of the document.
_TABLES = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "generator", "listtable", "listoverridetable", "rsidtbl",
    "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "filetbl", "revtbl", "object",
    "fldinst", "nonshppict", "pgptbl", "mmathpr", "bkmkstart", "bkmkend",
))  # fmt: skip
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t", "bullet": "•",
    "endash": "–", "emdash": "—", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ",
    "enspace": " ", "~": "\u00a0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n",
}  # fmt: skip


def decode_rtf(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The text of an RTF, without what is deleted or hidden in it."""
    content = stream.read(limits.document_bytes)
    text: list[str] = []
    length = 0
    coding, skip, unread = "cp1252", 0, [False]
    for match in _TOKEN.finditer(content):
        word, number, code, sign, brace, plain = match.groups()
        if brace == b"{":
            unread.append(unread[-1])
            if len(unread) > 10_000:
                yield Refused("the RTF is broken (too many groups in one another); save it again")
                return
            continue
        if brace == b"}":
            if len(unread) > 1:
                unread.pop()
            continue
        name = word.decode().lower() if word else ""
        if name in _TABLES or sign == b"*" or (name in ("v", "deleted") and number != b"0"):
            unread[-1] = True
        elif name == "ansicpg" and number:
            coding = _coding(number)
        if unread[-1]:
            continue
        shown, skip = _shown(name, number, code, sign, plain, coding, skip)
        text.append(shown)
        length += len(shown)
        if length > 2 * limits.text_characters:
            break
    yield PartNotice("", "of this RTF the text alone was read, not its tables and text boxes; a DOCX says more")
    yield Text("".join(text))


def _coding(number: bytes) -> str:
    try:
        "".encode(f"cp{int(number)}")
    except LookupError:
        return "cp1252"
    return f"cp{int(number)}"


def _shown(
    name: str, number: bytes | None, code: bytes | None, sign: bytes | None, plain: bytes | None, coding: str, skip: int
) -> tuple[str, int]:
    """What a token shows, and how many of the letters that follow stand for it in old readers."""
    if name == "u" and number:
        value = int(number) % 65_536
        return ("" if 0xD800 <= value < 0xE000 else chr(value)), 1
    if code:
        return ("", skip - 1) if skip else (bytes([int(code, 16)]).decode(coding, "replace"), 0)
    if plain:
        said = plain.decode(coding, "replace")
        return said[skip:], max(0, skip - len(said))
    return _SIGNS.get(name or (sign or b"").decode("latin-1"), ""), skip
