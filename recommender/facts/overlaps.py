"""Careers side by side: what a reader of a profile asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recommender.facts.tenure import latest, tenure_of
from recommender.profile import Role

#: Roles at two companies may overlap by so many months (a handover, a notice period) before it is reported:
#: a year, from a month to the same of the next.
_HANDOVER = 13

#: What is held beside a full-time role.
_BESIDE = re.compile(
    r"\b(?:part[ -]?time|volunteer\w*|free-?lanc\w*|consult(?:ant|ing)|contract(?:or|ing)?|board|advisory|adjunct"
    r"|lecturer|intern(?:ship)?|mentor|(?:co-?)?founder|owner|self[ -]employed|student|trustee|reservist|seasonal)\b",
    re.IGNORECASE,
)


class Overlap(NamedTuple):
    """Roles `first` and `second`, by position, at different companies, ran side by side for `months`."""

    first: int
    second: int
    months: int


def overlaps(roles: Sequence[Role], as_of: str | None) -> Iterator[Overlap]:
    """Careers side by side at different companies for more than a year, both of them full-time as far as titles say.

    Each role once at most, with the one begun earlier that lasts longest; by first month.
    """
    as_of = as_of or latest(roles)
    spans = []
    for position, role in enumerate(roles):
        span = tenure_of(role, as_of)
        if span and role.company and not _BESIDE.search(role.title or ""):
            spans.append((span.first, span.after, position, " ".join(role.company.split()).casefold()))
    furthest: dict[str, tuple[int, int]] = {}  # of two companies at most: the month after its last, and its role
    for first, after, position, company in sorted(spans):
        other = max((reached for name, reached in furthest.items() if name != company), default=(first, position))
        months = min(after, other[0]) - first
        if months > _HANDOVER:
            yield Overlap(other[1], position, months)
        furthest[company] = max(furthest.get(company, (0, 0)), (after, position))
        furthest = dict(sorted(furthest.items(), key=lambda item: item[1])[-2:])
