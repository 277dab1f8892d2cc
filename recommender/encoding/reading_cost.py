"""How much of the model's work a text or a profile takes, told before any of it is done, and how much is taken on.

Nothing is truncated, so what would take too long is refused whole. The model's work goes with its tokens: one for a
word that English knows, about one for two letters of any other word, one for a sign or a run of letters without end.
Counting those takes a hundredth of the time that reading them does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.errors import ProfileTooLong, QueryError
from recommender.profile import Profile
from recommender.skills.words import frequencies

#: Words and signs that one search text may have, and one profile where nothing else is said; the model reads 7,000 in a
#: second of processor time, on a slow core. A résumé of 75,000 characters has some 15,000.
MOST_OF_TEXT, MOST_OF_PROFILE = 20_000, 15_000
#: Characters of the name that a profile's texts are cleared of, and of all its texts.
LONGEST_NAME, LONGEST_PROFILE = 300, 200_000
#: What a job title takes beside its words: it is compared with every known one.
_TITLE = 20

#: A run of more letters than any word has is one unknown token to the model (a photo as base64, say).
_PART = re.compile(r"(?P<run>[a-z0-9]{101,})|[a-z]+|\d+|[^\W\d_]|[^\w\s]|_")


def assert_readable(profile: Profile, most: int = MOST_OF_PROFILE) -> None:
    """Raise `ProfileTooLong`, naming what is to be shortened, where a profile has over `most` words and signs."""
    if profile.name and len(profile.name) > LONGEST_NAME:
        raise ProfileTooLong(f"name: it has {len(profile.name):,} characters; give one of {LONGEST_NAME} at most")
    length = sum(map(len, _texts(profile)))
    if length > LONGEST_PROFILE:
        raise ProfileTooLong(f"its texts have {length:,} characters, and {LONGEST_PROFILE:,} are read; shorten them")
    titles = sum(1 for role in profile.roles if role.title)
    if length + _TITLE * titles <= most:
        return
    found = _TITLE * titles + sum(map(tokens, _texts(profile)))
    if found > most:
        raise ProfileTooLong(
            f"it takes about {found:,} words and signs to read ({_TITLE} for each job title), and {most:,} are "
            "read; shorten its texts, or raise the setting max_profile_words"
        )


def assert_text_readable(text: str) -> None:
    """Raise `QueryError` where reading this search text would take too long."""
    found = tokens(text) if len(text) > MOST_OF_TEXT else 0
    if found > MOST_OF_TEXT:
        raise QueryError(f"text: it has about {found:,} words and signs, and {MOST_OF_TEXT:,} are read; shorten it")


def tokens(text: str) -> int:
    """About how many tokens a model of English makes of a text."""
    known, count = frequencies(), 0
    for found in _PART.finditer(text.lower()):
        part = found[0]
        count += 1 if len(part) < 3 or found["run"] or part in known else (len(part) + 1) // 2
    return count


def _texts(profile: Profile) -> Iterator[str]:
    """Every text of a profile that is read or filtered by."""
    yield from filter(None, (profile.title, profile.location, profile.persona, profile.about))
    for texts in (profile.badges, profile.highlights, profile.core_skills, profile.other_skills):
        yield from texts
    yield from profile.languages
    yield from profile.certifications
    for role in profile.roles:
        yield from filter(None, (role.company, role.title, role.location))
        yield from role.bullets
        yield from role.skills
    for course in profile.education:
        yield from filter(None, (course.school, course.degree, course.field))
