"""Whether a pasted text is about a person or asks for one: by what only one of the two says."""

from __future__ import annotations

import re
from typing import Final, Literal

from recommender.profile import Profile

Kind = Literal["person", "request"]

#: What is asked for: by whom, of whom, and the headings of adverts.
_ASKS: Final = re.compile(
    r"\b(?:we(?:'re|’re| are) (?:looking|hiring|seeking|recruiting)|we (?:want|need|seek)"
    r"|looking for an?\b|(?:is|are) (?:hiring|seeking|looking for)"
    r"|you(?:'ll|’ll| will) |you have\b|your (?:role|profile|responsibilities|mission|tasks|qualifications)"
    r"|the (?:ideal|successful) candidate|candidates? (?:must|should|will)|must have|nice[- ]to[- ]have"
    r"|equal opportunity"
    r"|we offer|what you(?:'ll|’ll)? (?:do|need|bring)|who you are|about (?:the role|the job|you)|apply (?:now|today)"
    r"|responsibilities include|job (?:description|title|type|summary)|the role\b|wanted:"
    r"|requirements:|responsibilities:|send (?:us )?your|required\b|preferred\b)",
    re.IGNORECASE,
)
#: What a condition looks like that is said exactly.
_EXACT: Final = re.compile(r"(?:^|\s)(?:must|nice|not|title|place|years|skill):\S")
#: A person of themselves.
_SELF: Final = re.compile(r"\b(?:I|my|me|I'm|I’m|I've|I’ve)\b")
#: Words that a line has which somebody types into a box; a résumé is longer.
_FEW_WORDS: Final = 40


def kind_of(text: str, read: Profile) -> Kind:
    """What a text is that no other format claims.

    Args:
        read: the profile that it would be read as.
    """
    asks = len({match.group().casefold() for match in _ASKS.finditer(text)})
    return "person" if _signs(text, read) >= asks + (1 if len(text.split()) < _FEW_WORDS else 0) else "request"


def _signs(text: str, read: Profile) -> int:
    """How much says that somebody stands in it: dated work and study, how to reach them, and their own "I"."""
    if _EXACT.search(text):
        return -1
    dated = sum(bool(one.start or one.end) for one in read.roles) + sum(bool(one.end) for one in read.education)
    contact = read.contact is not None and bool(read.contact.emails or read.contact.phones)
    words, own = len(text.split()), len(_SELF.findall(text))
    long = 1 if words >= _FEW_WORDS else 0
    return 2 * min(dated, 3) + contact + min(own, 3) + (read.name is not None) + long - 1
