"""Words of titles that people shorten: "iOS devs" are iOS developers, a "mechanical engr." is an engineer."""

from __future__ import annotations

_FULL = {
    "acct": "account",
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
    "mktg": "marketing",
    "ops": "operations",
    "rep": "representative",
    "supv": "supervisor",
    "tech": "technician",
}
#: Words that stand for other things too: they are short for a title where another word is before them.
_UNSURE = frozenset(("admin", "admins", "coord", "eng", "exec", "execs", "tech", "techs"))
#: What is shortened as the first word of a title alone.
_MODIFIERS = frozenset(("acct", "mktg", "ops"))


def full(word: str) -> str:
    """The word that this is short for, in its case and number ("Mgrs" → "Managers"); itself where it is for none."""
    plain = word.rstrip(".").casefold()
    ends = "s" if plain not in _FULL and plain.endswith("s") else ""
    known = _FULL.get(plain.removesuffix(ends))
    if known is None or (ends and plain.removesuffix(ends) in _MODIFIERS):
        return word
    written = known + ends
    return written.upper() if word.isupper() else written.capitalize() if word[:1].isupper() else written


def is_short(word: str) -> bool:
    """Whether a word is short for another."""
    return full(word) != word


def is_unsure(word: str) -> bool:
    """Whether it takes a word before it to see that this one is short for a title's."""
    return word.casefold() in _UNSURE


def spelled_out(title: str) -> str:
    """A title without short forms; a short form that modifies stays where it ends the title."""
    *before, head = title.split()
    return " ".join([*map(full, before), head if head.casefold() in _MODIFIERS else full(head)])
