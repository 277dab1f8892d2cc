"""The sections of some matches, as the explanation of questions compares them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.text.passages import PassageKind
from recommender.matching.compared.pairs import Pairs

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]

_TITLE, _ROLE = int(PassageKind.TITLE), int(PassageKind.ROLE)
_KINDS = len(PassageKind)
_NOWHERE = 255


class _Own(NamedTuple):
    """The titles and roles of query profiles, a row a query profile, filled up with what is of no kind."""

    kinds: NDArray[np.uint8]
    numbers: NDArray[np.uint8]
    scales: Floats

    @staticmethod
    def of(columns: list[Features]) -> tuple[_Own, list[Floats]]:
        """Those, and of each query profile the codes of its titles and roles and, last, its career, as columns."""
        rows = []
        for one in columns:
            kind = one.columns["section_kind"]
            rows.append(np.flatnonzero((kind == _TITLE) | (kind == _ROLE)))
        most = max(map(len, rows))
        own = _Own(
            np.full((len(rows), most), _NOWHERE, np.uint8),
            np.zeros((len(rows), most), np.uint8),
            np.zeros((len(rows), most), np.float32),
        )
        codes = []
        for at, (one, mine) in enumerate(zip(columns, rows, strict=True)):
            held = one.columns
            own.kinds[at, : len(mine)] = held["section_kind"][mine]
            own.numbers[at, : len(mine)] = held["section_number"][mine]
            own.scales[at, : len(mine)] = held["section_scale"][mine]
            # a right side in rows is what BLAS likes best
            both = np.concatenate([held["section_code"][mine], held["career_code"]])
            codes.append(both.T.astype(np.float32, order="C"))
        return own, codes


class Likest(NamedTuple):
    """Of every section of the matches, and of -1, the section of its query profile that is most like it.

    Attributes:
        cosine: -1 where there is none.
        number: which role it is of.
    """

    cosine: Floats
    number: NDArray[np.uint8]


class Sections:
    """Sections by their position among all those of the matches; -1 is what is not there and like nothing."""

    def __init__(self, pairs: Pairs) -> None:
        columns, ends = pairs.pool.columns, pairs.pool.offsets["sections"]
        kind, number = columns["section_kind"], columns["section_number"]
        self._columns = columns
        self._match = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        # one kind and one number more than there is: what is not there
        self._at = np.full((len(ends) - 1, _KINDS + 1, int(number.max(initial=0)) + 2), -1, np.int32)
        self._at[self._match, kind, number] = np.arange(len(number))
        self._scales = columns["section_scale"].astype(np.float32)
        self._whose = pairs.whose[self._match]
        self._own, own_codes = _Own.of(list(pairs.own))
        codes = columns["section_code"].astype(np.float32)
        # all products with the query profile at once; whole numbers below 2²⁴, exact in any order
        self._products = np.zeros((len(codes), self._own.kinds.shape[1]), np.float32)
        self._with_career = np.zeros(len(codes), np.float32)
        for (_, part), own in zip(pairs.parts("sections"), own_codes, strict=True):
            products = codes[part] @ own
            self._products[part, : own.shape[1] - 1] = products[:, :-1]
            self._with_career[part] = products[:, -1]
        self._career_scale = np.concatenate([one.columns["career_scale"] for one in pairs.own])

    def find(self, match: Positions, kind: int | Positions, number: NDArray[np.integer[Any]]) -> Positions:
        """Of matches the sections of a kind and number."""
        return np.asarray(self._at[match, kind, np.minimum(number.astype(np.int64), self._at.shape[2] - 1)], np.int64)

    def likest(self, kind: int) -> Likest:
        """Of the query profiles' titles or roles the first that is most like each section."""
        if not self._products.size:
            nothing = len(self._scales) + 1
            return Likest(np.full(nothing, -1, np.float32), np.zeros(nothing, np.uint8))
        cosines = self._products * (self._scales[:, None] * self._own.scales[self._whose])
        cosines[(self._own.kinds != kind)[self._whose]] = -1
        best = cosines.argmax(axis=1)
        every = np.arange(len(cosines))
        number = self._own.numbers[self._whose, best]
        return Likest(np.append(cosines[every, best], np.float32(-1)), np.append(number, np.uint8(0)))

    def career_losses(self) -> NDArray[np.float64]:
        """What the cosine of careers loses without each section, -1 among them."""
        columns, losses = self._columns, np.zeros(len(self._match) + 1)
        given = self._with_career * (self._career_scale[self._whose] * self._scales * columns["section_share"])
        before = np.bincount(self._match, given)[self._match]
        left = np.where(columns["section_left"] > 0, columns["section_left"], np.inf)
        losses[:-1] = before - (before - given) / left
        return losses
