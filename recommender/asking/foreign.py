"""What of a text is not English: the language of all of it, and words that nothing is known of."""

from __future__ import annotations

import re

from recommender.asking.request import Prose
from recommender.asking.spans import listed

#: Words that English texts are full of, and those that texts of another language are and English ones are not.
_ENGLISH = listed("language en")
_SETS = {
    language: listed(f"language {language}") - _ENGLISH for language in ("de", "fr", "es", "pt", "it", "nl", "pl", "sv")
}
#: Words of other languages that one alone of is English as well: "tool & die maker".
_WORDS_TOO = frozenset(("con", "die", "par", "pour"))
_SCRIPTS = tuple(
    (language, re.compile(f"[{first}-{last}]"))
    for language, first, last in (
        *(("ru", "\u0400", "\u04ff"), ("el", "\u0370", "\u03ff"), ("ar", "\u0600", "\u06ff")),
        *(("he", "\u0590", "\u05ff"), ("hi", "\u0900", "\u097f"), ("ja", "\u3040", "\u30ff")),
        *(("ko", "\uac00", "\ud7af"), ("zh", "\u4e00", "\u9fff"), ("th", "\u0e00", "\u0e7f")),
    )
)
NAMES = {
    "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch", "pl": "Polish",
    "sv": "Swedish", "ru": "Russian", "el": "Greek", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi", "ja": "Japanese",
    "ko": "Korean", "zh": "Chinese", "th": "Thai",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Zipf frequency in English below which a word is hardly any.
_RARE = 1.5
#: Words of a text that are said not to be understood, at most.
_MOST = 20


def language_of(text: str) -> str | None:
    """The language of a text that is not English; None for English and where too little tells."""
    words = [word.casefold() for word in _WORD.findall(text[:20_000])]
    letters = sum(map(len, words))
    for language, script in _SCRIPTS:
        if letters and len(script.findall(text[:20_000])) > letters / 3:
            return language
    english = sum(word in _ENGLISH for word in words)
    counts = {language: sum(word in known for word in words) for language, known in _SETS.items()}
    language, most = max(counts.items(), key=lambda one: one[1])
    if most >= 2 and most > 2 * english and most * 12 >= len(words):
        return language
    # of a few words one is enough where others are unheard of in English
    telling = any(word in _SETS[language] - _WORDS_TOO for word in words)
    return (
        language
        if telling and most >= max(1, english) and len(words) < 12 and any(map(_is_unheard_of, words))
        else None
    )


def _is_unheard_of(word: str) -> bool:
    from wordfreq import zipf_frequency

    return len(word) > 3 and zipf_frequency(word, "en") < _RARE


def unknown_words(text: str, taken: bytearray, language: str | None) -> tuple[Prose, ...]:
    """Words outside the parts that are no English: so rare that no list of it has them.

    Args:
        taken: of each character whether a part has it.
    """
    from wordfreq import zipf_frequency

    found = list[Prose]()
    for match in _WORD.finditer(text):
        if len(found) == _MOST:
            break
        if len(match[0]) < 3 or taken[match.start()]:
            continue
        parts = re.split(r"['’-]", match[0].casefold())
        if not any(zipf_frequency(part, "en") > 0 for part in parts) or (
            language is not None and zipf_frequency(match[0], "en") < 3
        ):
            found.append(Prose(match[0], "aside", match.start(), match.end()))
    return tuple(found)
