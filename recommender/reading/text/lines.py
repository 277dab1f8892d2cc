"""Bytes to clean lines: encodings, line ends, odd spaces, stray HTML."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import msgspec

from recommender.reading.encodings import encoding_of, what_was_odd
from recommender.reading.outcome import Context

_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile("[\ufeff\u200b\u2060\u00ad\u200e\u200f]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_NEWLINE = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: Between two words one parts them; a zero does not: two-byte characters that are read by the byte leave it.
_BETWEEN_WORDS = re.compile(r"(?<=\w)[\x01-\x08\x0e-\x1f\x7f]+(?=\w)")
_BULLET = re.compile(r"\s*(?:[•●▪■◦‣⁃∙·►➢✓✔❖*]|[-–—](?=\s)|o(?=\s{2,}))\s*")
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|br|hr|li|ul|ol|em|h[1-6]|div|span|strong|small|section|article|header|footer|main|body|html|head"
    r"|title|meta|link|img|table|tbody|thead|tr|td|th|font|sup|sub)(?:\s[^<>]*)?/?>|<!doctype[^<>]*>",
    re.IGNORECASE,
)
#: What begins something that a reader of the page does not see, and how each ends.
_UNSEEN = re.compile(r"<!--|<(script|style|head)\b[^<>]*>", re.IGNORECASE)
_SEEN_AGAIN = {
    name: re.compile(end, re.IGNORECASE)
    for name, end in (("", "-->"), *((name, rf"</{name}\s*>") for name in ("script", "style", "head")))
}
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|bull|ndash|mdash|middot|rsquo|lsquo|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_INLINE = {"a", "b", "i", "u", "em", "span", "strong", "small", "font", "sup", "sub"}


#: Two or three bytes of UTF-8 as Windows-1252 shows them.
_SCRAMBLED = re.compile("â€[\u0080-\u02dc\u2010-\u2122]|[ÂÃ][\u00a0-\u00bf\u20ac\u0152-\u02dc\u2010-\u2122]")


class Line(msgspec.Struct, frozen=True):
    """One line that holds something: its number from 1, its text without white space or bullet around, and whether it
    is a bullet. `first` says that an empty line, or none, is before it."""

    number: int
    text: str
    bullet: bool
    first: bool


def decode(content: bytes, context: Context, place: str = "") -> str:
    """The text of `content`: UTF-8, UTF-16, else as Windows writes it, with a notice; where UTF-8 is damaged, with
    U+FFFD for the bytes at fault."""
    encoding = encoding_of(content)
    text = content.decode("utf-8-sig" if encoding.name == "utf-8" else encoding.name, errors="replace")
    if encoding.odd_line is not None:
        context.notice(place or f"line {encoding.odd_line}", "", what_was_odd(encoding))
    return text


def clean(text: str, context: Context, place: str = "") -> str:
    """`text` with one kind of line end and of space, without control characters and HTML tags; tells what it took."""
    longest = context.limits.text_characters
    if len(text) > longest:
        context.notice(
            place, "", f"only the first {longest:,} of {len(text):,} characters were read (limits.text_characters)"
        )
        text = text[:longest]
    text = plain(text)
    if _CONTROL.search(text):
        context.notice(place, "", "control characters were taken out")
        text = _CONTROL.sub("", _BETWEEN_WORDS.sub(" ", text))
    if (right := _set_right(text)) != text:
        context.notice(place, "", "letters that were written in UTF-8 and read otherwise were set right")
        text = right
    if "<" in text and (without := without_html(text)) != text:
        context.notice(place, "", "HTML tags were taken out of the text")
        text = without
    return _ENTITY.sub(lambda match: unescape(match[0]).replace("\u00a0", " "), text) if "&" in text else text


def _set_right(text: str) -> str:
    """A text whose UTF-8 somebody took for Windows-1252 ("â€¢", "Ã©") as it was before."""

    def as_before(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252").decode()
        except UnicodeError:
            return match[0]

    return _SCRAMBLED.sub(as_before, text) if "â€" in text or "Ã" in text else text


def without_html(text: str) -> str:
    """`text` without HTML tags: what they part stands on lines of its own."""

    def shown(match: re.Match[str]) -> str:
        name = re.sub(r"\W", "", match[0].split()[0]).lower()
        if name in _INLINE:
            return ""
        return "\n• " if match[0].lower().startswith("<li") else "\n"

    return _TAG.sub(shown, _without_unseen(text))


def _without_unseen(text: str) -> str:
    """`text` without comments, scripts, styles and heads. What is opened and never closed stays, and is looked for
    once: the work grows with the text alone."""
    kept: list[str] = []
    at, unclosed = 0, set[str]()
    for opening in _UNSEEN.finditer(text):
        name = (opening[1] or "").lower()
        if opening.start() < at or name in unclosed:
            continue
        closing = _SEEN_AGAIN[name].search(text, opening.end())
        if closing is None:
            unclosed.add(name)
        else:
            kept += [text[at : opening.start()], "" if name else "\n"]
            at = closing.end()
    return "".join([*kept, text[at:]])


def plain(text: str) -> str:
    """`text` with one kind of line end and of space, ligatures as their letters, letters with their accents as one, and
    nothing invisible in it."""
    text = _NEWLINE.sub("\n", text)
    if text.isascii():
        return text
    text = _NOTHING.sub("", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", _LIGATURE.sub(lambda match: _LIGATURES[match[0]], text))


def lines_of(text: str) -> list[Line]:
    """The lines of a clean text that hold something."""
    lines: list[Line] = []
    first = True
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped:
            first = True
            continue
        bullet = _BULLET.match(raw)
        rest = raw[bullet.end() :].strip() if bullet else stripped
        if rest:
            lines.append(Line(number, rest, bullet is not None, first))
            first = False
    return lines
