"""Answers that differ: maximal marginal relevance over companies and titles, and folding of near-duplicates."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.facts.facts import Facts

#: What a match loses, at diversity 1, for sharing its company and its occupation with one above it.
MOST_LOST = 0.5

#: Cosine of search vectors from which two profiles of one name are one person's.
SAME_PERSON = 0.95

_NAME_WORD = re.compile(r"\w+")


class Redundancy:
    """How redundant each of some candidates is beside those chosen so far.

    Attributes:
        values: 0 to 1, shape (number of candidates,): of the likest one chosen, half for a present company in common,
            half for the same occupation.
    """

    def __init__(self, candidates: Sequence[Facts]) -> None:
        self.values = np.zeros(len(candidates))
        at_company: defaultdict[str, list[int]] = defaultdict(list)
        of_occupation: defaultdict[str, list[int]] = defaultdict(list)
        for position, one in enumerate(candidates):
            for company in one.companies_now:
                at_company[company].append(position)
            if one.occupation is not None:
                of_occupation[one.occupation].append(position)
        self._at_company, self._of_occupation = at_company, of_occupation

    def choose(self, one: Facts) -> None:
        """One more is chosen."""
        alike = np.zeros(len(self.values))
        for company in one.companies_now:
            alike[self._at_company.get(company, [])] = 0.5
        if one.occupation is not None:
            alike[self._of_occupation.get(one.occupation, [])] += 0.5
        np.maximum(self.values, alike, out=self.values)


def diversified(
    order: Sequence[int],
    scores: NDArray[np.float64],
    facts: Sequence[Facts],
    shown: Sequence[int],
    diversity: float,
    most: int,
) -> tuple[list[int], NDArray[np.float64]]:
    """The first `most` of these positions in a new order, and what each loses (never above 0).

    Greedy: next comes whoever has most left after losing a share for its redundancy beside any before it, so what is
    left never rises. Carbonell & Goldstein, "The Use of MMR", SIGIR 1998.

    Args:
        order: positions to put in order, best first; ties keep this order.
        shown: positions that stand before all of these already.
    """
    redundancy = Redundancy(facts)
    for position in shown:
        redundancy.choose(facts[position])
    left, lost = np.array(order, np.int64), np.zeros(len(scores))
    chosen: list[int] = []
    while len(left) and len(chosen) < most:
        kept = 1 - MOST_LOST * diversity * redundancy.values[left]
        at = int(np.argmax((scores[left] * kept).round(4)))
        best = int(left[at])
        lost[best] = scores[best] * (kept[at] - 1)
        chosen.append(best)
        left = np.delete(left, at)
        redundancy.choose(facts[best])
    return chosen, lost


def redundancy_losses(candidates: Sequence[Facts], chosen: Sequence[Facts], diversity: float) -> NDArray[np.float64]:
    """What each candidate loses of its points, as a share never above 0, for its redundancy beside those chosen."""
    redundancy = Redundancy(candidates)
    for one in chosen:
        redundancy.choose(one)
    return -MOST_LOST * diversity * redundancy.values


def deduplicated(
    order: Sequence[int],
    names: Sequence[str | None],
    vectors: Callable[[list[int]], NDArray[np.float32]],
) -> dict[int, list[int]]:
    """Position kept → positions folded into it, in order; each goes to the first that is the same person.

    The same person: both have a name, it has the same words, and the profiles are nearly the same. Twelve profiles that
    are alike under twelve names are twelve people, and who has no name is nobody's copy.

    Args:
        names: of each position.
        vectors: gives the search vectors of positions, shape (number of positions, dimension).
    """
    kept: dict[int, list[int]] = {}
    namesakes: dict[tuple[str, ...], list[int]] = {}
    for position in order:
        namesakes.setdefault(name_words(names[position]), []).append(position)
    firsts: dict[int, int] = {}
    for name, positions in namesakes.items():
        if name and len(positions) > 1:
            firsts.update(_first_of_each(positions, vectors(positions)))
    for position in order:
        first = firsts.get(position, position)
        if first == position:
            kept[position] = []
        else:
            kept[first].append(position)
    return kept


def name_words(name: str | None) -> tuple[str, ...]:
    """What of a name tells a person: its words, whatever their order, case, accents and punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c))
    return tuple(sorted(_NAME_WORD.findall(plain.casefold())))


def _first_of_each(positions: Sequence[int], vectors: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Of each of these positions, best first, the first one that is nearly the same; itself where it is that."""
    firsts: list[int] = []
    for number, position in enumerate(positions):
        alike = vectors[firsts] @ vectors[number] >= SAME_PERSON if firsts else np.empty(0, bool)
        if alike.any():
            yield position, positions[firsts[int(alike.argmax())]]
        else:
            firsts.append(number)
            yield position, position
