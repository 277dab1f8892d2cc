"""How values are said on a page."""

from __future__ import annotations

import re
import zlib

from recommender.facts import tenure_of
from recommender.field_path import FieldPath
from recommender.profile import Role, month_number

HUES = 8
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SMALL = {"of", "and", "the", "de", "da", "do", "am", "an", "der", "la", "le", "del"}
_PARTS = {
    "roles": "role",
    "education": "study",
    "core_skills": "skills",
    "other_skills": "skills",
    "years_of_experience": "years",
}
_SIGNALS = {
    "career": "Career",
    "occupation": "Occupation",
    "words": "Own words",
    "skills": "Skills",
    "years": "Years",
    "seniority": "Seniority",
    "wording": "Words asked for",
    "gist": "What it is about",
    "passages": "Passages",
    "asked": "Skills asked for",
    "circumstances": "Circumstances",
    "unlike": "Counter-examples",
}


def initials(name: str | None) -> str:
    """ "Ada Quill" → "AQ"; "?" for nobody."""
    parts: list[str] = re.findall(r"[^\W\d_][\w'’-]*", name or "")
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def hue(profile_id: str | None) -> int:
    """Which of the avatar colours a profile has, always the same."""
    return zlib.crc32((profile_id or "").encode()) % HUES


def month(date: str | None) -> str:
    """ "2023-10" → "Oct 2023"; a year stays a year, and what is no date stays as it is."""
    if date and len(date) == 7 and _number(date) is not None:
        return f"{_MONTHS[int(date[5:]) - 1]} {date[:4]}"
    return date or ""


def month_of(number: int) -> str:
    """A month by its number (`month_number`): 24285 → "Oct 2023"."""
    return month(f"{number // 12:04}-{number % 12 + 1:02}")


def between(first: int, months: int) -> str:
    """So many months from one on: "Oct 2023 – Dec 2023"; of one month, that month."""
    return " – ".join(dict.fromkeys((month_of(first), month_of(first + months - 1))))


def span(start: str | None, end: str | None) -> str:
    """ "Oct 2023 – Present"; "" where nothing is known."""
    if not start and not end:
        return ""
    return " – ".join(part for part in (month(start), month(end) if end else "Present") if part)


def duration(start: str | None, end: str | None) -> str:
    """ "2 yrs 5 mos"; "" where it cannot be said."""
    worked = tenure_of(Role(start=start, end=end), None)
    if worked is None or (start == end and len(end or "") == 4):
        return ""
    return lasting(worked.months)


def lasting(months: int) -> str:
    """29 months → "2 yrs 5 mos"."""
    years, months = divmod(months, 12)
    parts = [f"{years} yr{'s' * (years != 1)}"] if years else []
    return " ".join(parts + ([f"{months} mo{'s' * (months != 1)}"] if months else []))


def anchor(field: str) -> str:
    """The place on a profile's page of a field: "roles[2].bullets[0]" → "roles-2"."""
    match FieldPath.parse(field):
        case ("roles" | "education" as name, int(number), *_):
            return f"{name}-{number}"
        case ("core_skills" | "other_skills" | "skills", *_):
            return "skills"
        case ("about", *_):
            return "about"
    return "person"


def evidence(field: str) -> str:
    """A field as a person would name it: "roles[1].title" → "role 2"."""
    match FieldPath.parse(field):
        case ("roles" | "education" as name, int(number), *_):
            return f"{_PARTS[name]} {number + 1}"
        case (str(name), *_):
            return _PARTS.get(name, name.replace("_", " "))
    return field


def place(value: str) -> str:
    """A case-folded place as it is written: "san jose" → "San Jose"."""
    words = value.split()
    return " ".join(_capital(word) if number == 0 or word not in _SMALL else word for number, word in enumerate(words))


def _capital(word: str) -> str:
    return word.upper() if len(word) == 2 and word not in _SMALL else word[:1].upper() + word[1:]


def signal(name: str) -> str:
    """A signal's name as a person would say it."""
    return _SIGNALS.get(name, name.replace("_", " ").capitalize())


def _number(date: str | None) -> int | None:
    try:
        return month_number(date)
    except ValueError:
        return None
