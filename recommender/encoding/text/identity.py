"""Identity-blind profiles: what says who a person is never reaches the encoder or the score.

Taken out of every text: the profile's own name (whole, and its parts), pronouns and forms of address, e-mail addresses,
telephone numbers, links and account names. A name's part that is also one of the person's listed skills, or
is inside a longer skill ("Ruby on Rails"), stays: a person may be called Ruby. So does one that is a common
word where it is written small: a person may be called Will, and "will" is a verb.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from recommender.encoding.text.terms import rarity
from recommender.profile import Education, Profile, Role
from recommender.skills import Vocabulary
from recommender.skills.mentions import Mention

_MAIL = r"[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
#: Linear: a run of letters is looked at for an e-mail's beginning from its own alone, or from where a contact ended.
_CONTACT = re.compile(
    rf"""(?:
    (?<![\w.+-]){_MAIL}
    | (?:https?://|www\.)\S+                                    # link
    | \b(?:[a-z]{{2,3}}\.)?(?:linkedin|github|gitlab|twitter|facebook|instagram|medium|behance|dribbble|x)\.com/\S*
    | (?<![\w.@/])@\w[\w.]{{2,}}                                  # account name
    | (?P<digits>(?<![\w+/.-])\+?\(?\d[\d()\ ./-]{{7,}}\d(?!\w))   # telephone number; dates are sorted out below
    )(?P<mails>(?:{_MAIL})*)""",
    re.VERBOSE | re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:she/her(?:/hers)?|he/him(?:/his)?|they/them(?:/theirs)?|she|her|hers|herself|he|him|his|himself"
    r"|they|them|their|theirs|themself|themselves|mr|mrs|ms|miss|mx|sir|madam)\b(?:\.(?=\s))?",
    re.IGNORECASE,
)
_NOT_PRONOUN = re.compile(
    r"\bMS(?=[\s-]*(?:SQL|Office|Excel|Word|Access|Project|Windows|PowerPoint|Outlook|Visio|Azure|DOS|[A-Z]))"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"[^\S\n]+")
_YEARS = re.compile(r"(?:\d{1,2}[/.])?(?:19|20)\d\d\s*[-./ ]\s*(?:\d{1,2}[/.])?(?:19|20)\d\d(?!\d)")

#: A word below this rarity is a common one: some thirty in a million of English and more.
COMMON_WORD = 0.5

Blind = Callable[[str], str]
_Text = TypeVar("_Text", str, str | None)


def blinded(profile: Profile, vocabulary: Vocabulary) -> Profile:
    """The profile without its person: no name, contact, photo or link, and none inside its texts.

    A text of which nothing is left becomes a space: the profile keeps its shape.
    """
    blind = _blinder(profile, vocabulary)
    return msgspec.structs.replace(
        profile,
        name=None,
        contact=None,
        extras={},
        title=_one(profile.title, blind),
        persona=_one(profile.persona, blind),
        about=_one(profile.about, blind),
        highlights=_all(profile.highlights, blind),
        core_skills=_all(profile.core_skills, _without_contact),
        other_skills=_all(profile.other_skills, _without_contact),
        roles=tuple(_role(role, blind) for role in profile.roles),
        education=tuple(_education(education, blind) for education in profile.education),
    )


def _role(role: Role, blind: Blind) -> Role:
    return msgspec.structs.replace(
        role,
        title=_one(role.title, blind),
        bullets=_all(role.bullets, blind),
        skills=_all(role.skills, _without_contact),
    )


def _education(education: Education, blind: Blind) -> Education:
    return msgspec.structs.replace(education, degree=_one(education.degree, blind), field=_one(education.field, blind))


def _one(text: _Text, blind: Blind) -> _Text:
    return (blind(text) or " ") if text else text


def _all(texts: Iterable[str], blind: Blind) -> tuple[str, ...]:
    return tuple(_one(text, blind) for text in texts)


def _blinder(profile: Profile, vocabulary: Vocabulary) -> Blind:
    words = _NAME_WORD.findall(profile.name or "")
    listed = [*profile.core_skills, *profile.other_skills, *(skill for role in profile.roles for skill in role.skills)]
    kept = {word.casefold() for skill in listed for word in _WORD.findall(skill)}
    parts = sorted({word for word in words if len(word) > 1 and word.casefold() not in kept})
    whole = _any_of([r"\W+".join(map(re.escape, words))]) if len(words) > 1 else None
    part = _any_of([re.escape(word) for word in sorted(parts, key=lambda word: -len(word))]) if parts else None

    def blind(text: str) -> str:
        text = _without_contact(text)
        if whole is not None:
            text = whole.sub(" ", text)
        if part is not None and part.search(text):
            text = _cut(text, part, vocabulary)
        return _tidy(_PRONOUN.sub(_pronoun, text))

    return blind


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?:['’]s)?(?!\w)", re.IGNORECASE)


def _cut(text: str, part: re.Pattern[str], vocabulary: Vocabulary) -> str:
    """The text without the name's parts, but for those inside a longer skill."""
    mentions = vocabulary.mentions(text)
    starts = [mention.start for mention in mentions]

    def cut(found: re.Match[str]) -> str:
        start, end = found.span()
        before = bisect_right(starts, start) - 1  # they do not overlap: the last to begin is the only one
        inside = before >= 0 and _holds_more(mentions[before], start, end)
        word = found[0].islower() and rarity(found[0]) < COMMON_WORD
        return found[0] if inside or word else " "

    return part.sub(cut, text)


def _holds_more(mention: Mention, start: int, end: int) -> bool:
    """Whether a mention holds this stretch and more."""
    return end <= mention.end and mention.end - mention.start > end - start


def _pronoun(found: re.Match[str]) -> str:
    """Nothing for a pronoun; "MS SQL" is no form of address."""
    return found[0] if _NOT_PRONOUN.match(found.string, found.start()) else " "


def _without_contact(text: str) -> str:
    return _tidy(_CONTACT.sub(_contact, text))


def _contact(found: re.Match[str]) -> str:
    """Nothing for a contact; a run of digits that is a span of years stays."""
    digits = found["digits"]
    if digits and (_YEARS.match(digits) or sum(char.isdigit() for char in digits) < 9):
        return digits + " " * bool(found["mails"])
    return " "


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
