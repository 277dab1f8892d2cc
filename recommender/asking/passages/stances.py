"""What a piece of text says of the things it names: that people must have them, better had them, or must not."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from recommender.asking.passages.pieces import Piece
from recommender.asking.request import Stance

_NICE_AFTER = re.compile(
    r"\b(?:(?P<all>are )|(?:is |would be |will be |as )?)(?:an? )?(?:(?:big |huge |real |strong "
    r"|definite )?(?:plus|bonus|advantage|asset)"
    r"|(?:nice|great|good|useful) to have|preferred|desirable|desired|advantageous|beneficial|optional|welcome"
    r"|appreciated|even better|helpful|handy|valued|a (?:bonus|plus|advantage)"
    r"|not (?:required|necessary|essential|needed|mandatory)(?: but \w+)?"
    r"|would (?:also )?(?:help|be (?:an? )?(?:\w+ )?(?:great|nice|good|useful|helpful|lovely|handy|ideal|wonderful"
    r"|super|bonus|plus|advantage|asset)))(?=\W*(?:[,;.)]|\Z|\band\b|\bbut\b))",
    re.IGNORECASE,
)  # fmt: skip
_NICE_BEFORE = re.compile(
    r"\b(?:nice to have|nice[- ]to[- ]haves?|ideally|preferably|bonus(?: points)?(?: for| if)?|preferred"
    r"|desirable|optional(?:ly)?"
    r"|no must(?=\W)"
    r"|not (?:a must|essential|required|mandatory)\W+(?:but )?(?:great|nice|good|useful|welcome|a plus|helpful)"
    r"|(?:great|good|useful|helpful|lovely)(?=:)"
    r"|(?:a )?plus(?: if)?|would be (?:great|nice)|we(?:'d|’d| would) love)\b\s*:?\s*(?=\S)",
    re.IGNORECASE,
)  # fmt: skip
_NOT = re.compile(
    r"(?:\b(?:but not|not|no|without|except(?: for)?|excluding|exclude|never|neither|other than"
    r"|any(?:thing|one|body) but"
    r"|nothing to do with|non)\b"
    r"(?!\s+(?:only|necessarily|required|needed|just|more than|less than|later than|afraid|a problem|must"
    r"|a must|a requirement|essential"
    r"|mandatory|necessary"
    r"|to|be|limited|need|longer|matter|least|prior|previous|doubt|fewer|experience (?:is )?(?:needed|required"
    r"|necessary)))"
    r"|(?<![\w-])-(?=\w))\s*[:-]?\s*",
    re.IGNORECASE,
)  # fmt: skip
_STOP = re.compile(r"[,;:.()\n](?!\w)|\b(?:but|however|yet|only|please|plus|with|who|must|nice)\b", re.IGNORECASE)
#: What ends something that is said of other things.
_SETTLED = re.compile(
    r"\b(?:required|essential|needed|mandatory|necessary|a must)(?:\s+(?:and|but|while)\b)?", re.IGNORECASE
)
#: What a list of names has none of.
_CLAUSE = re.compile(r"\b(?:is|are|must|required|with|have|has)\b", re.IGNORECASE)
#: Who is named before is shut out.
_NOT_AFTER = re.compile(
    r"\b(?:need(?:n['’]t| not)|should(?:n['’]t| not)|(?:please )?do(?:n['’]t| not)|(?:can|will)(?:not| not) be) "
    r"(?:apply|bother|considered)\b|\bnot considered\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\A[^;.()\n]{0,80}?\b(?:or|nor)\s+[^\s,;.]+(?: [^\s,;.]+)?", re.IGNORECASE)
#: Characters of a list that is excluded after its first.
_LONGEST_LIST = 200


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
        begin = 0 if match["all"] else _begin(written, match.start())
        found.append(Interval(piece.start + begin, piece.start + match.end(), "nice"))
    for match in _NICE_BEFORE.finditer(written):
        if not any(one.start <= piece.start + match.start() < one.end for one in found):
            found.append(Interval(piece.start + match.start(), piece.end, "nice"))
    return found


def _begin(written: str, at: int) -> int:
    """Where that begins of which something is said at its end: after the last comma, or with its list of "or"."""
    begin = max(written.rfind(sign, 0, at) for sign in ",(;") + 1
    if (stop := max(written.rfind(f"{sign} ", 0, at) for sign in ".!?")) > begin:
        begin = stop + 1
    settled = [match.end() for match in _SETTLED.finditer(written, begin, at)]
    if settled:  # "a licence is required and welding would be handy"
        return settled[-1]
    if not re.search(r"\bor\b", written[begin:at]):
        return begin
    while begin:
        before = written.rfind(",", 0, begin - 1) + 1
        if len(written[before : begin - 1].split()) > 3 or _CLAUSE.search(written[before : begin - 1]):
            break
        begin = before
    return begin


def _excluded(written: str) -> list[tuple[int, int]]:
    """From each word that excludes to the end of what it is said of; what overlaps is one."""
    stops = [(match.start(), match.end(), match[0]) for match in _STOP.finditer(written)]
    found = []
    for match in _NOT.finditer(written):
        at = bisect_left(stops, match.end(), key=lambda stop: stop[0])
        end, after, sign = stops[at] if at < len(stops) else (len(written), len(written), "")
        if sign == "," and (listed := _OR.match(written[after : after + _LONGEST_LIST])) and " and " not in listed[0]:
            end = after + listed.end()  # "no PHP, Perl or Ruby"
        found.append((match.start(), end))
    found += [
        (max(written.rfind(sign, 0, match.start()) for sign in ",;.(\n") + 1, match.end())
        for match in _NOT_AFTER.finditer(written)
    ]
    return _merged(found)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def said_of(at: int, said: list[Interval]) -> Stance | None:
    """What is said of something that begins at a character; None where its piece says nothing but its kind."""
    stances = [one.stance for one in said if one.start <= at < one.end]
    return next((stance for stance in ("not", "nice") if stance in stances), None)
