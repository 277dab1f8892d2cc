"""Who a profile says it is of: names, contact details and schools, in the forms in which they are compared."""

from __future__ import annotations

import re
from typing import NamedTuple

from recommender.facts import folded, plain_words
from recommender.profile import Contact, Profile

#: Digits at a phone number's end that are compared, as codes before them may be left out; fewer are no number.
_DIGITS = 9
_SCHEME = re.compile(r"^[a-z]+://(www\.)?|^www\.|[/?#]*$")
#: Words of schools' names that many have.
_COMMON = frozenset((
    "the", "of", "and", "at", "in", "for", "school", "high", "college", "university", "institute", "technology",
    "technological", "state", "community", "science", "sciences", "engineering", "business", "arts",
    "department", "city", "national", "international", "academy", "degree",
))  # fmt: skip


class Identity(NamedTuple):
    """What is compared of who somebody is.

    Attributes:
        names: words of the name.
        contacts: a form of each e-mail address, phone number and link → its path on the profile.
        schools: path → distinctive words of a school's name.
    """

    names: frozenset[str]
    contacts: dict[str, str]
    schools: dict[str, frozenset[str]]


def identity_of(profile: Profile) -> Identity:
    """What a profile says of whose it is."""
    schools = {f"education[{at}].school": _school(one.school or "") for at, one in enumerate(profile.education)}
    return Identity(
        frozenset(plain_words(profile.name or "")),
        _contacts(profile.contact) if profile.contact else {},
        {path: words for path, words in schools.items() if words},
    )


def _school(name: str) -> frozenset[str]:
    return frozenset(word for word in plain_words(name) if word not in _COMMON and len(word) > 2)


def _contacts(contact: Contact) -> dict[str, str]:
    """Forms of e-mail addresses, phone numbers and links."""
    found: dict[str, str] = {}
    for at, email in enumerate(contact.emails):
        found.setdefault(folded(email), f"contact.emails[{at}]")
    for at, phone in enumerate(contact.phones):
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= _DIGITS:
            found.setdefault(digits[-_DIGITS:], f"contact.phones[{at}]")
    for at, link in enumerate(contact.links):
        found.setdefault(_SCHEME.sub("", folded(link)), f"contact.links[{at}]")
    found.pop("", None)
    return found


def same_name(one: Identity, other: Identity) -> bool:
    """Whether two names of two words or more are the same, or one leaves out or adds a middle one."""
    few, many = sorted((one.names, other.names), key=len)
    return len(few) > 1 and few <= many


def other_name(one: Identity, other: Identity) -> bool:
    """Whether both have names that share no word."""
    return bool(one.names and other.names) and not one.names & other.names


def same_schools(one: Identity, other: Identity) -> list[tuple[str, str]]:
    """Paths of schools that both name, each once."""
    found: dict[str, str] = {}
    for path, words in one.schools.items():
        for theirs, others in other.schools.items():
            if theirs not in found.values() and path not in found and (words <= others or others <= words):
                found[path] = theirs
    return list(found.items())
