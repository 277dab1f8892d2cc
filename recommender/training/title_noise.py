"""Titles as people write them: rank, place, terms of work, short forms and slips of the keyboard around an occupation.

A head trained on clean titles and such variants of them learns that what was added says nothing about the occupation.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from importlib.resources import files

_RANKS = (
    "Senior", "Sr.", "Sr", "Junior", "Jr.", "Lead", "Principal", "Staff", "Trainee", "Experienced", "Mid-level",
    "Entry level", "Associate", "Chief", "Graduate",
)  # fmt: skip
_AFTER = ("I", "II", "III", "IV", "1", "2", "3", "Intern", "Internship", "Trainee", "(Senior)", "- Lead", "Team Lead")
_TERMS = (
    "contract", "part-time", "full time", "remote", "freelance", "temporary", "seasonal", "night shift", "weekends",
    "6 months contract", "consultant", "vacancy", "urgently needed", "immediate start", "job", "volunteer", "per diem",
    "self-employed", "fresh graduates welcome", "hiring now", "$25/hr", "5 days a week", "English speaking",
)  # fmt: skip
_SHORT = {
    "manager": ("mgr", "mgr."), "assistant": ("asst", "asst."), "engineer": ("engr", "eng."), "executive": ("exec",),
    "administrator": ("admin",), "administrative": ("admin",), "technician": ("tech",), "representative": ("rep",),
    "coordinator": ("coord", "co-ordinator"), "supervisor": ("supv", "supvr"), "development": ("dev",),
    "developer": ("dev",), "international": ("intl",), "operations": ("ops",), "operator": ("op",),
    "department": ("dept",), "accounting": ("acct",), "accountant": ("acct",), "specialist": ("spec",),
    "and": ("&", "/", "cum"), "information technology": ("IT",), "human resources": ("HR",), "ict": ("IT",),
    "professional": ("prof",), "secretary": ("sec",), "director": ("dir",), "software": ("sw",),
    "maintenance": ("maint",), "manufacturing": ("mfg",), "production": ("prod",), "quality": ("qual",),
}  # fmt: skip


def places() -> list[str]:
    """Names of cities."""
    text = (files("recommender.facts") / "cities.tsv").read_text(encoding="utf-8")
    return [line.split("\t")[0].title() for line in text.splitlines() if line and not line.startswith("#")]


def noisy(title: str, others: Sequence[str], cities: Sequence[str], rng: random.Random) -> str:
    """One to three changes to a title; `others` are titles of the same occupation."""
    changes: list[Callable[[str], str]] = [
        lambda text: f"{rng.choice(_RANKS)} {text}",
        lambda text: f"{rng.choice(_RANKS)} {text}",
        lambda text: rng.choice(("{0} {1}", "{0}, {1}", "{0} {1}")).format(text, rng.choice(_AFTER)),
        lambda text: rng.choice(("{0} - {1}", "{0} ({1})", "{0}, {1}", "{1} {0}")).format(text, rng.choice(_TERMS)),
        lambda text: rng.choice(("{0} - {1}", "{0} ({1})", "{0}, {1}", "{0} | {1}")).format(text, rng.choice(cities)),
        lambda text: rng.choice(("{0} / {1}", "{0} & {1}", "{0}/{1}", "{0} and {1}")).format(text, rng.choice(others)),
        lambda text: _shortened(text, rng),
        lambda text: _misspelt(text, rng),
    ]
    for change in rng.sample(changes, rng.choice((1, 1, 2, 2, 3))):
        title = change(title)
    return title


def _shortened(title: str, rng: random.Random) -> str:
    text = title.casefold()
    for word, short in _SHORT.items():
        if word in text.split() or " " in word:
            text = f" {text} ".replace(f" {word} ", f" {rng.choice(short)} ").strip()
    return text


def _misspelt(title: str, rng: random.Random) -> str:
    words = title.split()
    long = [number for number, word in enumerate(words) if len(word) > 5]
    if not long:
        return title
    number = rng.choice(long)
    word = words[number]
    at = rng.randrange(1, len(word) - 1)
    words[number] = rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at:][:1] + word[at:],
        )
    )
    return " ".join(words)
