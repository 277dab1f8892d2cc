"""Whether two profiles are of one person: what speaks for and against it, in points that add up.

The points and the threshold were chosen on one half of real résumés and planted copies, and are reported on the other
(`python -m benchmarks.duplicates`). A name is never enough, nor a name with a school.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.duplicates.history import Career, career_of, compared
from recommender.duplicates.identity import Identity, identity_of, other_name, same_name, same_schools
from recommender.duplicates.shingles import Shingles, shared, shingles_of
from recommender.profile import Profile

Kind = Literal["text", "job", "likely_job", "contact", "name", "school", "conflict", "other_name", "other_school"]

#: From this sum on two profiles are of one person.
ENOUGH = 0.9
POINTS: dict[Kind, float] = {
    "text": 1.0,
    "job": 0.3,
    "likely_job": 0.25,
    "contact": 0.7,
    "name": 0.35,
    "school": 0.15,
    "conflict": -0.55,
    "other_name": -0.5,
    "other_school": -0.15,
}
#: What a second job adds, with another employer: that two began in the same months by chance is hardly likely.
_SECOND_JOB = 0.6
#: Another job with the same employer says little more than the first.
_SAME_EMPLOYER = 0.15
#: Pieces of text that two profiles alone share which are enough to believe what share of the text is the same.
_PIECES = 20
#: Fields of each profile that are named for what is shared of the text.
_FIELDS = 3


class Evidence(msgspec.Struct, frozen=True):
    """One thing that speaks for or against two profiles being of one person.

    Attributes:
        points: what it adds to the score.
        text: what it is, in words.
        left, right: paths of the fields of each profile that it is of.
    """

    kind: Kind
    points: float
    text: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


class Traces(NamedTuple):
    """What is compared of one profile."""

    shingles: Shingles
    career: Career
    identity: Identity


def traces_of(profile: Profile) -> Traces:
    """What is compared of a profile."""
    return Traces(shingles_of(profile), career_of(profile), identity_of(profile))


def evidence(left: Traces, right: Traces, many: int) -> tuple[Evidence, ...]:
    """All that speaks for or against these being of one person.

    Args:
        many: how many profiles there are, of which the pieces of text were counted.
    """
    identity = tuple(_identity(left.identity, right.identity))
    history = tuple(_history(left.career, right.career))
    if {"contact", "name"} <= {one.kind for one in identity}:  # one person, who told it differently
        history = tuple(one for one in history if one.kind != "conflict")
    return (*_text(left.shingles, right.shingles, many), *history, *identity)


def score(found: tuple[Evidence, ...]) -> float:
    """The sum of the points."""
    return round(sum(one.points for one in found), 4)


def _text(left: Shingles, right: Shingles, many: int) -> Iterator[Evidence]:
    """The share of the shorter one's text that is in the other, pieces weighed by how rare they are."""
    mine, theirs = shared(left, right)
    if not len(mine):
        return
    weights, others = np.log((many + 1) / left.held), np.log((many + 1) / right.held)
    share = float(weights[mine].sum() / min(weights.sum(), others.sum()))
    believed = min(1.0, float((1 / (left.held[mine] - 1)).sum()) / _PIECES)
    yield Evidence(
        "text",
        round(POINTS["text"] * min(share, 1.0) * believed, 4),
        f"{min(share, 1.0):.0%} of the shorter one's text is in the other",
        _fields(left, mine),
        _fields(right, theirs),
    )


def _fields(shingles: Shingles, at: NDArray[np.int64]) -> tuple[str, ...]:
    """The fields that most of these pieces are in."""
    most = Counter(shingles.places[at].tolist()).most_common(_FIELDS)
    return tuple(shingles.fields[place] for place, _ in most)


def _history(left: Career, right: Career) -> Iterator[Evidence]:
    found = compared(left, right)
    known: set[str] = set()
    certain = 0
    for one in found.common:
        kind: Kind = "job" if one.is_certain else "likely_job"
        again = one.left.letters in known or one.right.letters in known
        certain += one.is_certain and not again
        second = one.is_certain and certain == 2
        points = _SAME_EMPLOYER if again else _SECOND_JOB if second else POINTS[kind]
        known |= {one.left.letters, one.right.letters} - {""}
        where = f" with {one.left.company or one.right.company}" if one.left.company or one.right.company else ""
        text = f"a job{where} from {_month(one.left.start, one.left.monthly)}"
        yield Evidence(kind, points, text, (one.left.field,), (one.right.field,))
    for mine, theirs in found.conflicts:
        text = f"at the same time a job with {mine.company} and one with {theirs.company}"
        if mine.letters == theirs.letters:
            text = f"the same job with {mine.company} from different months"
        yield Evidence("conflict", POINTS["conflict"], text, (mine.field,), (theirs.field,))


def _month(number: int, monthly: bool) -> str:
    return f"{number // 12}-{number % 12 + 1:02}" if monthly else str(number // 12)


def _identity(left: Identity, right: Identity) -> Iterator[Evidence]:
    both = left.contacts.keys() & right.contacts.keys()
    if both:
        paths = tuple(sorted(left.contacts[one] for one in both)), tuple(sorted(right.contacts[one] for one in both))
        yield Evidence("contact", POINTS["contact"], "the same contact details", *paths)
    if same_name(left, right):
        yield Evidence("name", POINTS["name"], "the same name", ("name",), ("name",))
    elif other_name(left, right):
        yield Evidence("other_name", POINTS["other_name"], "another name", ("name",), ("name",))
    schools = same_schools(left, right)
    if schools:
        yield Evidence("school", POINTS["school"], "the same school", *map(tuple, zip(*schools, strict=True)))
    elif left.schools and right.schools:
        yield Evidence(
            "other_school", POINTS["other_school"], "other schools", tuple(left.schools), tuple(right.schools)
        )
