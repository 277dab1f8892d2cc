"""What kind of section a heading opens, by its words."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast

Kind = Literal["intro", "summary", "experience", "education", "skills", "certifications", "languages", "other"]

_FOLDER = files("recommender.reading.resume")
_LISTS = _FOLDER.joinpath("headings.txt").read_text(encoding="utf-8")


def _names(kind: str) -> list[str]:
    return _LISTS.split(f"[{kind}]\n", 1)[1].split("\n\n", 1)[0].splitlines()


def _by_word(name: str) -> dict[str, Kind]:
    pairs = (line.split(" = ") for line in _names(name))
    return {word: cast("Kind", kind) for kind, words in pairs for word in words.split()}


_FILED: tuple[Kind, ...] = ("summary", "experience", "education", "skills", "certifications", "languages", "other")
_KINDS: dict[str, Kind] = {name.replace(" and ", " & "): kind for kind in _FILED for name in _names(kind)}
_LAST, _FIRST = _by_word("last words"), _by_word("first words")
#: In sections of these headings a span of dates is no role.
CLOSED = frozenset(name.replace(" and ", " & ") for name in _names("closed"))
SPOKEN = frozenset(_FOLDER.joinpath("spoken_languages.txt").read_text(encoding="utf-8").split())

_SIGNS = r"\s•*#=_~<>|–—\-+\[\]{}:│┃║╔╗╚╝═─━┌┐└┘█▌■◆❖►▶▪★☆✦●○◉❯»«·"
_DECORATION = re.compile(rf"^[{_SIGNS}]+|[{_SIGNS}.]+$")
_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]\s+")
_JOINT = re.compile(r"\s*(?:&|/|,|\+|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*")
_LONGEST = 5


@lru_cache(maxsize=10_000)
def plain_name(words: str) -> str:
    """A heading's words without numbers, boxes and signs around, case-folded, with "&" for "and"."""
    plain = _DECORATION.sub("", _NUMBER.sub("", _DECORATION.sub("", words)))
    return re.sub(r"\s+", " ", plain).casefold().replace(" and ", " & ")


@lru_cache(maxsize=10_000)
def kind_of(words: str) -> Kind | None:
    """The kind of section that a heading of exactly these words opens, None where they are no heading."""
    return _KINDS.get(plain_name(words))


@lru_cache(maxsize=10_000)
def kind_by_words(words: str) -> Kind | None:
    """The kind of section that a longer heading opens: by its last or first word, or of the first of several names
    ("Certifications & Activities"). To be believed only where the line looks like a heading."""
    name = plain_name(words)
    plain = re.sub(r"[&/,+]", " ", name).split()
    if not 1 < len(plain) <= _LONGEST or not all(word[0].isalpha() for word in plain):
        return None
    pieces = _JOINT.split(name)
    if len(pieces) > 1:
        kinds = [_KINDS.get(piece) or _by_ends(piece) for piece in pieces]
        return kinds[0] if all(kinds) else _by_ends(name)
    return _by_ends(name)


def _by_ends(name: str) -> Kind | None:
    words = name.split()
    return _LAST.get(words[-1]) or _FIRST.get(words[0]) if words else None


def is_spoken(text: str) -> bool:
    """Whether a text names a language that people speak."""
    return any(word.casefold() in SPOKEN for word in re.findall(r"[^\W\d_]+", text))
