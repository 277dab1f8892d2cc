"""The forms in which texts are compared: what a filter asks and what a profile has come to the same one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Marks that are typed in several ways.
_TYPED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    }
)
#: Letters that do not come apart into a plain one and a mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_MARKED = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")

_LETTERS = re.compile(r"[\w+#]+")
#: What follows the name of a language, and words beside it, that say how well it is spoken.
_ASIDE = re.compile(r"(?<=\w)\s*(?:[(\[:,;/|]|\s-\s)")
_HOW_WELL = frozenset((
    "native", "fluent", "fluency", "bilingual", "mother", "tongue", "basic", "conversational", "intermediate",
    "advanced",
    "professional", "working", "proficiency", "proficient", "full", "limited", "elementary", "beginner", "business",
    "level", "in", "or", "and", "speaker", "written", "spoken", "speaking", "reading", "writing", "good", "very",
    "excellent", "some", "a1", "a2", "b1", "b2", "c1", "c2", "first", "second", "language", "near",
))  # fmt: skip
#: Languages as those who speak them write them, without accents.
_OWN_NAMES = {
    "deutsch": "german",
    "francais": "french",
    "espanol": "spanish",
    "castellano": "spanish",
    "italiano": "italian",
    "portugues": "portuguese",
    "nederlands": "dutch",
    "polski": "polish",
    "svenska": "swedish",
    "norsk": "norwegian",
    "dansk": "danish",
    "suomi": "finnish",
    "turkce": "turkish",
    "cestina": "czech",
    "magyar": "hungarian",
    "romana": "romanian",
    "farsi": "persian",
    "mandarin chinese": "mandarin",
    "chinese mandarin": "mandarin",
}

#: Companies that are remembered: facts and insights ask for the same ones.
_REMEMBERED = 4_096
#: Words at a company's end that say how it is owned, not which it is; without dots.
_LEGAL = frozenset((
    "inc", "incorporated", "corp", "corporation", "llc", "llp", "lp", "ltd", "limited", "plc", "pllc", "gmbh", "mbh",
    "ag", "kg", "kgaa", "ohg", "ug", "ev", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "asa", "oy",
    "oyj", "aps", "as", "pty", "pte", "pvt", "kk", "sro", "ltda", "eirl", "sl", "slu",
))  # fmt: skip


def folded(text: str) -> str:
    """Case-folded, runs of white space as one, composed letters, and quotes and dashes as on a keyboard."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).translate(_TYPED).casefold())
    return " ".join(text.split()).casefold()


def unaccented(text: str) -> str:
    """A folded text with its Latin letters plain: "são paulo" → "sao paulo"."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKED.sub("", unicodedata.normalize("NFD", text.translate(_PLAIN))))


def plain_words(text: str) -> list[str]:
    """The words of a text without case, accents and apostrophes: "Zoë O'Brien-Smith" → zoe, obrien, smith."""
    return _LETTERS.findall(unaccented(folded(text)).replace("'", ""))


def language_form(text: str) -> str:
    """A spoken language without how well it is spoken: "Fluent in Spanish (C1)" → "spanish"; "Deutsch" → "german"."""
    words = [word for word in _LETTERS.findall(_ASIDE.split(folded(text), maxsplit=1)[0]) if word not in _HOW_WELL]
    name = " ".join(words) or folded(text)
    return _OWN_NAMES.get(unaccented(name), name)


@lru_cache(_REMEMBERED)
def company_form(name: str) -> str:
    """A company without accents and what says how it is owned: "Acmé, Inc." and "ACME" → "acme"; "and" is "&"."""
    words = ["&" if word == "and" else word for word in unaccented(folded(name)).split()]
    kept = len(words)
    while kept > 1 and words[kept - 1].replace(".", "").strip(",()") in _LEGAL:
        kept -= 1
        if kept > 2 and words[kept - 2 : kept] in (["&", "co."], ["&", "co"]):  # "GmbH & Co. KG"
            kept -= 2
    return " ".join(words[:kept]).rstrip(" ,") or " ".join(words)
