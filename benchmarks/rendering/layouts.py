"""Layouts of résumés: a person → the blocks of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import msgspec

from benchmarks.rendering.document import Block, Bullets, Columns, Row, Text, heading, name, strong
from benchmarks.rendering.people import Job, Person

Layout = Callable[[Person], Iterable[Block]]
Plain = Text | Row | Bullets


def _top(person: Person) -> Iterator[Text]:
    yield name(person.name)
    yield Text(person.title)
    yield Text(f"{person.city} | {person.phone} | {person.mail}")


def _listed(person: Person) -> Iterator[Text]:
    yield heading(person.skilled)
    yield Text(", ".join(person.skills))


def _studied(person: Person) -> Iterator[Plain]:
    yield heading(person.education)
    for study in person.studies:
        yield Row(f"{study.degree} in {study.field}", study.dates, strong=True)
        yield Text(study.school)


def _page(person: Person, job: Callable[[Job], Iterable[Block]]) -> Iterator[Block]:
    """The common order: summary, jobs, education, skills."""
    yield from _top(person)
    yield heading("SUMMARY" if person.experience.isupper() else "Summary")
    yield Text(person.summary)
    yield heading(person.experience)
    for one in person.jobs:
        yield from job(one)
    yield from _studied(person)
    yield from _listed(person)


def title_first(person: Person) -> Iterable[Block]:
    """The title with the dates at the right end, employer and place below."""
    return _page(
        person,
        lambda job: (
            Row(job.title, job.dates, strong=True),
            Text(f"{job.employer}, {job.place}"),
            Bullets(job.bullets),
        ),
    )


def employer_first(person: Person) -> Iterable[Block]:
    """The employer with its place at the right end; title and dates below."""
    return _page(
        person, lambda job: (Row(job.employer, job.place, strong=True), Row(job.title, job.dates), Bullets(job.bullets))
    )


def dates_above(person: Person) -> Iterable[Block]:
    """Dates, then title, then employer, a line each."""
    return _page(person, lambda job: (Text(job.dates), strong(job.title), Text(job.employer), Bullets(job.bullets)))


def dates_below(person: Person) -> Iterable[Block]:
    """Employer, then title, then place and dates, a line each."""
    return _page(
        person,
        lambda job: (strong(job.employer), Text(job.title), Text(f"{job.place} | {job.dates}"), Bullets(job.bullets)),
    )


def dates_left(person: Person) -> Iterable[Block]:
    """Dates in a narrow column of their own."""
    return _page(
        person,
        lambda job: (Columns((Text(job.dates),), (strong(job.title), Text(job.employer), Bullets(job.bullets)), 0.3),),
    )


def one_line(person: Person) -> Iterable[Block]:
    """Title, employer and dates in one line, skills in a list below."""
    yield from _top(person)
    yield heading(person.experience)
    for job in person.jobs:
        yield strong(f"{job.title}, {job.employer} ({job.dates})")
        yield Bullets(job.bullets)
    yield heading(person.skilled)
    yield Bullets(person.skills)
    yield heading(person.education)
    for study in person.studies:
        yield Text(f"{study.degree} in {study.field}, {study.school}, {study.dates}")


def at_employer(person: Person) -> Iterable[Block]:
    """ "Title at Employer" over the dates; the skills separated by bars."""
    yield from _top(person)
    yield heading(person.skilled)
    yield Text(" | ".join(person.skills))
    yield heading(person.experience)
    for job in person.jobs:
        yield strong(f"{job.title} at {job.employer}")
        yield Text(job.dates)
        yield Bullets(job.bullets)
    yield from _studied(person)


def sidebar(person: Person) -> Iterable[Block]:
    """Contact, skills and languages in a narrow column at the left, beside the jobs."""
    yield name(person.name)
    yield Text(person.title)
    beside = (
        heading("Contact"), Text(person.phone), Text(person.mail), Text(person.city),
        heading(person.skilled), *map(Text, person.skills), heading("Languages"), Text("English"), Text("Spanish"),
    )  # fmt: skip
    jobs = [block for job in person.jobs for block in _stacked(job)]
    yield Columns(beside, (heading(person.experience), *jobs, *_studied(person)), 0.32)


def two_columns(person: Person) -> Iterable[Block]:
    """Jobs at the left, education and skills at the right, below the name."""
    yield from _top(person)
    jobs = [block for job in person.jobs for block in _stacked(job)]
    beside = [heading(person.education)]
    for study in person.studies:
        beside += [strong(f"{study.degree}, {study.field}"), Text(study.school), Text(study.dates)]
    yield Columns(
        (heading(person.experience), *jobs), (*beside, heading(person.skilled), *map(Text, person.skills)), 0.6
    )


def _stacked(job: Job) -> tuple[Plain, ...]:
    return strong(job.title), Text(job.employer), Text(job.dates), Bullets(job.bullets)


def promotions(person: Person) -> Iterable[Block]:
    """One employer over several titles."""
    yield from _top(person)
    yield heading(person.experience)
    for employer, jobs in groupby(person.jobs, key=lambda job: job.employer):
        yield strong(employer)
        for job in jobs:
            yield Row(job.title, job.dates)
            yield Bullets(job.bullets)
    yield from _studied(person)
    yield from _listed(person)


def promoted(person: Person) -> Person:
    """A person who held the latest two titles at one employer."""
    first, second, *others = person.jobs
    second = msgspec.structs.replace(second, employer=first.employer, place=first.place)
    return msgspec.structs.replace(person, jobs=(first, second, *others))


def academic(person: Person) -> Iterable[Block]:
    """Education first, then appointments of a line each, and publications with years."""
    yield Text("Curriculum Vitae")
    yield from _top(person)
    yield heading(person.education)
    for study in person.studies:
        yield Text(f"{study.degree} in {study.field}, {study.school}, {study.dates}")
    yield heading("APPOINTMENTS" if person.experience.isupper() else "Appointments")
    for job in person.jobs:
        yield Text(f"{job.title}, {job.employer}, {job.dates}")
    yield heading("PUBLICATIONS" if person.experience.isupper() else "Publications")
    yield Text("Small steps: notes on practice. Journal of Applied Work 12(3), 114–129, 2019.")
    yield Text("What we learned from a failed trial. Proceedings of Practice 2021, 45–52.")
    yield from _listed(person)


def table(person: Person) -> Iterable[Block]:
    """A table: what at the left, the rest at the right, whatever the section."""
    yield from _top(person)
    yield heading(person.experience)
    for job in person.jobs:
        details = (strong(f"{job.employer}, {job.place}"), Text(job.title), Bullets(job.bullets))
        yield Columns((Text(job.dates),), details, 0.28)
    yield heading(person.education)
    for study in person.studies:
        yield Columns((Text(study.dates),), (strong(f"{study.degree}, {study.field}"), Text(study.school)), 0.28)
    yield heading(person.skilled)
    yield Bullets(person.skills)


def functional(person: Person) -> Iterable[Block]:
    """Skills first, under labels and with examples; jobs as bare lines at the end."""
    yield from _top(person)
    yield heading(person.skilled)
    half = len(person.skills) // 2
    yield Text(f"Core: {', '.join(person.skills[:half])}")
    yield Text(f"Further: {', '.join(person.skills[half:])}")
    yield heading("SELECTED ACHIEVEMENTS" if person.experience.isupper() else "Selected Achievements")
    yield Bullets(tuple(dict.fromkeys(bullet for job in person.jobs for bullet in job.bullets)))
    yield heading("WORK HISTORY" if person.experience.isupper() else "Work History")
    for job in person.jobs:
        yield Row(f"{job.title} – {job.employer}", job.dates)
    yield from _studied(person)


def with_projects(person: Person) -> Iterable[Block]:
    """Employer and title on one line, then projects and volunteering with dates, which are no jobs."""
    yield from _top(person)
    yield heading(person.experience)
    for job in person.jobs:
        yield strong(f"{job.employer} | {job.title}")
        yield Text(f"{job.dates} | {job.place}")
        yield Bullets(job.bullets)
    yield heading("PROJECTS" if person.experience.isupper() else "Projects")
    yield Row("Allotment Planner", "2018 – 2019", strong=True)
    yield Bullets(("Plans what to sow when, for a club of forty",))
    yield from _studied(person)
    yield from _listed(person)


#: Rules are chosen on these,
CHOOSING: tuple[Layout, ...] = (title_first, dates_above, sidebar, promotions, table, one_line, with_projects)
#: and figures are reported on these.
REPORTED: tuple[Layout, ...] = (employer_first, dates_below, dates_left, two_columns, academic, functional, at_employer)
