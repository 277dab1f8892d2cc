"""Weights and activations as 8-bit integers, chosen so that their products are exact on every processor.

Activations are quantised a token at a time, so a text's vector cannot depend on its neighbours in a batch.
Before that, each channel is centred and divided by a fixed scale that moves its outliers into the weights
(Xiao et al. 2023, "SmoothQuant"); centre and scale fold into the layers around and cost nothing at run time.

Processors without VNNI add two products in 16 bits and clip the sum (`vpmaddubsw`). A column's step
is therefore widened until no two neighbouring weights can reach 2^15 with activations of 0 to 255: with
that, the integers are the same everywhere; without it the cosine to float32 fell from .999 to .995.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Share of a channel's range that moves into the weights; chosen on résumés, flat between .5 and .8.
ALPHA = 0.65
#: 255 × 128 < 2^15; one less, because rounding may add a half to each of a pair.
_PAIR = 127.0


class Codes(NamedTuple):
    """A weight matrix (inputs, outputs) as `values * step`."""

    values: NDArray[np.int8]
    step: Floats

    def lost(self, weight: Floats) -> Floats:
        """What the codes lack of the weight they stand for."""
        return (weight - self.values * self.step).astype(np.float32)


class Smoothing(NamedTuple):
    """A layer's inputs as `(inputs - centre) / scale`, a centre and a scale a channel."""

    centre: Floats
    scale: Floats


def smoothing(centre: Floats, reach: Floats, weight: Floats) -> Smoothing:
    """Balances the channels of a layer's inputs against its weights.

    Args:
        centre: mean of each channel over the calibration texts.
        reach: greatest distance from it.
        weight: (channels, outputs).
    """
    largest = np.maximum(np.abs(weight).max(axis=1), 1e-6)
    return Smoothing(centre, (np.maximum(reach, 1e-6) ** ALPHA / largest ** (1 - ALPHA)).astype(np.float32))


def codes(weight: Floats) -> Codes:
    """The nearest int8 codes of a weight matrix (inputs, outputs), a step a column."""
    up, down = np.maximum(weight, 0), np.maximum(-weight, 0)
    pairs = np.maximum((up[0::2] + up[1::2]).max(axis=0), (down[0::2] + down[1::2]).max(axis=0))
    step = np.maximum(np.abs(weight).max(axis=0) / 127, pairs / _PAIR).astype(np.float32)
    return Codes(np.rint(weight / step).astype(np.int8), step)
