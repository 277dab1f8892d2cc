"""What the pool holds, as bars: each with its exact number, and the filter that lists exactly those people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec

from recommender.collection import FacetValue, View
from recommender.facts import SENIORITIES, title_info
from recommender.privacy import masked
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.filters.controls import Counting
from recommender.service.pages.filters.facets import BY_NAME
from recommender.service.pages.filters.spelling import spelled
from recommender.service.pages.pool.freshness import FreshSkill

#: Bars of a plot; titles that are looked through for occupations.
BARS, TITLES = 12, 1_000
#: Years that one bar of the histogram takes in, and where the last one begins.
STEP: Final = 3
LAST: Final = 30


class Bar(msgspec.Struct, frozen=True):
    """One value: how it is said, the filter that lists those who have it, how many they are, its length in percent."""

    label: str
    query: str
    count: int
    length: float
    note: str = ""


class Plot(msgspec.Struct, frozen=True):
    """Some values; `more` says what is compared, where that is not how many people there are."""

    name: str
    label: str
    bars: tuple[Bar, ...]
    more: str = ""


def plots(view: View, fresh: Sequence[FreshSkill], looked_at: int) -> tuple[Plot, ...]:
    """Every plot of the pool."""
    counting = Counting(view, Choices())
    return (
        Plot("occupations", "Occupations", _bars(_occupations(counting))),
        Plot("years", "Years of experience", _bars(_years(view))),
        Plot("seniority", "Seniority", _bars(_seniorities(view))),
        Plot("countries", "Countries", _bars(_facet(counting, "country"))),
        Plot("skills", "Skills", _bars(_facet(counting, "skill"))),
        Plot("fresh", "Freshest skills", _fresh(counting, fresh), _said(looked_at, len(view))),
        Plot("companies", "Companies now", _bars(_facet(counting, "company"))),
        Plot("cities", "Cities", _bars(_facet(counting, "city"))),
    )


Found = Iterator[tuple[str, dict[str, Any], int]]


def _bars(found: Found) -> tuple[Bar, ...]:
    values = [(label, Choices(**chosen).query(), count) for label, chosen, count in found if count]
    most = max((count for *_, count in values), default=1)
    return tuple(Bar(label, query, count, 100 * count / most) for label, query, count in values)


def _facet(counting: Counting, name: str) -> Found:
    facet = BY_NAME[name]
    for one in counting.commonest(facet, BARS):
        yield spelled(counting.view, facet, one.value), {name: (one.value,)}, one.count


def _seniorities(view: View) -> Found:
    counts = {one.value: one.count for one in view.facets(["seniority"], limit=len(SENIORITIES))["seniority"]}
    for level in SENIORITIES:
        yield level.capitalize(), {"seniority": (level,)}, counts.get(level, 0)


def _years(view: View) -> Found:
    counts = {int(one.value): one.count for one in view.facets(["years"], limit=100)["years"]}
    for low in range(0, LAST + 1, STEP):
        high = low + STEP - 1 if low < LAST else None
        held = sum(count for years, count in counts.items() if years >= low and (high is None or years <= high))
        yield f"{low}–{high}" if high else f"{low}+", {"years_from": low, "years_to": high}, held


def _occupations(counting: Counting) -> Found:
    """Titles without their levels; each counts whoever has its words in the title, as the filter does.

    What stands in more titles of others than of its own ("engineer") is no occupation.
    """
    titles = counting.view.facets(["title"], limit=TITLES)["title"]
    named = _without_levels(titles)
    exact = {name: counting.with_choices(title=name) for name, _ in named.most_common(2 * BARS)}
    own = [(name, count) for name, count in exact.items() if count <= 2 * named[name]]
    for name, count in sorted(own, key=lambda one: (-one[1], one[0]))[:BARS]:
        yield name[:1].upper() + name[1:], {"title": name}, count


def _without_levels(titles: Sequence[FacetValue]) -> Counter[str]:
    named = Counter[str]()
    for title in titles:
        named[_occupation(title.value)] += title.count
    del named[""]
    return named


@lru_cache(16_384)
def _occupation(title: str) -> str:
    """The title without its level; "" where it may say how to reach somebody."""
    return title_info(title).occupation if masked(title) == title else ""


def _fresh(counting: Counting, fresh: Sequence[FreshSkill]) -> tuple[Bar, ...]:
    shown = [(skill, counting.with_choices(skill=(skill.name,))) for skill in fresh[:BARS]]
    return tuple(
        Bar(skill.name, Choices(skill=(skill.name,)).query(), count, 100 * part, f"{part:.0%} now")
        for skill, count in shown
        if (part := skill.now / skill.ever) and count
    )


def _said(looked_at: int, people: int) -> str:
    of = "everybody" if looked_at == people else f"{looked_at:,} people"
    return f"of those who name it in a role, the share who name it in one they hold now; counted of {of}"
