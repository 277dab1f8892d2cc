"""What PostgreSQL takes by the size of a pool: `python -m benchmarks.postgres_plot` draws `postgres_growth.svg`.

Both axes are logarithmic; the grey line is what grows in proportion.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from benchmarks.postgres_growth import RESULTS

DRAWN = RESULTS.with_suffix(".svg")
#: What is drawn: its name in the results, of `similar` but for the last; what it is called; its colour.
LINES = (
    ("ms", "similar", "#b3261e"),
    ("server_processor_ms", "of it the server's processor", "#1f5fa8"),
    ("client_processor_ms", "the client's", "#4a7c3a"),
    ("count_ms", "counting a quarter", "#8a5a00"),
)
#: Size, room around the axes, and what they span: profiles, and milliseconds.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 600, 320, 60, 170, 16, 40
PROFILES, MILLISECONDS = (8e4, 1.2e6), (5.0, 5_000.0)


def main() -> None:
    """The command line."""
    DRAWN.write_text(drawn(json.loads(RESULTS.read_text(encoding="utf-8"))["sizes"]), encoding="utf-8")


def drawn(growth: Mapping[str, Mapping[str, Any]]) -> str:
    """The picture, of milliseconds a question by profiles."""
    sizes = sorted(map(int, growth))
    lines = list(_axes(sizes))
    for name, called, colour in LINES:
        points = [_place(size, _milliseconds(growth[str(size)], name)) for size in sizes]
        lines += [_line(*pair, colour) for pair in pairwise(points)]
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        lines.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{called}</text>')
    begun = _milliseconds(growth[str(sizes[0])], "count_ms")
    ends = [_place(size, begun * size / sizes[0]) for size in (sizes[0], sizes[-1])]
    lines.append(_line(ends[0], ends[1], "#bbb", ' stroke-dasharray="4"'))
    size, style = f'width="{WIDTH}" height="{HEIGHT}"', '<rect width="100%" height="100%" fill="#fff"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">{style}'
    return "\n".join([head, *lines, "</svg>\n"])


def _milliseconds(of: Mapping[str, Any], name: str) -> float:
    return float(of[name] if name in of else of["similar"][name])


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, dashed: str = "") -> str:
    (a, b), (c, d) = start, end
    return f'<line x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}" stroke="{colour}" stroke-width="1.5"{dashed}/>'


def _axes(sizes: list[int]) -> Iterator[str]:
    yield f'<path d="M{LEFT},{TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#999"/>'
    for size in sizes:
        x, _ = _place(size, MILLISECONDS[0])
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{size:,}</text>'
    for shown in (10, 100, 1_000):
        _, y = _place(PROFILES[0], shown)
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{shown:,}</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 8}">profiles → milliseconds, medians</text>'


def _place(profiles: float, milliseconds: float) -> tuple[float, float]:
    def along(value: float, least: float, most: float) -> float:
        return math.log(value / least) / math.log(most / least)

    x = LEFT + along(profiles, *PROFILES) * (WIDTH - LEFT - RIGHT)
    y = HEIGHT - BOTTOM - along(milliseconds, *MILLISECONDS) * (HEIGHT - TOP - BOTTOM)
    return x, y


if __name__ == "__main__":
    main()
