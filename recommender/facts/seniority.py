"""How senior a title is, on which track, and the occupation that is left without it. Titles of any trade.

The rules are data (ranks.tsv), read top down, and the first that holds decides. Words that are a rank in one trade and
part of a trade's name in another ("staff" nurse and engineer, product "owner", school "principal") are told apart by
their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

import msgspec

from recommender.facts.comparing import folded
from recommender.facts.facts import SENIORITIES, Seniority, Track
from recommender.facts.occupation import occupation_of

_FUNCTIONAL = (
    r"account|accounts|project|program|programme|product|case|community|social media|relationship|customer success"
    r"|client|brand|campaign|category|content|contracts?|events?|grants?|media|portfolio|property|release|territory|traffic"
    r"|vendor|wealth|care|scrum|partner|configuration|change|incident|problem|bid|proposal|knowledge|risk|claims"
)


class TitleInfo(NamedTuple):
    """What a title says of rank; `occupation` is case-folded and never empty for a title with a word in it."""

    seniority: Seniority | None
    track: Track
    occupation: str


class _Rule(NamedTuple):
    """What titles are that a pattern is found in, case-folded: so it is found in half the time."""

    seniority: Seniority
    track: Track
    pattern: re.Pattern[str]


def _rules() -> Iterator[_Rule]:
    """The rules of ranks.tsv; lines that say the same one after the other make one pattern."""
    lines = (files("recommender.facts") / "ranks.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for (seniority, track), group in groupby(rows, key=lambda row: (row[0], row[1])):
        words = "|".join(row[2] for row in group)
        yield _Rule(
            msgspec.convert(seniority, Seniority),
            msgspec.convert(track, Track),
            re.compile(rf"\b(?:{words})(?!\w)"),
        )


_RULES = tuple(_rules())
#: Any of them: most titles say none, and are searched once.
_ANY_RULE = re.compile("|".join(rule.pattern.pattern for rule in _RULES))
_MANAGER = re.compile(r"\b(?:manager|mgr|management)(?!\w)")
_NO_MANAGER = re.compile(r"management (?:trainee|consultant|analyst|accountant)")
_FUNCTIONAL_MANAGER = re.compile(rf"\b(?:{_FUNCTIONAL})s? (?:manager|mgr)(?!\w)")
_SENIOR_FUNCTIONAL = re.compile(r"\b(?:senior|sr|snr|lead|principal|iii|iv)(?!\w)")
_JUNIOR = re.compile(r"\b(?:junior|jr|associate|assistant|trainee|graduate|apprentice)(?!\w)")
#: What comes after is somebody else's rank or the employer ("Assistant to the President", "Nurse at Lead Clinic").
_OTHERS = re.compile(r"\s+(?:to|for|at|@|reporting|in the office of|with)\s.*\Z", re.IGNORECASE | re.DOTALL)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

#: Names of levels that no title carries alone.
_LEVELS: dict[str, Seniority] = {
    **dict.fromkeys(("middle", "intermediate", "medior", "regular", "mid senior", "midweight"), "mid"),
    **dict.fromkeys(("entry", "beginner", "graduate", "early career"), "junior"),
    **dict.fromkeys(("student", "working student"), "intern"),
    **dict.fromkeys(("staff",), "principal"),
    **dict.fromkeys(("manager", "team lead", "management"), "lead"),
    **dict.fromkeys(("c", "cxo", "c suite", "exec", "executives", "vice president"), "executive"),
}
_SENIORITIES: dict[str, Seniority] = dict(zip(SENIORITIES, SENIORITIES, strict=True))
_LEVEL = re.compile(r"\blevels?\b|[-_.]")
#: Titles that are remembered: the same few are on many profiles, and each is asked for several times.
_REMEMBERED = 16_384


def seniority_named(name: str) -> Seniority | None:
    """The level that goes by this name ("Sr.", "mid-level", "entry level", "VP"); None where none does."""
    asked = " ".join(_LEVEL.sub(" ", folded(name)).split()) or folded(name)
    known = {**_LEVELS, **_SENIORITIES}
    return known.get(asked) or next((rule.seniority for rule in _RULES if rule.pattern.fullmatch(asked)), None)


@lru_cache(_REMEMBERED)
def title_info(title: str) -> TitleInfo:
    """Seniority, track and occupation of a title; a title that names no rank is "mid", one without a word has none."""
    plain = " ".join(_BRACKETS.sub(" ", title).replace(".", " ").replace("_", " ").split())
    own = _OTHERS.sub("", plain) or plain
    if not own:
        return TitleInfo(None, "individual", "")
    seniority, track = _rank(own.casefold())
    return TitleInfo(seniority, track, occupation_of(title))


def _rank(title: str) -> tuple[Seniority, Track]:
    rules = _RULES if _ANY_RULE.search(title) else ()
    found = next(((rule.seniority, rule.track) for rule in rules if rule.pattern.search(title)), None)
    if found is not None and (found[0] in ("intern", "executive") or found == ("lead", "management")):
        return found
    manages = "manage" in title or "mgr" in title
    if manages and _FUNCTIONAL_MANAGER.search(title):
        if _JUNIOR.search(title):
            return "junior", "individual"
        senior = _SENIOR_FUNCTIONAL.search(title)
        return ("mid", "individual") if senior is None else (found[0] if found else "senior", "individual")
    if found == ("senior", "management"):
        return found
    if manages and _MANAGER.search(title) and not _NO_MANAGER.search(title):
        return ("junior", "management") if found and found[0] == "junior" else ("lead", "management")
    return found or ("mid", "individual")
