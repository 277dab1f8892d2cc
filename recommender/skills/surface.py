"""How a skill is written: keys that spelling variants share, and the words prose is matched by."""

from __future__ import annotations

import re
import unicodedata

#: Words of a text. "+" and "#" belong to the word they close (C++, C#, A+), a dot to ".NET"; "&" is the word "and".
WORD = re.compile(r"(?:(?<![^\W_])\.(?=net\b))?[^\W_]+(?:\+\+|[+#](?![^\W_]))?|&")

_DOTNET = re.compile(r"\.net\b")
_NOT_KEY = re.compile(r"[^\w+#]|_")
_MARKS = re.compile(r"[\u0300-\u036f]")


def lowered(text: str) -> str:
    """`text` in lower case, character by character: offsets stay those of `text`."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def squash(text: str) -> str:
    """The key all spellings of one skill share: case, accents, white space and punctuation do not count.

    "React.js", "react js" and "REACT-JS" have one key; "C", "C++" and "C#" have three; ".NET" is not "Net".
    """
    if text.isascii():
        if text.isalnum():
            return text.lower()
        folded = text.lower()
    else:
        folded = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    if ".net" in folded:
        folded = _DOTNET.sub("dotnet", folded)
    return _NOT_KEY.sub("", folded.replace("&", " and "))


def words(text: str) -> tuple[str, ...]:
    """The lower-case words that a mention of `text` consists of."""
    return tuple("and" if w == "&" else w for w in WORD.findall(lowered(text)))


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
