"""`Written`: what somebody wrote of their work, and how much each part of it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from string import ascii_lowercase
from typing import NamedTuple

from recommender.field_path import FieldPath
from recommender.insights.texts import Line

#: How a text begins that goes on with the one before it: "… using ASP", ".Net and PHP".
_GOES_ON = frozenset(f"{ascii_lowercase}.,;:)&/")


class Written(NamedTuple):
    """What of a profile may be quoted.

    Attributes:
        lines: of each role, as `with_commas` gives them.
        about: the summary.
        recency: of each role, 0 to 1.
        systems: field → the skills that are named there.
        elsewhere: roles of another trade, which say nothing of what somebody is now; the summary may be of them too.
        names: the person's own, which no clause may hold.
    """

    lines: Sequence[Sequence[Line]]
    about: str | None
    recency: Sequence[float]
    systems: Mapping[FieldPath, Sequence[str]]
    elsewhere: Set[int]
    names: Set[str]


def with_commas(lines: Sequence[Line]) -> list[Line]:
    """The lines of a role; one that goes on in the next has a comma at its end."""
    goes_on = [text[:1] in _GOES_ON or text[:2] == "+ " for _, text in lines[1:]]
    return [
        (field, f"{text.rstrip(' .')},") if more else (field, text)
        for (field, text), more in zip(lines, [*goes_on, False], strict=False)
    ]
