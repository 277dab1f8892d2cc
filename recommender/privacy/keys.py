"""Keys under which contact details come, in any format's spelling ("E-Mail", "phoneNumber", "date_of_birth")."""

from __future__ import annotations

import re

_PART = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+")

#: Parts that are about contact wherever they are in a key, its words run together.
_STEMS = (
    "email", "phone", "telefon", "whatsapp", "telegram", "skype", "wechat", "viber", "threema", "linkedin", "facebook",
    "instagram", "twitter", "tiktok", "snapchat", "mastodon", "bluesky", "dateofbirth", "birthda", "birthplace",
    "geburts", "homepage", "website", "webpage", "address", "adresse", "anschrift", "postcode", "postalcode", "zipcode",
    "passport", "socialsecurity", "maidenname", "nationalid", "username", "messenger", "mobilenumber", "contactdetail",
    "contactinfo", "socialmedia", "socialnetwork", "sociallink",
)  # fmt: skip
#: Words that are about contact beside any others…
_WORDS = frozenset((
    "tel", "fax", "dob", "ssn", "url", "urls", "uri", "github", "gitlab", "bitbucket", "stackoverflow", "xing", "icq",
    "discord", "avatar", "photo", "street", "plz", "kontakt", "references", "referees", "referee", "emergency", "iban",
    "birth", "born", "handle", "handles", "orcid", "kaggle", "behance", "dribbble",
))  # fmt: skip
#: …and those that are where nothing but such words and their like make the key ("mobile", not "mobile development").
_ALONE = frozenset((
    "mobile", "mobil", "handy", "cell", "mail", "mails", "link", "links", "web", "blog", "portfolio", "contact",
    "contacts", "socials", "profiles", "signal", "zip", "picture", "image", "reference", "site",
))  # fmt: skip
_BESIDE = frozenset((
    "no", "nr", "number", "numbers", "id", "my", "own", "personal", "private", "work", "home", "business", "office",
    "primary", "secondary", "media", "network", "networks", "account", "accounts", "name", "page", "profile", "other",
    "alternative", "code", "person", "main", "web",
))  # fmt: skip


def is_contact_key(key: str) -> bool:
    """Whether what is under this key is about how to reach a person, or about who it is beyond their work."""
    parts = [part.casefold() for part in _PART.findall(key.rstrip(". ").rpartition(".")[2][:200])]
    joined = "".join(parts)
    if any(stem in joined for stem in _STEMS) or not _WORDS.isdisjoint(parts):
        return True
    words = [part for part in parts if not part.isdigit()]
    return any(word in _ALONE for word in words) and all(word in _ALONE or word in _BESIDE for word in words)
