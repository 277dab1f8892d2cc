"""Recall against questions a second, a panel for each filter: `python -m benchmarks.search_plot` draws `search.svg`.

From `results/search.json` alone. An engine is a line through how far it looks; ours, which chooses for itself, a point.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from benchmarks.search import RESULTS, K

DRAWN = RESULTS.with_suffix(".svg")
COLOURS = {"ours": "#b3261e", "qdrant-edge": "#1f5fa8", "FAISS HNSW + selector": "#767676", "usearch": "#4a7c3a"}
#: Size of a panel, room around its axes, panels in a row; decades of questions a second.
WIDTH, HEIGHT, LEFT, TOP, ACROSS = 270, 210, 44, 34, 4
LEAST, MOST = 1, 5


def main() -> None:
    """The command line."""
    DRAWN.write_text(drawn(json.loads(RESULTS.read_text(encoding="utf-8"))), encoding="utf-8")


def drawn(results: Mapping[str, Any]) -> str:
    """The picture."""
    panels = [
        f'<g transform="translate({at % ACROSS * WIDTH},{at // ACROSS * HEIGHT})">{"".join(_panel(name, results))}</g>'
        for at, name in enumerate(results["ours"])
    ]
    rows = -(-len(panels) // ACROSS)
    names = "".join(
        f'<text x="{LEFT + 190 * at}" y="{rows * HEIGHT + 16}" fill="{colour}">{escape(name)}</text>'
        for at, (name, colour) in enumerate(COLOURS.items())
    )
    size = f'width="{ACROSS * WIDTH}" height="{rows * HEIGHT + 28}"'
    style = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">{style}' + (
        "\n".join([*panels, names, "</svg>\n"])
    )


def _panel(name: str, results: Mapping[str, Any]) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="20" font-weight="bold">{escape(name)}</text>'
    yield f'<path d="M{LEFT},{TOP}V{HEIGHT - 24}H{WIDTH - 10}" fill="none" stroke="#999"/>'
    for decade in range(LEAST, MOST + 1):
        _, y = _place(0.0, 10.0**decade)
        yield f'<text x="{LEFT - 4}" y="{y + 4:.0f}" text-anchor="end">{10**decade:,}</text>'
    for recall in (0.0, 0.5, 1.0):
        yield f'<text x="{_place(recall, 10)[0]:.0f}" y="{HEIGHT - 10}" text-anchor="middle">{recall:g}</text>'
    for engine, of in results["engines"][name].items():
        points = [_place(one["recall"], 1e3 / one["p50_ms"]) for one in of.values()]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="{COLOURS[engine]}" stroke-width="1.5"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{COLOURS[engine]}"/>' for x, y in points)
    own = results["ours"][name][str(K)]
    x, y = _place(own["recall"], 1e3 / own["p50_ms"])
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{COLOURS["ours"]}"/>'


def _place(recall: float, per_second: float) -> tuple[float, float]:
    """Where a point is, in a panel."""
    up = (math.log10(per_second) - LEAST) / (MOST - LEAST)
    return LEFT + recall * (WIDTH - LEFT - 20), HEIGHT - 24 - min(max(up, 0.0), 1.0) * (HEIGHT - 24 - TOP)


if __name__ == "__main__":
    main()
