"""A picture in words, for those who cannot see it: what is where, and who is near somebody."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection import View
from recommender.facts import SENIORITIES
from recommender.privacy import masked
from recommender.service.pages.pool.picture import Picture

#: The areas of the picture, by rows from the top.
AREAS: Final = (
    ("top left", "top", "top right"),
    ("left", "middle", "right"),
    ("bottom left", "bottom", "bottom right"),
)
#: Kinds of work named of an area; people near somebody.
NAMED, NEAR = 3, 10


class Area(msgspec.Struct, frozen=True):
    """A ninth of the picture: how many people are in it, and what most of them work as, each with a number."""

    name: str
    count: int
    kinds: tuple[tuple[str, int], ...]


class Legend(msgspec.Struct, frozen=True):
    """What a colour means, and how many people have it; `number` is the colour's."""

    number: int
    label: str
    count: int


class Neighbour(msgspec.Struct, frozen=True):
    """Somebody near."""

    profile_id: str
    name: str
    title: str


def areas(picture: Picture, shown: NDArray[np.bool_]) -> tuple[Area, ...]:
    """The areas in which somebody shown is, the fullest first."""
    cells = np.minimum((picture.places * 3).astype(np.int64), 2)
    found = []
    for down, names in enumerate(AREAS):
        for across, name in enumerate(names):
            inside = shown & (cells[:, 0] == across) & (cells[:, 1] == down)
            counts = np.bincount(picture.kinds[inside], minlength=len(picture.names))
            order = np.argsort(-counts, kind="stable")[:NAMED]
            kinds = tuple((picture.names[kind], int(counts[kind])) for kind in order if counts[kind])
            found.append(Area(name, int(inside.sum()), kinds))
    return tuple(sorted((area for area in found if area.count), key=lambda area: -area.count))


def legend(picture: Picture, by: str, shown: NDArray[np.bool_]) -> tuple[Legend, ...]:
    """What the colours mean, by "seniority" or occupation; those that somebody in the picture has."""
    if by == "seniority":
        names, values = ("Not known", *(level.capitalize() for level in SENIORITIES)), picture.levels
    else:
        names, values = picture.names, picture.kinds
    held = np.bincount(values, minlength=len(names))
    counts = np.bincount(values[shown], minlength=len(names))
    return tuple(Legend(n, name, int(counts[n])) for n, name in enumerate(names) if held[n])


def neighbours(view: View, rows: NDArray[np.int64]) -> tuple[Neighbour, ...]:
    """Who those rows are, nearest first."""
    people = view.profiles(rows)
    return tuple(
        Neighbour(one.id or "", masked(one.name or "Unnamed profile"), masked(one.title or "")) for one in people
    )
