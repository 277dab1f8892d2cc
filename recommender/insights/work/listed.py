"""Whether a role is listed a second time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from recommender.facts import Tenure, company_form, folded
from recommender.profile import Role


def is_listed(role: Role, tenure: Tenure | None, before: Sequence[tuple[Role, Tenure | None]]) -> bool:
    """Whether a role before it is the same: of its title, employer, and dates that hold its own or lie within them.

    At one employer from the same month to the same month is the same job too, whatever it is called a second time.
    """
    title, company = _named(role)
    for other, its in before:
        named, where = _named(other)
        if company == where and (_is_nested(tenure, its) if _is_within(title, named) else _is_at_once(role, other)):
            return True
    return False


def _is_within(one: str, other: str) -> bool:
    """Whether one of two titles says what the other does: "Baker", "Baker Baker"."""
    return one == other or set(one.split()) == set(other.split())


def _is_at_once(role: Role, other: Role) -> bool:
    return role.start is not None and bool(role.company) and (role.start, role.end) == (other.start, other.end)


@lru_cache(4_096)
def _forms(title: str, company: str) -> tuple[str, str]:
    return folded(title), company_form(company)


def _named(role: Role) -> tuple[str, str]:
    return _forms(role.title or "", role.company or "")


def _is_nested(one: Tenure | None, other: Tenure | None) -> bool:
    if one is None or other is None:
        return True  # a second listing often has lost its dates
    within = other.first <= one.first and one.after <= other.after
    return within or (one.first <= other.first and other.after <= one.after)
