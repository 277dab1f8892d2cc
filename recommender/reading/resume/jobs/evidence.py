"""What the words of a short text say about it: whether it is a job title, an employer or a place.

Each score is a sum of small pieces of evidence: above zero speaks for, below against. They are compared with each
other and added up over the heads of a résumé, by `layout.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from recommender.reading.resume.jobs.places import FORMS, UNITS, WORKPLACE, is_known_place
from recommender.reading.text.titles import CONNECTORS, LEVELS, NOUNS, WEAK_NOUNS, bare, is_modifier, is_noun

#: Small words inside names and titles, of several languages.
_SMALL = CONNECTORS | frozenset(
    [
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "von",
        "und",
        "et",
        "y",
        "e",
        "en",
        "und",
        "für",
        "van",
        "der",
        "den",
        "het",
    ]
)
#: What one earns, not what one works as.
_NO_JOB = frozenset(
    [
        "certification",
        "certificate",
        "certified",
        "license",
        "licence",
        "award",
        "awards",
        "scholarship",
        "course",
        "degree",
        "diploma",
    ]
)


def title_score(text: str, known: Set[str] = frozenset()) -> float:
    """How much speaks for a job title. `known` are titles of this person, case-folded."""
    if text.casefold() in known:
        return 5.5
    return _title_score(text) if len(text) <= 120 else -9.0


@lru_cache(maxsize=50_000)
def _title_score(text: str) -> float:
    words = [word for word in text.split() if not LEVELS.match(word) or len(word) > 4]
    words = [word for word in words if bare(word)]
    if not words:
        return -3.0
    score = _title_noun(words)
    forms = any(bare(word) in FORMS and not is_modifier(word) for word in words)
    score -= (0.3 if is_noun(words[-1]) else 1.5) * forms
    score -= 1.5 * (not (text[:1].isupper() or text[:1].isdigit() or text[:1] in ".(" or is_modifier(words[0])))
    score -= 1.5 * text.rstrip().endswith((".", ":", ";")) + 0.5 * max(0, len(words) - 8)
    score -= 3.0 * (": " in text or bare(words[-1]) in _NO_JOB)
    small = sum(word[:1].islower() and bare(word) not in _SMALL and not _is_title_word(word) for word in words[1:])
    return score - 0.5 * small - 2.5 * is_known_place(text)


def _title_noun(words: Sequence[str]) -> float:
    """What the nouns of a title are worth: most at its end, or before "of" and at its beginning."""
    outside = " ".join(words).split("(")[0].split() or list(words)
    if is_noun(outside[-1]):
        return 3.2 if not _is_plural(outside[-1]) else 1.0
    cut = next((at for at, word in enumerate(outside) if (at and word.lower() in _SMALL) or word[-1:] in ",-–"), 0)
    if cut and (is_noun(outside[cut - 1]) or is_noun(outside[cut])):
        return 2.8
    if is_noun(outside[0]):
        return 2.4
    if any(map(is_noun, words)):
        return 1.5
    if bare(outside[-1]) in WEAK_NOUNS and not (len(outside[-1]) < 3 and outside[-1].islower()):
        return 1.2
    return 0.4 if all(is_modifier(word) or word.lower() in _SMALL for word in words) else -1.0


def _is_plural(word: str) -> bool:
    """Whether a title's noun stands in the plural, as in "Chamber Players": rather a name of people together."""
    plain = bare(word)
    return plain.endswith("s") and plain not in NOUNS and plain[:-1] in NOUNS


def _is_title_word(word: str) -> bool:
    return is_noun(word) or is_modifier(word) or bare(word) in WEAK_NOUNS


@lru_cache(maxsize=50_000)
def company_score(text: str) -> float:
    """How much speaks for an employer's name."""
    words = text.split()
    if not words or len(text) > 120 or not any(letter.isalpha() for letter in text):
        return -4.0
    forms = [bare(word).replace(".", "") in FORMS for word in words]
    score = (
        0.6
        if text[:1].isupper() or text[:1].isdigit()
        else 0.3
        if re.match(r"[a-z]+[A-Z]|[\w-]+\.[a-z]", text)
        else -1.0
    )
    score += 1.8 * any(forms)
    score -= (0.4 if any(forms) else 2.2) * (is_noun(words[-1]) and not _is_plural(words[-1]))
    score -= 0.7 * sum(is_noun(word) for word in words[:-1]) * (not any(forms))
    score -= 0.8 * sum(word[:1].islower() and bare(word) not in _SMALL and "." not in word for word in words[1:])
    score -= 2.0 * (": " in text) + 1.0 * (bare(words[-1]) in WEAK_NOUNS and not any(forms))
    score -= 0.5 * max(0, len(words) - 7) + 0.8 * any(bare(word) in UNITS for word in words)
    score -= 1.5 * (text.endswith((".", ":", "!", "?")) and not forms[-1] and len(words) > 1)
    return score - 2.5 * is_known_place(text) - 3.0 * bool(WORKPLACE.match(text))


def is_written_large(text: str) -> bool:
    """Whether every word but small ones begins with a capital, as in names and headings."""
    return not any(word[:1].islower() and bare(word) not in _SMALL for word in text.split())
