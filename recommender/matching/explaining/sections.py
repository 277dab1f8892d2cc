"""The sections of some matches, as the explanation of a question compares them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Features
from recommender.encoding.text.passages import PassageKind

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]

_TITLE, _ROLE = int(PassageKind.TITLE), int(PassageKind.ROLE)
_KINDS = len(PassageKind)


class Sections:
    """Sections by their position among all those of the matches; -1 is what is not there and like nothing."""

    def __init__(self, query_profile: Features, matches: Features) -> None:
        columns, ends = matches.columns, matches.offsets["sections"]
        kind, number = columns["section_kind"], columns["section_number"]
        self._columns = columns
        self._match = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        # one kind and one number more than there is: what is not there
        self._at = np.full((len(ends) - 1, _KINDS + 1, int(number.max(initial=0)) + 2), -1, np.int32)
        self._at[self._match, kind, number] = np.arange(len(number))
        self._scales = columns["section_scale"].astype(np.float32)
        own = query_profile.columns
        rows = np.flatnonzero((own["section_kind"] == _TITLE) | (own["section_kind"] == _ROLE))
        self._own_kinds, self._own_scales = own["section_kind"][rows], own["section_scale"][rows]
        # all products with the query profile at once, its career's last; a right side in rows is what BLAS likes best
        codes = np.concatenate([own["section_code"][rows], own["career_code"]]).T.astype(np.float32, order="C")
        self._products = columns["section_code"].astype(np.float32) @ codes
        self._career_scale = own["career_scale"]

    def find(self, match: Positions, kind: int | Positions, number: NDArray[np.integer[Any]]) -> Positions:
        """Of matches the sections of a kind and number."""
        return np.asarray(self._at[match, kind, np.minimum(number.astype(np.int64), self._at.shape[2] - 1)], np.int64)

    def likeness(self, kind: int) -> Floats:
        """Cosines of every section of the matches, and of -1, with the query profile's titles or roles (columns)."""
        rows = np.flatnonzero(self._own_kinds == kind)
        cosines = np.zeros((len(self._scales) + 1, len(rows)), np.float32)
        cosines[:-1] = self._products[:, rows] * (self._scales[:, None] * self._own_scales[rows])
        return cosines

    def career_losses(self) -> NDArray[np.float64]:
        """What the cosine of careers loses without each section, -1 among them."""
        columns, losses = self._columns, np.zeros(len(self._match) + 1)
        given = self._products[:, -1] * (self._career_scale * self._scales * columns["section_share"])
        before = np.bincount(self._match, given)[self._match]
        left = np.where(columns["section_left"] > 0, columns["section_left"], np.inf)
        losses[:-1] = before - (before - given) / left
        return losses
