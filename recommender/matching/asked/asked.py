"""The signals of a request: those of two profiles, and what only words ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.asking import Request
from recommender.encoding.encoder import Encoder
from recommender.encoding.features import Features
from recommender.encoding.text.passages import PassageKind
from recommender.facts import SENIORITIES, seniority_named
from recommender.matching.asked.held import Held
from recommender.matching.asked.skills import centrality, skill_ids
from recommender.matching.asked.wording import AskedWords

Floats = NDArray[np.float32]

#: The names of these signals, in the order in which contributions are shown, after those of profiles.
ASKED_SIGNALS = ("wording", "gist", "passages", "asked", "years", "seniority", "circumstances")
#: What a nice-to-have counts of a must.
NICE = 0.5
#: Years of experience that are usual at a level, from and to: most titles name no level, and years tell it too.
_USUAL_YEARS: Mapping[str, tuple[int, int | None]] = {
    "intern": (0, 1),
    "junior": (0, 2),
    "mid": (2, 6),
    "senior": (5, None),
    "lead": (5, None),
    "principal": (8, None),
    "executive": (8, None),
}
#: What being above the level asked for counts of being as far below.
ABOVE = 0.5
#: Passages of a request that are looked for one by one, and characters from which it is more than one.
_MOST_PASSAGES, _ONE_PASSAGE = 32, 300
#: Profiles whose sections are compared at a time.
_AT_ONCE = 48
#: Conditions that say what work somebody does; the others say where, for whom and how.
_WORK = frozenset(("skill", "certification", "title"))
_LEVELS = frozenset(("years", "seniority"))


@dataclass(frozen=True)
class Asked:
    """A request, ready to be compared with rows of a view.

    Attributes:
        conditions: with who meets each.
        wording: its words.
        vectors: of its passages, its gist first, shape (n, dimension).
    """

    request: Request
    conditions: tuple[Held, ...]
    wording: AskedWords
    vectors: Floats

    @staticmethod
    def of(request: Request, conditions: tuple[Held, ...], encoder: Encoder) -> Asked:
        """Encodes what the request says."""
        texts = asked_texts(request)
        vectors = encoder.encode(texts) if texts else np.zeros((0, encoder.dimension), np.float32)
        return Asked(request, conditions, AskedWords(request.said()), vectors)

    def measure(self, pool: Features, rows: NDArray[np.int64]) -> dict[str, Floats]:
        """Signal → raw values, shape (len(rows),); NaN where the request or the person says nothing of it."""
        gist, passages = self._closeness(pool)
        return {
            "wording": self.wording.found(pool),
            "gist": gist,
            "passages": passages,
            "asked": self._work(pool, rows),
            "years": self._years(pool),
            "seniority": self._seniority(pool),
            "circumstances": self._circumstances(rows),
        }

    def is_stated(self) -> bool:
        """Whether any condition says who is wanted."""
        return any(one.condition.stance != "not" for one in self.conditions)

    def _closeness(self, pool: Features) -> tuple[Floats, Floats]:
        """Cosines of the gist with everybody's overview, and the mean of the passages' best with any section."""
        if not len(self.vectors):
            unknown = np.full(len(pool), np.nan, np.float32)
            return unknown, unknown
        ends, kinds, scales = pool.offsets["sections"], pool.columns["section_kind"], pool.columns["section_scale"]
        codes, cosines = pool.columns["section_code"], np.empty((len(self.vectors), len(kinds)), np.float32)
        bounds = ends[[*range(0, len(pool), _AT_ONCE), len(pool)]].tolist()
        for start, end in pairwise(bounds):
            cosines[:, start:end] = (codes[start:end].astype(np.float32) @ self.vectors.T).T
        cosines *= scales
        gist = _best(cosines[:1], kinds == PassageKind.OVERVIEW, ends)
        best = _best(cosines[1:] if len(cosines) > 1 else cosines, kinds != PassageKind.EDUCATION, ends)
        return gist[:, 0], best.mean(axis=1)

    def _work(self, pool: Features, rows: NDArray[np.int64]) -> Floats:
        """How much of what the work demands each has at hand, 0 to 1, nice ones counting `NICE`; NaN without any."""
        chosen = [one for one in self._wanted() if one.condition.kind in _WORK or not len(self.vectors)]
        skills = [skill_ids(one) for one in chosen]
        return _mean(
            chosen,
            [
                central if ids else one.among(rows)
                for one, ids, central in zip(chosen, skills, centrality(pool, skills), strict=True)
            ],
            len(rows),
        )

    def _circumstances(self, rows: NDArray[np.int64]) -> Floats:
        """The share of the other conditions that each meets; NaN without any."""
        others = [one for one in self._wanted() if one.condition.kind not in _WORK | _LEVELS]
        chosen = others if len(self.vectors) else []  # nothing but conditions is asked
        return _mean(chosen, [one.among(rows) for one in chosen], len(rows))

    def _wanted(self) -> list[Held]:
        return [one for one in self.conditions if one.condition.stance != "not" and one.condition.kind != "name"]

    def _years(self, pool: Features) -> Floats:
        """Minus the years that are missing or too many; where none are asked, to those that are usual at the level."""
        own = pool.columns["years"]
        asked = (self.request.years.min, self.request.years.max) if self.request.years else _usual_years(self.request)
        if asked is None:
            return np.full(len(pool), np.nan, np.float32)
        least, most = asked
        below = (least or 0) - own
        above = own - most if most is not None else np.zeros_like(own)
        return np.where(own >= 0, -np.maximum(np.maximum(below, above), 0), np.nan).astype(np.float32)

    def _seniority(self, pool: Features) -> Floats:
        """Minus the levels to the nearest asked for; who begins is an intern or a junior."""
        asked = [SENIORITIES.index(level) for level in _levels(self.request)]
        own = pool.columns["seniority"].astype(np.float32)
        if not asked:
            return np.full(len(pool), np.nan, np.float32)
        apart = np.min([_apart(own, level) for level in asked], axis=0)
        return np.where(own >= 0, -apart, np.nan).astype(np.float32)


def _mean(conditions: Sequence[Held], met: Sequence[NDArray[Any]], count: int) -> Floats:
    """Of each of so many rows how much it meets, nice ones counting `NICE`; NaN where there is no condition."""
    if not conditions:
        return np.full(count, np.nan, np.float32)
    weights = np.array([1.0 if one.condition.stance == "must" else NICE for one in conditions])
    return np.asarray(weights @ np.array(met, np.float64) / weights.sum(), np.float32)


def _apart(own: Floats, level: int) -> Floats:
    begins = SENIORITIES.index("junior")
    off = np.maximum(own, begins) - max(level, begins)
    return np.where(off > 0, ABOVE * off, -off).astype(np.float32)


def _levels(request: Request) -> Iterator[str]:
    """The levels asked for, by their names; a value that names none is refused where conditions are asked."""
    for part in request.seniority:
        if part.stance != "not":
            yield from filter(None, map(seniority_named, part.values))


def _usual_years(request: Request) -> tuple[int, int | None] | None:
    """The years that people of the levels asked for usually have; None where no level is asked."""
    usual = [_USUAL_YEARS[level] for level in _levels(request)]
    if not usual:
        return None
    most = [high for _, high in usual if high is not None]
    return min(low for low, _ in usual), max(most) if len(most) == len(usual) else None


def _best(cosines: Floats, kept: NDArray[np.bool_], ends: NDArray[np.int64]) -> Floats:
    """Of each profile the best of its kept sections, a column a passage; 0 where it has none.

    Args:
        cosines: a row a passage, a column a section.
        ends: the sections of profile i are `ends[i]:ends[i + 1]`.
    """
    # one more, where a profile without sections begins at the end
    above = np.zeros((len(cosines), len(kept) + 1), np.float32)
    np.maximum(cosines, 0, out=above[:, :-1], where=kept)
    best = np.maximum.reduceat(above, ends[:-1], axis=1)
    best[:, ends[1:] == ends[:-1]] = 0
    return np.ascontiguousarray(best.T)


def asked_texts(request: Request) -> list[str]:
    """The texts of a request that are encoded: all that it says, its gist, and of a long one its passages."""
    said = request.said()
    return [said, *(_passages(request) if len(said) > _ONE_PASSAGE else ())] if said else []


def _passages(request: Request) -> Sequence[str]:
    return [one.text for one in request.prose if one.kind != "aside"][:_MOST_PASSAGES]
