"""The parts of a title that may each say who works: without brackets, places and labels, cut where another begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.insights.work.title_words import is_who, spelled

#: Of a title without any, nothing is to be taken apart but at "and".
_MARK = re.compile(r"[^\w\s&]")
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_PARTS = re.compile(r"\s*[,;|•·:>→\\]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+")
_HYPHENED = re.compile(r"\b(front|back|full)\s*-\s*(?=end\b|stack\b)", re.IGNORECASE)
_SLASH = re.compile(r"(?:\s(?:i{1,3}|iv|\d))?\s*/\s*", re.IGNORECASE)
#: "Sr.Engineer"; of "Sr.NET" the dot is the product's.
_RUN_ON = re.compile(r"(?<=\b[sj]r)\.(?=\w)(?!net\b)", re.IGNORECASE)
_RUN_ON_DOT = re.compile(r"(?<=\b[sj]r)(?=\.net\b)", re.IGNORECASE)
_DOT_NET = re.compile(
    r"(?<![\w.])(?:dot[\s-]*)?\.?net"
    r"(?=[\s/]+(?:\w+[\s/]+)?(?:developer|programmer|engineer|architect|consultant))",
    re.IGNORECASE,
)
_SERVICE_NOW = re.compile(r"\bservice[\s-]now\b", re.IGNORECASE)
_CUT = re.compile(r"\s+(?:and|&)\s+|/", re.IGNORECASE)
_WORD = re.compile(r"[.\w&+#/'-]*\w[.\w&+#/'-]*|&")
_PLAIN_WORD = re.compile(r"\w+")
#: "Role: Baker", "Position - Baker".
_LABEL = re.compile(r"\b(?:role|position|job title|title|designation)\s*[-–:]\s*", re.IGNORECASE)
#: Where somebody works: "Dover, DE".
_PLACE = re.compile(
    r"(?:\b[A-Z][a-z]+\s)?\b[A-Z][a-z]+,\s(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|I[LA]|K[SY]|LA|M[DAINSOTE]|N[EVHJMYCD]|OK|PA|RI"
    r"|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\b(?!-)"
)
#: A part that says what somebody was, or would be.
_NOT_NOW = re.compile(r"(?:former(?:ly)?|ex|previous(?:ly)?|retired|aspiring|incoming|future|seeking)\b", re.IGNORECASE)


def title_parts(title: str) -> Iterator[list[str]]:
    """The words of each part, in order."""
    title = _once(title)
    for part in _parts_at_marks(title) if _MARK.search(title) else (_with_products(title),):
        if not _NOT_NOW.match(part):
            yield from map(_WORD.findall, _pieces(part))


def _parts_at_marks(title: str) -> list[str]:
    """The parts of a title that has more than letters and spaces."""
    plain = _PLACE.sub(" | ", _LABEL.sub(" | ", _BRACKETS.sub(" ", title)))
    plain = _with_products(_HYPHENED.sub(r"\1-", plain)).replace("I.T.", "IT")
    return _PARTS.split(_SLASH.sub("/", _RUN_ON_DOT.sub(" ", _RUN_ON.sub(". ", plain))))


def _with_products(title: str) -> str:
    """A title with products of several words written as one."""
    low = title.lower()
    if "net" in low:
        title = _DOT_NET.sub(".NET", title)
    return _SERVICE_NOW.sub("ServiceNow", title) if "now" in low else title


def _pieces(part: str) -> Iterator[str]:
    """A part of a title up to each "and" or slash that follows who works, and what comes after the last."""
    begun = 0
    for cut in _CUT.finditer(part):
        before = _WORD.findall(part[begun : cut.start()])
        if before and is_who(spelled(before[-1], last=True, after=before[-2:-1]).split()[-1]):
            yield part[begun : cut.start()]
            begun = cut.end()
    yield part[begun:]


def _once(title: str) -> str:
    """A title that is written several times, as it is written first ("Pilot / Baker Pilot/Baker")."""
    words = list(_PLAIN_WORD.finditer(title))
    said = [word[0].casefold() for word in words]
    for size in range(2, len(said) // 2 + 1):
        if len(said) % size == 0 and said[:size] * (len(said) // size) == said:
            return title[: words[size - 1].end()]
    return title
