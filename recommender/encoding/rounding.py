"""What stored numbers are rounded to, once, as a profile is encoded: so that they take few bits wherever they lie.

Every path scores by the rounded numbers, a posted question's as a stored profile's. Rounding twice changes nothing, and
what was stored before is rounded to what encoding anew would give: no text is encoded again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.features import Array
from recommender.encoding.quantisation import dequantise

Floats = NDArray[np.float32]

#: Weights of words, skills and occupations are whole multiples of one in so many, at least one.
WEIGHTS = 4096
#: Significant bits of losses.
LOSS_BITS = 7
#: Numbers of sections are whole, and none larger than this: five of them, of nine values each, fit in two bytes.
LARGEST_CODE = 4
#: Steps between them, in standard deviations: the first loses least of normal numbers, others of some that stand out.
_STEPS = tuple(0.55 * 1.35**power for power in range(8))
#: Columns of which the three or so digits of two bytes are enough.
_HALVES = ("section_share", "section_left", "unit_words", "unit_skills")


def rounded_columns(columns: Mapping[str, Array]) -> dict[str, Array]:
    """The columns with all numbers as they are stored."""
    vectors = dequantise(columns["section_code"], columns["section_scale"])
    codes = (
        section_codes(vectors)
        if np.abs(columns["section_code"]).max(initial=0) > LARGEST_CODE
        else columns["section_code"]
    )
    return {
        **columns,
        "section_code": codes,
        "section_scale": _halved(_scales(codes)),
        "sparse_weight": weight_of(weight_number(columns["sparse_weight"])),
        "loss_weight": _shortened(columns["loss_weight"]),
        **{name: _halved(columns[name]) for name in _HALVES},
    }


def section_codes(vectors: Floats) -> NDArray[np.int8]:
    """Whole numbers from -4 to 4 for unit vectors, shape (n, d), by the step that keeps each's direction best.

    The cosine to the original is about .984 for vectors of a language model.
    """
    best = np.zeros(vectors.shape, np.int8)
    cosines = np.full(len(vectors), -1, np.float32)
    for step in _STEPS:
        steps = vectors * np.float32(np.sqrt(vectors.shape[1]) / step)
        codes = np.rint(steps).clip(-LARGEST_CODE, LARGEST_CODE)
        found = np.vecdot(codes, vectors) * _scales(codes)
        better = found > cosines
        best[better], cosines[better] = codes[better].astype(np.int8), found[better]
    return best


def weight_number(weights: Floats) -> NDArray[np.int64]:
    """Of weights from 0 to 1 the multiples that are nearest, 1 to `WEIGHTS`."""
    numbers: NDArray[np.int64] = np.rint(weights * np.float32(WEIGHTS)).clip(1, WEIGHTS).astype(np.int64)
    return numbers


def weight_of(numbers: NDArray[np.integer[Any]]) -> Floats:
    """And back."""
    return numbers.astype(np.float32) / np.float32(WEIGHTS)


def _shortened(losses: Floats) -> Floats:
    """The numbers with `LOSS_BITS` significant bits."""
    shares, exponents = np.frexp(losses)
    shortened: Floats = np.ldexp(np.rint(shares * (1 << LOSS_BITS)), exponents - LOSS_BITS).astype(np.float32)
    return shortened


def _scales(codes: NDArray[Any]) -> Floats:
    """What makes unit vectors of codes; 0 for zeros."""
    lengths = np.sqrt(np.square(codes.astype(np.float32)).sum(axis=1))
    scales: Floats = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return scales


def _halved(numbers: Array) -> Floats:
    halved: Floats = numbers.astype(np.float16).astype(np.float32)
    return halved
