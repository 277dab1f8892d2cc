"""Words of titles that people shorten: "iOS devs" are iOS developers, a "mechanical engr." is an engineer."""

from __future__ import annotations

_FULL = {
    "admin": "administrator",
    "asst": "assistant",
    "coord": "coordinator",
    "dev": "developer",
    "eng": "engineer",
    "engr": "engineer",
    "exec": "executive",
    "grad": "graduate",
    "internship": "intern",
    "mgr": "manager",
    "rep": "representative",
    "supv": "supervisor",
    "tech": "technician",
}
#: Words that stand for other things too: they are short for a title where another word is before them.
_UNSURE = frozenset(("admin", "admins", "coord", "eng", "exec", "execs", "tech", "techs"))
#: What is short for something else, or at all, before the word that a title ends with.
_BEFORE = {
    "acct": "account",
    "admin": "administrative",
    "cust": "customer",
    "dev": "development",
    "elec": "electrical",
    "eng": "engineering",
    "hw": "hardware",
    "maint": "maintenance",
    "mech": "mechanical",
    "mfg": "manufacturing",
    "mktg": "marketing",
    "ops": "operations",
    "prod": "production",
    "proj": "project",
    "svc": "service",
    "sw": "software",
    "sys": "system",
    "tech": "technical",
}


def full(word: str) -> str:
    """The word that this is short for at the end of a title, in its case and number ("Mgrs" → "Managers")."""
    plain = word.rstrip(".").casefold()
    ends = "s" if plain not in _FULL and plain.endswith("s") else ""
    known = _FULL.get(plain.removesuffix(ends))
    return _cased(known + ends, word) if known else word


def modifying(word: str) -> str:
    """The word that this is short for before the end of a title ("svc" → "service")."""
    known = _BEFORE.get(word.rstrip(".").casefold())
    return _cased(known, word) if known else full(word)


def _cased(written: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return written.upper()
    return written.capitalize() if word[:1].isupper() else written


def is_short(word: str) -> bool:
    """Whether a word is short for another."""
    return modifying(word) != word


def is_unsure(word: str) -> bool:
    """Whether it takes a word before it to see that this one is short for a title's."""
    return word.casefold() in _UNSURE


def spelled_out(title: str) -> str:
    """A title without short forms: "cust. svc rep" is a customer service representative."""
    words = title.split()
    last = next((at for at, word in enumerate(words) if word.casefold() == "of"), len(words)) - 1
    return " ".join([*map(modifying, words[:last]), full(words[last]), *words[last + 1 :]])
