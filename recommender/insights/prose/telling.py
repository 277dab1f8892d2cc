"""How telling a clause is: by its numbers and what they count, by what sets it apart, by what it says of everybody."""

from __future__ import annotations

import re
from collections.abc import Set

from recommender.insights.prose.signs import Signs
from recommender.insights.prose.words import any_of, words

_MONEY = re.compile(
    r"(?:[$€£₹¥]|\b(?:USD|EUR|GBP|INR|Rs\.?))\s?\d[\d,.]*\s?(?:\+|[kKmMbB]{1,2}\b|million|billion|thousand|crore)?"
)
_SHARE = re.compile(r"\b\d[\d,.]*\s?(?:%|percent\b|per cent\b|x\b|-?fold\b)")
_COUNT = re.compile(
    rf"\b\d[\d,.]*\+?\s?(?:\+\s?)?(?:-\s?)?(?:[a-z-]+\s){{0,2}}?{any_of('units', plural=True, low=True)}(?!\w)"
)
_SEVERAL = re.compile(r"\b\d[\d,.]*\+?\s(?:[a-z-]+\s){0,2}?[a-z-]{3,}s\b")
_LARGE = re.compile(
    r"(?<![\w.$-])(?:\d{1,3}(?:,\d{3})+|\d{3,}(?![\d.]*\d)|\d+(?:\.\d+)?\s?(?:k|K|M|million|billion)\b)\+?(?!\.\d)"
)
_YEAR = re.compile(r"(?<![\d,$])(?:19|20)\d\d(?!\d|,\d{3}\b|\s(?:users|people|customers|servers|employees))")
#: Numbers that are a product's, a form's, hours of service, widths in bits.
_NAMED = re.compile(
    r"[A-Z\d](?:(?<=\s[A-Z])[\w.+#]*[\s-]\d[\d.,/-]*"
    r"(?!\s?[%+kKM]|\d|\s(?:users|people|customers|clients|servers|employees|sites))"
    r"|(?<=\b2)4\s?[xX*/]\s?7(?:\s?[xX*/]\s?365)?|(?<=\b4)01\s?[kK]\b"
    r"|(?<=\b\d)(?:\d*\.x\b|\d{2,}\s(?=[A-Z][a-z])|\d*\s?-?bit\b|\d*\.\d+\.\d+))"
)
#: Of text in small letters, as what follows, for to look for either case takes several times as long; and after a
#: space, for to look at every letter whether a word begins there does as well.
_FIRST = re.compile(rf"\W{any_of('firsts', low=True)}(?!\w)")
_CHANGE = re.compile(
    rf"\W(?:from\s\S+(?:\s\S+){{0,3}}\sto\s\S|by\s(?:\w+\s){{0,2}}[$€£]?\d|{any_of('changes', low=True)}\b)"
)
_FIRST_OR_CHANGE = re.compile(rf"\W(?:{any_of('firsts', low=True)}|from\s|by\s|{any_of('changes', low=True)})")
_FLUFF = re.compile(rf"\W{any_of('fluff', low=True)}\b")
_STRAY, _STRAY_WORD = words("stray"), re.compile(rf"\W{any_of('stray', low=True)}\b")
_LATELY = r"\bth(?:e|is) (?:last|past|next|current) (?:\w+[ -]){0,3}(?:year|month|quarter)"
_STRAY_MARK = re.compile(r"[@\[\]|•●<>=\ufffd]")
_STRAY_SIGNS = Signs(
    (
        ("http", r"https?:"), ("www.", r"www\."), ("xx", r"\bxx+\b"), ("__", "__"), ("..", r"\.\."),
        ("company name", "company name"), ("city , state", "city , state"),
        *((when, _LATELY) for when in (" last ", " past ", " next ", " current ")),
    )
)  # fmt: skip
_WORD, _WHOLE_WORD = re.compile(r"[\w/.]*\w"), re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_MOST_OF_NUMBERS, _MOST_OF_WORDS = 4.5, 3.5
_OF_LENGTH = 0.3
WORTH_A_CUT = 1.5  # what a clause has to tell, beside its verb, to be cut out of its sentence
MOST_TELLING = _MOST_OF_NUMBERS + _MOST_OF_WORDS + _OF_LENGTH
_PLAIN = 40  # characters below which a clause without numbers says too little


def points_of(clause: str) -> float:
    """How telling it is, but for the verb that it begins with; 0.3 for a plain one of some length."""
    low = f" {clause.lower()}"
    points = _of_numbers(clause) - bool(_FLUFF.search(low)) + _of_words(low)
    return points + (_OF_LENGTH if points or len(clause) >= _PLAIN else -1.0)


def most_of(sentence: str) -> float:
    """The points that `points_of` gives any clause that a sentence begins with at most, for a part of the work."""
    return _of_words(f" {sentence.lower()}") + _of_numbers(sentence) + _OF_LENGTH


def most_within(text: str) -> float:
    """The same of all sentences of a text, for less work."""
    words = _MOST_OF_WORDS if _FIRST_OR_CHANGE.search(f" {text.lower()}") else 0.0
    return words + (_MOST_OF_NUMBERS if _DIGIT.search(text) else 0.0) + _OF_LENGTH


def _of_words(low: str) -> float:
    """The points of words of a text in small letters, after a space."""
    if not _FIRST_OR_CHANGE.search(low):
        return 0.0
    return 1.5 * min(len(_FIRST.findall(low)), 2) + 0.5 * bool(_CHANGE.search(low))


def _of_numbers(clause: str) -> float:
    if not _DIGIT.search(clause):
        return 0.0
    plain = _NAMED.sub(" ", _YEAR.sub(" ", clause))
    points = 3.0 * bool(_MONEY.search(plain) or _SHARE.search(plain))
    points += 2.0 * bool(_LARGE.search(plain))
    points += 1.5 if _COUNT.search(plain.lower()) else 1.0 * bool(_SEVERAL.search(plain))
    return min(points, _MOST_OF_NUMBERS)


def has_any(clause: str, names: Set[str]) -> bool:
    """Whether one of these names is a word of a clause."""
    return any(name in clause for name in names) and not names.isdisjoint(_WHOLE_WORD.findall(clause))


def is_stray(clause: str) -> bool:
    """Whether a clause speaks of what a reader does not see, or is no prose."""
    low = clause.lower()
    if _STRAY_WORD.search(f" {low}") and _speaks_of(clause, low):
        return True
    return _STRAY_MARK.search(low) is not None or _STRAY_SIGNS.found(low) or clause.isupper()


def _speaks_of(clause: str, low: str) -> bool:
    """Whether it has a word for somebody or something that is not named; "US" is none."""
    strays = _STRAY.intersection(_WORD.findall(low))
    return bool(strays) and (
        strays != {"us"} or any(word != "US" and word.lower() == "us" for word in _WORD.findall(clause))
    )
