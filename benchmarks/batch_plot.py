"""Minutes that a whole pool takes, by its size: `python -m benchmarks.batch_plot` draws `batch.svg` from the results.

Both axes are logarithmic; the grey line is what grows in proportion.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from benchmarks.batch import RESULTS

DRAWN = RESULTS.with_suffix(".svg")
COLOURS = {"explained": "#b3261e", "bare": "#1f5fa8", "neighbours": "#4a7c3a"}
SAID = {"explained": "with explanations", "bare": "without", "neighbours": "nearest by vector"}
#: Size, room around the axes, and what they span: profiles, and minutes of one core.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 320, 60, 130, 16, 40
PROFILES, MINUTES = (8e3, 4e5), (0.01, 100.0)


def main() -> None:
    """The command line."""
    growth = json.loads(RESULTS.read_text(encoding="utf-8"))["growth"]["milliseconds_a_profile"]
    DRAWN.write_text(drawn(growth), encoding="utf-8")


def drawn(growth: Mapping[str, Mapping[str, float]]) -> str:
    """The picture, of milliseconds a profile by profiles and way."""
    lines = [*_axes([int(size) for size in growth]), *_proportional(growth)]
    for way, colour in COLOURS.items():
        points = [_place(int(size), int(size) * of[way] / 6e4) for size, of in growth.items()]
        lines += [
            f'<line x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}" stroke="{colour}" stroke-width="1.5"/>'
            for (a, b), (c, d) in pairwise(points)
        ]
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        lines.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{SAID[way]}</text>')
    size, style = f'width="{WIDTH}" height="{HEIGHT}"', '<rect width="100%" height="100%" fill="#fff"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">{style}'
    return "\n".join([head, *lines, "</svg>\n"])


def _axes(sizes: list[int]) -> Iterator[str]:
    yield f'<path d="M{LEFT},{TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#999"/>'
    for size in sizes:
        x, _ = _place(size, MINUTES[0])
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{size:,}</text>'
    for decade in range(round(math.log10(MINUTES[0])), round(math.log10(MINUTES[1])) + 1):
        _, y = _place(PROFILES[0], 10.0**decade)
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**decade:g}</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 8}">profiles → minutes of one core for all of them</text>'


def _proportional(growth: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """From where the smallest begins."""
    least = min(growth, key=int)
    minutes = int(least) * growth[least]["explained"] / 6e4
    largest = max(map(int, growth))
    (a, b), (c, d) = _place(int(least), minutes), _place(largest, minutes * largest / int(least))
    yield f'<line x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}" stroke="#bbb" stroke-dasharray="4"/>'


def _place(profiles: float, minutes: float) -> tuple[float, float]:
    def along(value: float, least: float, most: float) -> float:
        return math.log(value / least) / math.log(most / least)

    x = LEFT + along(profiles, *PROFILES) * (WIDTH - LEFT - RIGHT)
    y = HEIGHT - BOTTOM - along(minutes, *MINUTES) * (HEIGHT - TOP - BOTTOM)
    return x, y


if __name__ == "__main__":
    main()
