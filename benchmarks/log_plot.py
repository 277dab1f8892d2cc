"""A picture of what grows with the number of profiles, both axes logarithmic, for the benchmarks that draw one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

HEIGHT, LEFT, TOP, BOTTOM = 320, 60, 16, 40

#: Profiles, and what they take.
Point = tuple[float, float]


class Curve(NamedTuple):
    """One line of a picture, its name beside the last point."""

    name: str
    colour: str
    points: Sequence[Point]


class LogPlot(NamedTuple):
    """What the axes span, and how they are marked.

    Attributes:
        profiles, values: the least and the most of each axis, more than 0.
        marks: values that are written beside the second.
        caption: what both are.
        width, right: of the picture and of the room for names, in pixels.
    """

    profiles: tuple[float, float]
    values: tuple[float, float]
    marks: Sequence[float]
    caption: str
    width: int
    right: int

    def drawn(self, curves: Sequence[Curve], proportional_from: Point) -> str:
        """The picture as SVG; a grey line is what grows in proportion from that point to the most profiles drawn."""
        sizes = sorted({profiles for curve in curves for profiles, _ in curve.points})
        profiles, value = proportional_from
        grey = [self._place(*proportional_from), self._place(sizes[-1], value * sizes[-1] / profiles)]
        size, style = f'width="{self.width}" height="{HEIGHT}"', '<rect width="100%" height="100%" fill="#fff"/>'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">{style}'
        lines = [*self._axes(sizes), _line(grey, "#bbb", ' stroke-dasharray="4"')]
        return "\n".join([head, *lines, *(part for curve in curves for part in self._curve(curve)), "</svg>\n"])

    def _axes(self, sizes: Sequence[float]) -> list[str]:
        bottom = HEIGHT - BOTTOM
        below = [(size, self._place(size, self.values[0])[0]) for size in sizes]
        beside = [(mark, self._place(sizes[0], mark)[1] + 4) for mark in self.marks]
        return [
            f'<path d="M{LEFT},{TOP}V{bottom}H{self.width - self.right}" fill="none" stroke="#999"/>',
            *(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{size:,.0f}</text>' for size, x in below),
            *(f'<text x="{LEFT - 6}" y="{y:.1f}" text-anchor="end">{mark:,g}</text>' for mark, y in beside),
            f'<text x="{LEFT}" y="{HEIGHT - 8}">{self.caption}</text>',
        ]

    def _curve(self, curve: Curve) -> list[str]:
        places = [self._place(*point) for point in curve.points]
        x, y = places[-1]
        return [
            *(_line(pair, curve.colour) for pair in pairwise(places)),
            *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{curve.colour}"/>' for x, y in places),
            f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{curve.colour}">{curve.name}</text>',
        ]

    def _place(self, profiles: float, value: float) -> tuple[float, float]:
        x = LEFT + _along(profiles, *self.profiles) * (self.width - LEFT - self.right)
        return x, HEIGHT - BOTTOM - _along(value, *self.values) * (HEIGHT - TOP - BOTTOM)


def _along(value: float, least: float, most: float) -> float:
    return math.log(value / least) / math.log(most / least)


def _line(ends: Sequence[tuple[float, float]], colour: str, dashed: str = "") -> str:
    (a, b), (c, d) = ends
    return f'<line x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}" stroke="{colour}" stroke-width="1.5"{dashed}/>'
