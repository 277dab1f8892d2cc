"""Contact details in text: e-mail addresses, phone numbers, links."""

from __future__ import annotations

import re
from collections import defaultdict

from recommender.privacy import EMAIL, LINK, PHONE, replaced
from recommender.profile import Contact

_AT = re.compile(r" ?[\[({<] ?(?:at|@|ät) ?[\])}>] ?| at ", re.IGNORECASE)
_DOT = re.compile(r" ?[\[({<] ?(?:dot|punkt) ?[\])}>] ?| dot ", re.IGNORECASE)


def find_contact(text: str) -> Contact | None:
    """The e-mail addresses, phone numbers and links of `text`, each once, in order; None where there is none."""
    found: dict[str, list[str]] = defaultdict(list)

    def keep(kind: str, written: str) -> str:
        found[kind].append(written)
        return kind

    replaced(text, keep)
    if not found:
        return None
    emails = [_DOT.sub(".", _AT.sub("@", email.strip("'."))) for email in found[EMAIL]]
    links = [link.rstrip(".,;:()'") for link in found[LINK]]
    return Contact(emails=_once(emails), phones=_once([one.strip() for one in found[PHONE]]), links=_once(links))


def merge(first: Contact | None, second: Contact | None) -> Contact | None:
    """Both contacts as one; the first's photo and address go before the second's."""
    if first is None or second is None:
        return first or second
    return Contact(
        emails=_once([*first.emails, *second.emails]),
        phones=_once([*first.phones, *second.phones]),
        links=_once([*first.links, *second.links]),
        photo=first.photo or second.photo,
        address=first.address or second.address,
    )


def without_contact(text: str, mark: str = "") -> str:
    """`text` without the contact details in it; `mark` in the place of each."""
    return replaced(text, lambda kind, written: mark).strip(" \t,;|·•")


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
