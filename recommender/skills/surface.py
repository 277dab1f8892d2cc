"""How a skill is written: keys that spelling variants share, and the words prose is matched by."""

from __future__ import annotations

import re
import unicodedata

#: A letter that stands in for the dot of ".NET" while words are cut, so that it belongs to its word (U+A4F8).
_DOT = "\ua4f8"
#: Words of a text that `folded` has made ready. "+" and "#" belong to the word they close (C++, C#, A+).
WORD = re.compile(r"(\w+(?:\+\+|[+#](?!\w))?|&)")

_NET = re.compile(r"\.net\b")
_NOT_KEY = re.compile(r"[^\w+#]|_")
_MARKS = re.compile(r"[\u0300-\u036f]")


def folded(text: str) -> str:
    """`text` in lower case with underscores as spaces, character by character: offsets stay those of `text`."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if ".net" in low:
        low = _NET.sub(_DOT + "net", low)
    return low.replace("_", " ")


def words(text: str) -> tuple[str, ...]:
    """The lower-case words that a mention of `text` consists of; "&" is the word "and"."""
    return tuple("and" if w == "&" else w for w in WORD.findall(folded(text)))


def squash(text: str) -> str:
    """The key all spellings of one skill share: case, accents, white space and punctuation do not count.

    "React.js", "react js" and "REACT-JS" have one key; "C", "C++" and "C#" have three; ".NET" is not "Net".
    """
    if text.isascii():
        low = text.lower()
        if text.isalnum():
            return low
    else:
        low = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _NOT_KEY.sub("", low.replace(".net", "dotnet").replace("&", " and "))


def plural(word: str) -> str | None:
    """The plural of a word that is no plural yet; None where it is one or has none worth guessing."""
    if len(word) < 3 or not word.isalpha() or word.endswith(("s", "ing")):
        return None
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("x", "ch", "sh")) else "s")


def singular(word: str) -> str | None:
    """The singular of a plural; None where the word is no regular plural (ss, us, is, ics)."""
    if (
        len(word) < 4
        or not word.isalpha()
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is", "ics", "news"))
    ):
        return None
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]
