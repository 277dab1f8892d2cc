"""The page: one file of HTML with its style and its plots inside, that needs nothing from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from recommender.batch.report.measured import BAR, Measured

#: Units of the plots' own measure.
WIDTH, BAR_HEIGHT, CHART = 640, 22, 220


class Bar(NamedTuple):
    """One bar: what it is of, how many, and how long it is beside the longest, 0 to 1."""

    label: str
    number: int
    share: float

    @property
    def said(self) -> str:
        """The number as people read it."""
        return f"{self.number:,}"


def page(found: Measured) -> str:
    """The page as HTML."""
    starts = [at * BAR for at in range(len(found.scores))]
    return _template().render(
        found=found,
        summary=found.summary,
        where=msgspec.json.encode(found.summary.asked.where).decode(),
        scores=bars({f"{start} to {start + BAR}": n for start, n in zip(starts, found.scores, strict=True)}),
        best_scores=bars({f"{start} to {start + BAR}": n for start, n in zip(starts, found.best_scores, strict=True)}),
        bands=bars(found.bands),
        best_bands=bars(found.best_bands),
        often=bars(found.often),
        hubs=bars(dict(found.hubs)),
        slowest=slowest(found),
        width=WIDTH,
        bar=BAR_HEIGHT,
        chart=CHART,
    )


def bars(counts: Mapping[str, int]) -> Sequence[Bar]:
    """A bar for each, in their order."""
    most = max(counts.values(), default=0) or 1
    return [Bar(label, count, count / most) for label, count in counts.items()]


def slowest(found: Measured) -> Sequence[Bar]:
    """Queries by what they took, in microseconds."""
    return bars({one.query_id: round(one.seconds * 1e6) for one in found.summary.slowest})


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("recommender.batch.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
