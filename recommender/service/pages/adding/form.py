"""A profile as the controls of a form, and a form as the changes it makes to a profile.

A control is called by its field ("roles[2].title"). What comes as it was shown is left as it is: contact details that a
page masks are not wiped out by whoever changes a title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from recommender.errors import ReadingError
from recommender.profile import Education, Profile, Role
from recommender.reading.text.dates import is_present, parse_date
from recommender.validity import possible_date

TEXTS: Final = ("name", "title", "location", "years_of_experience", "persona", "about")
LISTS: Final = ("core_skills", "other_skills", "highlights", "badges", "languages", "certifications")
#: Of a role and of a course: texts and lists.
ENTRIES: Final[dict[str, tuple[type[Any], tuple[str, ...], tuple[str, ...]]]] = {
    "roles": (Role, ("title", "company", "start", "end", "location", "workplace"), ("bullets", "skills")),
    "education": (Education, ("school", "degree", "field", "start", "end"), ()),
}
#: Empty entries at the end, to be filled in.
SPARE: Final = 1
#: Characters of a date that are looked at.
LONGEST_DATE: Final = 40
#: Control that takes an entry out.
OUT: Final = "out"


def controls(profile: Profile) -> dict[str, str]:
    """Control → what is in it, with room for an entry more of each kind."""
    held = _controls("", profile, TEXTS, LISTS)
    for name, (kind, texts, lists) in ENTRIES.items():
        for number, entry in enumerate((*getattr(profile, name), *(kind() for _ in range(SPARE)))):
            held |= _controls(f"{name}[{number}].", entry, texts, lists)
    return held


def changed(stored: Profile, shown: Profile, sent: Mapping[str, str]) -> Profile:
    """The profile with what was changed in its form; controls that were not sent are left alone.

    Args:
        shown: the same profile as the form showed it.

    Raises `ReadingError` for years that are no number and dates that are none, which names the control.
    """
    entries = {name: _entries(name, getattr(stored, name), getattr(shown, name), sent) for name in ENTRIES}
    alone: Profile = _changed("", stored, shown, sent, TEXTS, LISTS)
    return msgspec.structs.replace(alone, **entries)


def _controls(prefix: str, held: Any, texts: Sequence[str], lists: Sequence[str]) -> dict[str, str]:
    written = {prefix + name: "" if (value := getattr(held, name)) is None else str(value) for name in texts}
    return written | {prefix + name: "\n".join(map(_line, getattr(held, name))) for name in lists}


def _line(value: str) -> str:
    return " ".join(value.split())


def _entries(name: str, stored: Sequence[Any], shown: Sequence[Any], sent: Mapping[str, str]) -> tuple[Any, ...]:
    kind, texts, lists = ENTRIES[name]
    kept, added, number = list[Any](), list[Any](), 0
    while number < len(stored) or any(f"{name}[{number}].{one}" in sent for one in texts):
        prefix, number = f"{name}[{number}].", number + 1
        old, seen = (stored[number - 1], shown[number - 1]) if number <= len(stored) else (kind(), kind())
        new = _changed(prefix, old, seen, sent, texts, lists)
        if new != kind() and prefix + OUT not in sent:
            (kept if number <= len(stored) else added).append(new)
    for one in added:
        kept.insert(_place(one, kept), one)
    return tuple(kept)


def _place(one: Any, among: Sequence[Any]) -> int:
    """Where an entry goes among those that begin latest first: what goes on before what has ended."""
    began = one.start or ""
    return next((at for at, other in enumerate(among) if (other.start or "") < began or one.end is None), len(among))


def _changed(
    prefix: str, stored: Any, shown: Any, sent: Mapping[str, str], texts: Sequence[str], lists: Sequence[str]
) -> Any:
    was, new = _controls(prefix, shown, texts, lists), dict[str, Any]()
    for name in (*texts, *lists):
        control = prefix + name
        value = sent.get(control, was[control]).replace("\r\n", "\n").strip()
        if value == was[control].strip():
            continue
        if name in lists:
            known = dict(zip(was[control].split("\n"), getattr(stored, name), strict=False))
            new[name] = tuple(known.get(line, line) for line in map(_line, value.split("\n")) if line)
        else:
            new[name] = _value(control, name, value)
    return msgspec.structs.replace(stored, **new)


def _value(control: str, name: str, value: str) -> str | int | None:
    if not value:
        return None
    if name == "years_of_experience":
        if not (value.isascii() and value.isdigit() and len(value) < 4):
            raise ReadingError(f"{control}: {value[:40]!r} is no number of years; write it in digits")
        return int(value)
    if name in ("start", "end"):
        return _date(control, value)
    return value if name == "about" else _line(value)


def _date(control: str, value: str) -> str | None:
    """A date as a profile has it, of one as people write it; what is said to go on has no end."""
    if is_present(value):
        return None
    date = value if possible_date(value) else parse_date(value[:LONGEST_DATE])
    if date is None or not possible_date(date):
        raise ReadingError(f"{control}: {value[:40]!r} is no date; write it as YYYY-MM or YYYY")
    return date
