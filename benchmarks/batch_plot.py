"""Minutes that a whole pool takes, by its size: `python -m benchmarks.batch_plot` draws `batch.svg` of the results."""

from __future__ import annotations

import json
from collections.abc import Mapping

from benchmarks.batch import RESULTS
from benchmarks.log_plot import Curve, LogPlot

DRAWN = RESULTS.with_suffix(".svg")
#: A way of matching, what it is called, its colour.
WAYS = (
    ("explained", "with explanations", "#b3261e"),
    ("bare", "without", "#1f5fa8"),
    ("neighbours", "nearest by vector", "#4a7c3a"),
)
PLOT = LogPlot(
    profiles=(8e3, 4e5), values=(0.01, 100.0), marks=(0.01, 0.1, 1, 10, 100),
    caption="profiles → minutes of one core for all of them", width=560, right=130,
)  # fmt: skip


def main() -> None:
    """The command line."""
    growth = json.loads(RESULTS.read_text(encoding="utf-8"))["growth"]["milliseconds_a_profile"]
    DRAWN.write_text(drawn(growth), encoding="utf-8")


def drawn(growth: Mapping[str, Mapping[str, float]]) -> str:
    """The picture, of milliseconds a profile by profiles and way."""
    curves = [
        Curve(called, colour, [(int(size), int(size) * of[way] / 6e4) for size, of in growth.items()])
        for way, called, colour in WAYS
    ]
    return PLOT.drawn(curves, curves[0].points[0])


if __name__ == "__main__":
    main()
