"""What a piece of text says of the things it names: that people must have them, better had them, or must not."""

from __future__ import annotations

import re
from typing import NamedTuple

from recommender.asking.pieces import Piece
from recommender.asking.request import Stance

_NICE_AFTER = re.compile(
    r"\b(?:(?P<all>are )|(?:is |would be |will be |as )?)(?:an? )?(?:(?:big |huge |real |strong "
    r"|definite )?(?:plus|bonus|advantage|asset)"
    r"|(?:nice|great|good|useful) to have|preferred|desirable|desired|advantageous|beneficial|optional|welcome"
    r"|appreciated"
    r"|not (?:required|necessary|essential|needed|mandatory)(?: but \w+)?|would be (?:great|nice|good|useful"
    r"|helpful))(?=\W*(?:[,;.)]|\Z|\band\b|\bbut\b))",
    re.IGNORECASE,
)  # fmt: skip
_NICE_BEFORE = re.compile(
    r"\b(?:nice to have|nice[- ]to[- ]haves?|ideally|preferably|bonus(?: points)?(?: for| if)?|preferred"
    r"|desirable|optional(?:ly)?"
    r"|(?:a )?plus(?: if)?|would be (?:great|nice)|we(?:'d|’d| would) love)\b\s*:?\s*(?=\S)",
    re.IGNORECASE,
)  # fmt: skip
_NOT = re.compile(
    r"(?:\b(?:but not|not|no|without|except(?: for)?|excluding|exclude|never|neither|other than|anything but"
    r"|nothing to do with|non)\b"
    r"(?!\s+(?:only|necessarily|required|needed|just|more than|less than|later than|afraid|a problem|essential"
    r"|mandatory|necessary"
    r"|to|be|limited|need|longer|matter|least|prior|previous|doubt|fewer|experience (?:is )?(?:needed|required"
    r"|necessary)))"
    r"|(?<![\w-])-(?=\w))\s*[:-]?\s*",
    re.IGNORECASE,
)  # fmt: skip
_STOP = re.compile(r"[,;:.()\n](?!\w)|\b(?:but|however|yet|only|please|plus|with|who|must|nice)\b", re.IGNORECASE)
_OR = re.compile(r"\A[^;.()\n]{0,80}?\b(?:or|nor)\s+[^\s,;.]+(?: [^\s,;.]+)?", re.IGNORECASE)


class Interval(NamedTuple):
    """Characters of a text of which this is said."""

    start: int
    end: int
    stance: Stance


def intervals(text: str, piece: Piece) -> list[Interval]:
    """Where a piece says that something is nice to have, or not wanted; of the rest it says what its kind does."""
    written = text[piece.start : piece.end]
    found = [Interval(piece.start + start, piece.start + end, "not") for start, end in _excluded(written)]
    for match in _NICE_AFTER.finditer(written):
        begin = 0 if match["all"] else written.rfind(",", 0, match.start()) + 1
        found.append(Interval(piece.start + begin, piece.start + match.end(), "nice"))
    for match in _NICE_BEFORE.finditer(written):
        if not any(one.start <= piece.start + match.start() < one.end for one in found):
            found.append(Interval(piece.start + match.start(), piece.end, "nice"))
    return found


def _excluded(written: str) -> list[tuple[int, int]]:
    """From each word that excludes to the end of what it is said of."""
    found = []
    for match in _NOT.finditer(written):
        stop = _STOP.search(written, match.end())
        end = stop.start() if stop else len(written)
        if stop and stop[0] == "," and (listed := _OR.match(written[stop.end() :])) and " and " not in listed[0]:
            end = stop.end() + listed.end()  # "no PHP, Perl or Ruby"
        found.append((match.start(), end))
    return found


def stance_at(at: int, said: list[Interval], piece: Piece) -> Stance:
    """What is said of something that begins at a character of a piece."""
    stances = [one.stance for one in said if one.start <= at < one.end]
    if "not" in stances:
        return "not"
    # what is to be done is asked for, and nobody is measured by every word of it
    return "nice" if "nice" in stances or piece.kind in ("nice", "duties", "work") else "must"
