"""`Ranges`: what the inputs of 8-bit products were seen to be, fitted by `recommender.training.calibration`."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.encoding.models.int8 import Floats
from recommender.errors import EncoderError


@dataclass(frozen=True)
class Ranges:
    """What calibration saw of the inputs of each product, by site ("attend0", "project0", "expand0", "contract0", …).

    Attributes:
        centre: site → mean of each channel.
        reach: site → greatest distance from it.
    """

    centre: Mapping[str, Floats]
    reach: Mapping[str, Floats]


def load_ranges(path: Path) -> Ranges:
    """Ranges as `save_ranges` wrote them."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            read = {name: stored[name].astype(np.float32) for name in stored.files}
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read; fix: install the package again") from error
    return Ranges(
        {name.removesuffix(".centre"): value for name, value in read.items() if name.endswith(".centre")},
        {name.removesuffix(".reach"): value for name, value in read.items() if name.endswith(".reach")},
    )


def save_ranges(path: Path, ranges: Ranges) -> None:
    """Half precision is plenty: a range is a choice, not a measurement."""
    columns = {f"{site}.centre": value for site, value in ranges.centre.items()}
    columns |= {f"{site}.reach": value for site, value in ranges.reach.items()}
    np.savez_compressed(path, allow_pickle=False, **{name: value.astype(np.float16) for name, value in columns.items()})
