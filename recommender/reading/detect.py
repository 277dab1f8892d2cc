"""Which format some bytes are, by their content."""

from __future__ import annotations

import re
from typing import Literal, get_args

import msgspec

from recommender.reading.text.delimited import layout_of
from recommender.reading.text.lines import plain

Format = Literal[
    "page", "profiles", "json-resume", "linkedin", "text", "pdf", "docx", "csv", "parquet", "rtf", "html", "xml",
    "vcard", "yaml",
]  # fmt: skip
FORMATS: tuple[str, ...] = get_args(Format)

#: How many bytes of a file are looked at.
HEAD = 65_536

#: What only a profile page has, and how much each kind of line says; a page says at least `_ENOUGH`.
_SIGNS = (
    (
        re.compile(
            r"^(?:Stackforce |\w+ AI infers this person is\b|Explore similar profiles based on\b)", re.MULTILINE
        ),
        2,
    ),
    (re.compile(r"^[^\S\n]*Core Skills[^\S\n]*$", re.MULTILINE), 1),
    (re.compile(r"^[^\S\n]*Other Skills[^\S\n]*$", re.MULTILINE), 1),
    (re.compile(r"^[^\S\n]*Key Highlights[^\S\n]*$", re.MULTILINE), 1),
    (re.compile(r"^[^.;\n]{0,80}\d\+? ?(?:yrs?|years?) (?:of )?experience[^.;\n]{0,60}$", re.MULTILINE), 1),
    (re.compile(r"(?:\d{4}|Present) · (?:\d+ (?:yr|mo)s?\b|Less than a)"), 1),
)
_ENOUGH = 2
#: How a résumé in YAML begins: with keys alone on their lines, the first of which holds more.
_YAML = re.compile(
    r"(?:---[^\n]*\n|#[^\n]*\n|%YAML[^\n]*\n|\s*\n)*(?:(?:basics|cv|resume):[^\S\n]*\n\s+|(?:[a-z_$]+: [^\n]+\n){0,12}"
    r"(?:basics|work|experience|education|skills):[^\S\n]*\n\s*(?:-|\w+:) )"
)
_RESUME_KEYS = re.compile(rb'"(?:basics|work|volunteer|\$schema)"\s*:')


def detect(head: bytes) -> Format | None:
    """The format of a file that begins with `head`, which is no ZIP, and UTF-8 where it is text; None where it is none
    of ours."""
    if binary := detect_binary(head):
        return binary
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return _detect_json(start)
    if _is_binary(head):
        return None
    text = plain(head.decode(errors="replace"))
    if marked := _marked(text):
        return marked
    if is_page(text):
        return "page"
    return "csv" if layout_of(text[: text.rfind("\n") + 1] if len(head) == HEAD else text) else "text"


def detect_binary(head: bytes) -> Format | None:
    """The same of a file that is no text; None where it may be text."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    return "parquet" if head[:4] == b"PAR1" else None


def _marked(text: str) -> Format | None:
    """A format whose first words say what it is."""
    start = text.lstrip("\ufeff \n\t")[:4096]
    if re.match(r"BEGIN:VCARD\b", start, re.IGNORECASE):
        return "vcard"
    if re.match(r"(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype html|html|head|body)\b", start, re.IGNORECASE):
        return "html"
    if re.match(r"<\?xml\b|<(?:\w+:)?(?:SkillsPassport|Candidate)\b", start):
        return "xml"
    if re.match(r"<(?:div|section|article|main|header|h1|table)\b", start, re.IGNORECASE) and start.count("</") > 3:
        return "html"
    return "yaml" if _YAML.match(start) else None


def is_page(text: str) -> bool:
    """Whether a text is a profile page, by the headings and lines that only such a page has."""
    return sum(worth for sign, worth in _SIGNS if sign.search(text)) >= _ENOUGH


def _detect_json(start: bytes) -> Format:
    """JSON Resume is one object with its own keys; everything else is taken record by record."""
    try:
        keys: set[str] = set(msgspec.json.decode(start)) if start[:1] == b"{" else set()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        first_line = start.split(b"\n", 1)[0]
        cut = b"\n" in start and not first_line.rstrip().endswith(b"}")
        return "json-resume" if (cut or b"\n" not in start) and _is_json_resume_head(start) else "profiles"
    return "json-resume" if is_json_resume(keys) else "profiles"


def is_json_resume(keys: set[str]) -> bool:
    """Whether an object with these keys is a JSON Resume rather than one of our profiles."""
    return bool(keys & {"basics", "work", "$schema"}) and not keys & {"roles", "core_skills", "text"}


def _is_json_resume_head(start: bytes) -> bool:
    return start[:1] == b"{" and _RESUME_KEYS.search(start) is not None and b'"core_skills"' not in start


def _is_binary(head: bytes) -> bool:
    odd = sum(head.count(byte) for byte in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05"))
    return odd > len(head) // 100
