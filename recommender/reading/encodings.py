"""In which encoding the bytes of a text are, by the bytes alone; and a stream of them as UTF-8."""

from __future__ import annotations

import codecs
import re
from io import BufferedReader, RawIOBase
from typing import BinaryIO, NamedTuple, cast

#: Bytes at the beginning of a file by which its encoding is known.
SNIFFED = 4 * 2**20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
#: Characters of several bytes as UTF-8 writes them.
_SEVERAL = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
#: Bytes that no text in Windows-1252 has: five are undefined there, the letters of the other two hardly in use.
_DAMAGE = re.compile(rb"[\x81\x8d\x8f\x90\x9d\xfe\xff]")
_LATIN, _CYRILLIC = re.compile(rb"[A-Za-z]"), re.compile(rb"[\xc0-\xff]")
#: The share of zero bytes at every other place beyond which a text without a mark is UTF-16.
_ZEROS = 0.3


class Encoding(NamedTuple):
    """An encoding by Python's name, and the first line with a byte that is no UTF-8; None where all are."""

    name: str
    odd_line: int | None = None


def what_was_odd(encoding: Encoding) -> str:
    """What a notice says of a text that is not all UTF-8."""
    names = {"cp1252": "Windows-1252", "cp1251": "Windows-1251"}
    if encoding.name in names:
        return f"not UTF-8: read as {names[encoding.name]}; save the file as UTF-8"
    return "bytes that are no UTF-8 stand as \ufffd; save the file as UTF-8"


def encoding_of(content: bytes) -> Encoding:
    """The encoding of a text: by its mark, by zeros at every other place, as UTF-8, else as Windows writes it.

    Where most of what is no ASCII is good UTF-8, the text is UTF-8 with some bytes damaged, and so it is where a byte
    stands that no text of Windows has.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Encoding(name)
    start = content[:4096]
    for name, first in (("utf-16-be", 0), ("utf-16-le", 1)):
        if start[first::2].count(0) > _ZEROS * len(start) / 2 and not start[1 - first :: 2].count(0):
            return Encoding(name)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if len(content) == SNIFFED and error.reason == "unexpected end of data":  # cut within a character
            return Encoding("utf-8")
        return Encoding(_name_of(content), content.count(b"\n", 0, error.start) + 1)
    return Encoding("utf-8")


def _name_of(content: bytes) -> str:
    """The encoding of what is not all UTF-8."""
    rest = _SEVERAL.sub(b"", content)
    if _DAMAGE.search(rest) and len(_CYRILLIC.findall(rest)) < len(_LATIN.findall(rest)):
        return "utf-8"
    high, good = len(_HIGH.findall(rest)), len(_SEVERAL.findall(content))
    if good >= high:
        return "utf-8"
    return "cp1251" if len(_CYRILLIC.findall(rest)) > len(_LATIN.findall(rest)) else "cp1252"


class _Recoded(RawIOBase):
    """A text in another encoding, as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """To the beginning, which is all that is asked of a text."""
        self._decoder.reset()
        self._waiting = b""
        return self._stream.seek(0)

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._waiting:
            content = self._stream.read(65_536)
            self._waiting = self._decoder.decode(content, final=not content).encode("utf-8", "replace")
            if not content:
                break
        taken = self._waiting[: len(buffer)]
        self._waiting = self._waiting[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def as_utf8(stream: BinaryIO, encoding: Encoding) -> BinaryIO:
    """The text of `stream`, which is at its beginning, as UTF-8; the stream itself where it is UTF-8."""
    if encoding.name in ("utf-8", "utf-8-sig"):
        return stream
    return cast(BinaryIO, BufferedReader(_Recoded(stream, encoding.name)))
