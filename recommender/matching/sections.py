"""The sections of some matches, as the explanation of a question compares them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.passages import Kind

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]

#: How many numbers a section can have.
_NUMBERS = 256
_OVERVIEW = int(Kind.OVERVIEW)

#: A share of the squared length this small is a rounding error.
_NOTHING = 1e-6


class Sections:
    """Sections told by their position among all those of the matches; -1 is one of zeros, for what is not there."""

    def __init__(self, subject: Features, matches: Features) -> None:
        columns, ends = matches.columns, matches.offsets["sections"]
        match = np.repeat(np.arange(len(matches)), np.diff(ends))
        self._subject = subject
        self._ends = ends.tolist()
        self._at = np.full((len(matches), len(Kind) + 1, _NUMBERS), -1, np.int32)
        self._at[match, columns["section_kind"], columns["section_number"]] = np.arange(len(match))
        self._match = np.append(match, 0)
        self._codes = np.zeros((len(match) + 1, columns["section_code"].shape[1]), np.float32)
        self._codes[:-1] = columns["section_code"]
        self._scales = np.append(columns["section_scale"], np.float32(0))
        in_career = np.where(columns["section_kind"] == _OVERVIEW, 0, columns["section_weight"])
        self._weights = self._scales * np.append(in_career, np.float32(0))

    def find(self, match: Positions, kind: int | Positions, number: NDArray[np.integer[Any]]) -> Positions:
        """Of matches the sections of a kind and number."""
        return np.asarray(self._at[match, kind, number], np.int64)

    def likeness(self, kind: int) -> Floats:
        """Cosines of the subject's sections of a kind (rows, in its order) with all of the matches' (columns)."""
        columns = self._subject.columns
        rows = np.flatnonzero(columns["section_kind"] == kind)
        products = columns["section_code"][rows].astype(np.float32) @ self._codes.T
        return np.asarray(products * (columns["section_scale"][rows, None] * self._scales), np.float32)

    def career_losses(self) -> Floats:
        """What the cosine of careers loses without each section, -1 among them.

        A career is the weighted sum of its sections, so products with that sum tell its length without each.
        """
        codes, match, weights = self._codes, self._match, self._weights
        own = self._subject.columns["career_code"][0] * self._subject.columns["career_scale"][0]
        wholes = np.stack([weights[start:end] @ codes[start:end] for start, end in pairwise(self._ends)])
        alike, squared = (wholes @ own)[match], np.vecdot(wholes, wholes)[match]
        left = squared - weights * (2 * np.vecdot(codes, wholes[match]) - weights * np.vecdot(codes, codes))
        before = alike / np.sqrt(np.where(squared > 0, squared, np.inf))
        after = (alike - weights * (codes @ own)) / np.sqrt(np.where(left > _NOTHING * squared, left, np.inf))
        return np.asarray(before - after, np.float32)
