"""Whether a short text is a person's name."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

from recommender.facts import unaccented
from recommender.reading.resume.jobs.places import FORMS
from recommender.reading.text.titles import WEAK_NOUNS, bare, is_modifier, is_noun

_LISTS = files("recommender.reading.resume").joinpath("name_words.txt").read_text(encoding="utf-8")


def _words_of(name: str) -> frozenset[str]:
    return frozenset(_LISTS.split(f"[{name}]\n", 1)[1].split("\n\n", 1)[0].split())


_PARTICLES = _words_of("particles")
_FORMS_OF_ADDRESS = re.compile(
    r"\A(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|eng|engr|ing|dipl|ir|arch|rev|capt|lt|col|sgt|adv|ca|er|herr|frau"
    r"|mme|sr|sra|don|doña|dott|dott\.ssa|dra)\.?(?:-(?:ing|inf|kfm|psych)\.?)?\s+)+",
    re.IGNORECASE,
)
#: Letters behind a name: "RN, BSN", "Ph.D.", "MBA"; in round brackets a nickname or pronouns.
_BEHIND = re.compile(
    r"(?:,\s*[A-Z][A-Za-z.-]{0,6}(?:®|™)?(?=[,\s]|$)"
    r"|[,\s]+(?i:ph\.?\s?d|m\.?d|j\.?d|ll\.?[bm]|ed\.?d|d\.?d\.?s|pharm\.?d|psy\.?d|m\.?b\.?a|m\.?sc|b\.?sc|m\.?s|b\.?s|m\.?a"
    r"|b\.?a|b\.?tech|m\.?tech|b\.?e|m\.?eng|b\.?eng|m\.?ed|c\.?p\.?a|p\.?m\.?p|r\.?n|p\.?e|esq|jr|sr|ii|iii|iv|cfa|acca|fca"
    r"|rna?|lpn|cna|bsn|msn|cissp)\.?(?=[,\s]|$)"
    r"|\s*\([^()]{1,30}\))+\Z"
)
_WORD = re.compile(r"[^\W\d_]+(?:(?:['’ʼ`´]|-|\.(?=[^\W\d_]))[^\W\d_]+)*\.?\Z")
#: Trades that are surnames, too.
SURNAMES = _words_of("surnames")
#: Words of headings, employers and places, which no name holds.
_NEVER = _words_of("never")


def name_in(text: str, below: str = "") -> str | None:
    """The name that a text is, with letters behind it but without forms of address; None where it is none.

    A trade may be a surname ("Nadia Cook"): where it ends the text, what is `below` has to speak for a person, which a
    title, an address or contact details do.
    """
    text = text.strip(" \t,;:|•·*–—-")
    if not 2 < len(text) <= 70 or any(letter.isdigit() for letter in text) or "@" in text:
        return None
    bare_name = _BEHIND.sub("", _FORMS_OF_ADDRESS.sub("", text)).strip(" ,")
    words = bare_name.split()
    if not _is_shaped(words) or any(bare(word) in _NEVER for word in words):
        return None
    if bare(words[-1]) in WEAK_NOUNS or bare(words[-1]) in FORMS or all(map(is_modifier, words)):
        return None
    nouns = [word for word in words if is_noun(word)]
    if nouns and not _may_be_surnames(words, nouns, below):
        return None
    return _FORMS_OF_ADDRESS.sub("", text).strip(" ,")


def _is_shaped(words: list[str]) -> bool:
    if not all(_WORD.match(word) for word in words):
        return False
    if len(words) == 1:  # scripts without capitals write a name as one word
        return 2 <= len(words[0]) <= 5 and unicodedata.category(words[0][0]) == "Lo"
    large = [word for word in words if _is_large(word)]
    small = [word for word in words if word not in large]
    return (
        2 <= len(words) <= 6
        and len(large) >= 2
        and all(word.lower() in _PARTICLES for word in small)
        and words[-1] in large
    )


def _is_large(word: str) -> bool:
    """Whether a word begins with a capital, perhaps behind "d'" or "O'", or is of a script that has none."""
    return any(
        part[:1].isupper() or unicodedata.category(part[:1] or " ") == "Lo" for part in re.split(r"['’ʼ`´-]", word)
    )


def _may_be_surnames(words: list[str], nouns: list[str], below: str) -> bool:
    """Whether a title's noun at the end is a surname: "Nadia Cook" is a person, "Line Cook" a title, unless another
    title is below."""
    last = re.split(r"-", bare(words[-1]))[0]
    if nouns != [words[-1]]:
        return False
    titled = len(below) < 80 and any(is_noun(word) for word in below.split()) and not below.endswith(".")
    if is_modifier(words[0]):
        return titled and last in SURNAMES and len(words) == 2
    return last in SURNAMES or (titled and len(words) == 2)


def is_of_mail(text: str, mails: tuple[str, ...]) -> bool:
    """Whether every longer word of a text stands in the local part of an e-mail address."""
    words = [unaccented(word.casefold()) for word in re.findall(r"[^\W\d_]{2,}", text)]
    locals_ = [re.sub(r"[^a-z]", "", unaccented(mail.split("@")[0].casefold())) for mail in mails]
    return len(words) >= 2 and any(all(word in local for word in words) for local in locals_)
