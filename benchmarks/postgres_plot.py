"""What PostgreSQL takes by the size of a pool: `python -m benchmarks.postgres_plot` draws `postgres_growth.svg`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from benchmarks.log_plot import Curve, LogPlot
from benchmarks.postgres_growth import RESULTS

DRAWN = RESULTS.with_suffix(".svg")
#: What is drawn: its name in the results, of `similar` but for the last; what it is called; its colour.
LINES = (
    ("ms", "similar", "#b3261e"),
    ("server_processor_ms", "of it the server's processor", "#1f5fa8"),
    ("client_processor_ms", "the client's", "#4a7c3a"),
    ("count_ms", "counting a quarter", "#8a5a00"),
)
PLOT = LogPlot(
    profiles=(8e4, 1.2e6), values=(5.0, 5_000.0), marks=(10, 100, 1_000),
    caption="profiles → milliseconds, medians", width=600, right=170,
)  # fmt: skip


def main() -> None:
    """The command line."""
    DRAWN.write_text(drawn(json.loads(RESULTS.read_text(encoding="utf-8"))["sizes"]), encoding="utf-8")


def drawn(growth: Mapping[str, Mapping[str, Any]]) -> str:
    """The picture, of milliseconds a question by profiles."""
    sizes = sorted(map(int, growth))
    curves = [
        Curve(called, colour, [(size, _milliseconds(growth[str(size)], name)) for size in sizes])
        for name, called, colour in LINES
    ]
    return PLOT.drawn(curves, curves[-1].points[0])


def _milliseconds(of: Mapping[str, Any], name: str) -> float:
    return float(of[name] if name in of else of["similar"][name])


if __name__ == "__main__":
    main()
