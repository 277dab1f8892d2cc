"""Identity-blind text: what says who a person is never reaches the encoder or the score.

Taken out: the profile's own name (also its parts, inside free text), pronouns and titles of address, e-mail
addresses, telephone numbers, links and account names. A word that is one of the person's skills stays: a person
may be called Ruby.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from recommender.profile import Profile

_CONTACT = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                # e-mail
    | (?:https?://|www\.)\S+                                    # link
    | \b(?:linkedin|github|gitlab|twitter|facebook|instagram|medium|behance|dribbble|x)\.com/\S*
    | (?<![\w.@])@\w[\w.]{2,}                                   # account name
    | (?<![\w+/.-])\+?\(?\d[\d()\s./-]{7,}\d(?!\w)              # telephone number, told from dates below
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:she/her(?:/hers)?|he/him(?:/his)?|they/them(?:/theirs)?|she|her|hers|herself|he|him|his|himself"
    r"|they|them|their|theirs|themself|themselves|mr|mrs|ms|miss|mx|sir|madam)\b\.?",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def blinder(profile: Profile, skills: Iterable[str]) -> Callable[[str | None], str]:
    """A function from a text of this profile to the same text without the person.

    Args:
        skills: the profile's skills as written or canonical; their words are never taken for its name.
    """
    kept = {word.casefold() for skill in skills for word in re.findall(r"\w+", skill)}
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", profile.name or "") if len(word) > 1]
    parts = sorted({word for word in words if word.casefold() not in kept}, key=lambda word: (-len(word), word))
    name = re.compile(rf"\b(?:{'|'.join(map(re.escape, parts))})\b(?:['’]s)?", re.IGNORECASE) if parts else None

    def blind(text: str | None) -> str:
        if not text:
            return ""
        text = _PRONOUN.sub(" ", _CONTACT.sub(_without_contact, text))
        if name is not None:
            text = name.sub(" ", text)
        return _SPACE.sub(" ", text).strip()

    return blind


def _without_contact(found: re.Match[str]) -> str:
    """Nothing for a contact; a run of digits that is a span of years stays."""
    text = found[0]
    digits = sum(char.isdigit() for char in text)
    if "@" not in text and "/" not in text[:8] and (_YEAR.match(text) or digits < 9):
        return text
    return " "
