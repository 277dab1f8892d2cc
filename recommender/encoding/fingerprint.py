"""What a stored profile was made by, as text: "numbers.facts"."""

from __future__ import annotations

from typing import NamedTuple, Self


class Fingerprint(NamedTuple):
    """Two digests, for what is old of a pool decides what bringing it up to date costs.

    Attributes:
        numbers: of all that makes vectors and columns; another one means encoding anew.
        facts: of the rules and tables that facts are derived by; another one means deriving them anew.
    """

    numbers: str
    facts: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Of a stored fingerprint; one of another form has no part that equals any."""
        numbers, _, facts = text.partition(".")
        return cls(numbers, facts)

    def __str__(self) -> str:
        return f"{self.numbers}.{self.facts}"


def facts_alone_differ(one: str, other: str) -> bool:
    """Whether two fingerprints differ, and in their facts alone."""
    first, second = Fingerprint.parse(one), Fingerprint.parse(other)
    return first.numbers == second.numbers and first.facts != second.facts
