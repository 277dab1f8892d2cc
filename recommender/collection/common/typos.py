"""Words that are one typo apart: what they become when a letter is left out (the deletions of Garbe's SymSpell)."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

#: Letters of a word that can be looked for past a typo; longer ones only by their beginning.
LONGEST = 30


def is_one_typo(one: str, other: str) -> bool:
    """Whether a letter more, less or other, or two neighbours changed over, make one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    return one[at + 1 :] == other[at + 1 :] or (
        one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    )


def forms_of(word: str) -> list[int]:
    """Hashes of a word and of all that it is without one letter: two words one typo apart have one in common."""
    return sorted({crc32(form.encode()) for form in _forms(word)})


def _forms(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
