"""The pieces of a line of a head: what separates them, and what a label says of them."""

from __future__ import annotations

import re

import msgspec

from recommender.reading.resume.jobs.places import WORKPLACE
from recommender.reading.text.titles import is_title

_SEPARATOR = re.compile(
    r"\s+/\s+|\s*(?:\t|\s[|│¦•·∙●▪]+\s|[|│]|\s{2,})\s*|\s+[-–—]+\s+|(?<=\w)[–—](?=[^\W\d_])"
    r"|(?<=[a-z.)])-(?=[A-Z][\w. ]{2,30}, [A-Z]{2}\b)|\s+(?:en|em|na|no)\s+(?=[^\W\d_a-z\"])"
    r"|\s+(?:at|@|bei|chez|bij|presso)\s+(?=[^\W\d_a-z\"])|\s+@\s*|[,;]\s+(?!Inc\b|LLC\b|Ltd\b)|\s+\((?=[^()]*\)\s*\Z)"
)
#: "Worked as a Nurse in Northgate Hospital": the words before the title, and what stands before the employer there.
_SENTENCE = re.compile(
    r"(?:i )?(?:currently |presently |previously )?(?:(?:am |was |have |has )(?:been )?)?"
    r"(?:(?:work(?:ed|ing|s)?|employed|serv(?:ed|ing))(?: as|ing as)(?: an?| the)?"
    r"|(?<=am )an?|(?<=was )an?)\s+", re.IGNORECASE
)  # fmt: skip
_IN = re.compile(r"\s+(?:in|at|with|for|by)\s+(?=[^\W\d_a-z])")
_LABEL = re.compile(
    r"(?:name of (?:the )?)?(?:(?P<C>company|employer|organi[sz]ation|client|firm|firma|arbeitgeber|entreprise"
    r"|employeur|empresa|azienda|werkgever|institution)(?: name)?"
    r"|(?P<T>designation|job title|title|role|position(?: held)?|post|job"
    r"|occupation|poste|puesto|cargo|ruolo|functie|tätigkeit|stelle)"
    r"|(?P<P>location|place|city(?:/town)?|country|ort|lieu|lugar|luogo|local|plaats)"
    r"|(?P<N>duration|period|dates?|tenure|from|employment type|zeitraum|durée|periodo|período))\s*(?::|\s-)\s*(?=\S)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\(?(?:(?:permanent |temporary |seasonal )?(?:full|part)[ -]?time|contract|freelance|self-employed"
    r"|permanent|internship|apprenticeship|temporary|seasonal|vollzeit|teilzeit|temps plein|cdi|cdd|less than a year"
    r"|(?:\d+\+? (?:yrs?|years?|jahre?|ans?|años?))?[ ,]{0,2}(?:\d+ (?:mos?|months?|monate?|mois|meses))?)[. ]?\)?\Z",
    re.IGNORECASE,
)
_EDGES = " \t,;:|•·*–—-[]"
_MOST_PARTS = 7


class HeadPart(msgspec.Struct, frozen=True):
    """A piece of a line: its text, the separator before it, the field that a label names for it."""

    text: str
    separator: str
    at: int
    label: str | None = None


def parts_of(line: str) -> list[HeadPart]:
    """The pieces of a line; what says nothing of title, employer or place is left out."""
    sentence = _SENTENCE.match(line)
    begin = sentence.end() if sentence else 0
    cuts = [(match.start(), match.end(), _sign(match[0])) for match in _SEPARATOR.finditer(line, begin)]
    if sentence and (employer := _IN.search(line, begin)):
        cuts = sorted([*cuts, (employer.start(), employer.end(), "at")])
    parts: list[HeadPart] = []
    sign = ""
    for start, end, following in [*cuts, (len(line), len(line), "")]:
        if part := _part(line, begin, start, sign):
            parts += _at_colon(part)
        if start >= begin:
            begin, sign = end, following
    elsewhere = [part for part in parts if not WORKPLACE.match(part.text)]
    return (elsewhere or parts)[:_MOST_PARTS]


def _at_colon(part: HeadPart) -> list[HeadPart]:
    """A part in two where a colon separates a title from what is no title ("Volt AB: Electrician")."""
    before, colon, after = part.text.partition(": ")
    if part.label or not colon or is_title(before) is is_title(after):
        return [part]
    return [
        msgspec.structs.replace(part, text=before),
        HeadPart(after.strip(_EDGES), "-", part.at + len(before) + 2),
    ]


def _part(line: str, begin: int, end: int, sign: str) -> HeadPart | None:
    text = line[begin:end]
    label = _LABEL.match(text.strip())
    field = label.lastgroup if label else None
    text = text.strip()[label.end() :] if label else text
    text = text.strip(_EDGES)
    text = text.strip("()") if text.count("(") != text.count(")") else text
    if not text or _NOISE.match(text) or field == "N":
        return None
    return HeadPart(text, sign, begin, field)


def _sign(separator: str) -> str:
    plain = separator.strip()
    if plain and plain[0] in ",;(/":
        return plain[0]
    if plain and not plain.strip("-–—"):
        return "-"
    if plain.lower() in ("en", "em", "na", "no"):
        return "in"
    return "at" if plain.lower() in ("at", "@", "bei", "chez", "bij", "presso") else "|"
