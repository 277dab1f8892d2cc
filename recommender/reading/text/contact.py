"""Contact details in text: e-mail addresses, phone numbers, links."""

from __future__ import annotations

import re

from recommender.profile import Contact

EMAIL = re.compile(r"[A-Za-z0-9_][\w.+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"']{2,300}"
    r"|(?<![\w@./])(?:[a-z]{2,3}\.)?(?:linkedin\.com|github\.com|gitlab\.com|twitter\.com|x\.com|behance\.net)/[\w./%-]{1,200}",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}[ .-]\d{3,4}(?![\w/-])"
    r"|(?<![\w.,/-])\+\d{1,3}(?:[ .-]?\d{2,5}){2,5}(?![\w/-])"
    r"|(?<![\w.,/-])\(\d{3}\) ?\d{3}-?\d{4}(?![\w/-])"
)


def find_contact(text: str) -> Contact | None:
    """The e-mail addresses, phone numbers and links of `text`, each once, in order; None where there is none."""
    emails = EMAIL.findall(text) if "@" in text else []
    links = [link.rstrip(".,;:") for link in LINK.findall(text)]
    phones = [phone.strip() for phone in PHONE.findall(text)]
    if not (emails or links or phones):
        return None
    return Contact(emails=_once(emails), phones=_once(phones), links=_once(links))


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


def without_contact(text: str) -> str:
    """`text` without the contact details in it."""
    for pattern in (LINK, EMAIL, PHONE):
        text = pattern.sub("", text)
    return text.strip(" \t,;|·•")


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
