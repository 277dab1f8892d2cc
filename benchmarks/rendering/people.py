"""Fictional people, drawn from lists: whatever is drawn is the truth that a reader of their files should find."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import msgspec

_LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LATEST = 2024
#: How people write a span: the form of a month, and what is between the two.
_FORMS = (("{name:.3} {year}", " – "), ("{month:02}/{year}", " - "), ("{year}", "–"), ("{name} {year}", " to "))


class Job(msgspec.Struct, frozen=True):
    """A job: dates as a profile holds them ("2019-03", "2019"; an `end` of None goes on) and as they are written."""

    title: str
    employer: str
    place: str
    start: str
    end: str | None
    dates: str
    bullets: tuple[str, ...]


class Study(msgspec.Struct, frozen=True):
    """A course of study."""

    degree: str
    field: str
    school: str
    dates: str


class Person(msgspec.Struct, frozen=True):
    """A person, and the words that are over the sections."""

    name: str
    mail: str
    phone: str
    city: str
    jobs: tuple[Job, ...]
    studies: tuple[Study, ...]
    skills: tuple[str, ...]
    experience: str
    education: str
    skilled: str

    @property
    def title(self) -> str:
        """The headline."""
        return self.jobs[0].title

    @property
    def summary(self) -> str:
        """A sentence about the person."""
        return f"Reliable colleague with a record in {self.skills[0].lower()} who likes to see things through."


def person(number: int) -> Person:
    """The person of a number, always the same."""
    draw = random.Random(number)
    trade = _LISTS["trades"][number % len(_LISTS["trades"])]
    name = _LISTS["names"][number % len(_LISTS["names"])]
    jobs = _jobs(draw, trade)
    begun = int(jobs[-1].start[:4])
    degree, field = trade["course"]
    years = f"{begun - 4} – {begun}"
    capitals = draw.random() < 0.4
    over = [
        draw.choice(("Experience", "Work Experience", "Professional Experience", "Employment History")),
        draw.choice(("Education", "Education and Training", "Academic Background")),
        draw.choice(("Skills", "Key Skills", "Core Competencies")),
    ]
    experience, education, skilled = (word.upper() if capitals else word for word in over)
    return Person(
        name=name,
        mail=f"{name.split()[0].lower().encode('ascii', 'ignore').decode()}{number}@example.org",
        phone=f"+1 555 01{number % 90 + 10} {draw.randrange(1000, 9999)}",
        city=draw.choice(_LISTS["cities"]),
        jobs=jobs,
        studies=(Study(degree, field, draw.choice(_LISTS["schools"]), years),),
        skills=tuple(draw.sample(trade["skills"], draw.randrange(5, len(trade["skills"]) + 1))),
        experience=experience, education=education, skilled=skilled,
    )  # fmt: skip


def _jobs(draw: random.Random, trade: dict[str, Any]) -> tuple[Job, ...]:
    """Two to four jobs, the latest first; each begins a few months after the one before it ended."""
    form, between = draw.choice(_FORMS)
    count = draw.randrange(2, 5)
    employers = draw.sample(trade["employers"], count)
    month = (_LATEST - draw.randrange(3)) * 12 + draw.randrange(12)
    jobs: list[Job] = []
    for index in range(count):
        begin = month - draw.randrange(14, 50)
        ongoing = index == 0 and draw.random() < 0.7
        monthly = "month" in form or "name" in form
        start, end = _date(begin, monthly), None if ongoing else _date(month, monthly)
        dates = between.join((_written(begin, form), "Present" if ongoing else _written(month, form)))
        bullets = tuple(draw.sample(trade["bullets"], draw.randrange(1, 4)))
        place = draw.choice(_LISTS["cities"])
        jobs.append(Job(trade["titles"][index], employers[index], place, start, end, dates, bullets))
        month = begin - draw.randrange(1, 5)
    return tuple(jobs)


def _date(month: int, monthly: bool) -> str:
    return f"{month // 12}-{month % 12 + 1:02}" if monthly else str(month // 12)


def _written(month: int, form: str) -> str:
    return form.format(name=_MONTHS[month % 12], month=month % 12 + 1, year=month // 12)
