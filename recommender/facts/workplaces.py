"""Where people work from, by any of its names."""

from __future__ import annotations

from typing import get_args

from recommender.facts.comparing import folded
from recommender.profile import Workplace

WORKPLACES: tuple[Workplace, ...] = get_args(Workplace)
_OTHERS: dict[str, Workplace] = {
    **dict.fromkeys((
        "work from home", "working from home", "wfh", "home office", "homeoffice", "from home", "home based", "home",
        "telecommute", "telecommuting", "telework", "teleworking", "fully remote", "full remote", "100% remote",
        "remote first", "remote only", "work from anywhere", "anywhere",
    ), "remote"),
    **dict.fromkeys((
        "onsite", "in office", "office", "in the office", "office based", "in person", "on premises", "on premise",
        "at the office", "on location", "on campus",
    ), "on-site"),
    **dict.fromkeys(("partly remote", "partially remote", "semi remote", "flexible", "hybrid remote"), "hybrid"),
}  # fmt: skip


def workplace_named(name: str) -> Workplace | None:
    """The workplace that goes by this name, in any case and with any hyphens; None where none does."""
    asked = " ".join(folded(name).replace("-", " ").replace("_", " ").split())
    known = {place.replace("-", " "): place for place in WORKPLACES}
    return known.get(asked) or _OTHERS.get(asked)
