"""Who worked where, in the layouts that people give an experience section. All people and employers are made up."""

from __future__ import annotations

import pytest

from recommender.reading.resume.jobs.heads import readings_of
from tests.reading.conftest import Reader

_TOP = "Mira Solberg\nProject Engineer\nBergen, Norway\n\nEXPERIENCE\n"
#: Two jobs: (title, employer, start, end).
TWO = [("Project Engineer", "Havn Marine", "2019-03", None), ("Site Engineer", "Torv Bygg AS", "2014-06", "2019-02")]
_NEW, _OLD = "Mar 2019 – Present", "Jun 2014 – Feb 2019"


def jobs(read: Reader, text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(role.title, role.company, role.start, role.end) for role in read.one(text, "text").roles]


def laid_out(form: str) -> str:
    """Two jobs by a form of one, with a bullet under each."""
    first = form.format(title="Project Engineer", company="Havn Marine", place="Bergen, Norway", dates=_NEW)
    second = form.format(title="Site Engineer", company="Torv Bygg AS", place="Turku, Finland", dates=_OLD)
    return f"{_TOP}{first}\n• Drew the quay walls of two harbours.\n{second}\n• Counted piles.\n"


@pytest.mark.parametrize(
    "form",
    [
        "{title}, {company}    {dates}",
        "{company}, {title}    {dates}",
        "{title}, {company}, {place}    {dates}",
        "{company}, {place}, {title}, {dates}",
        "{title} | {company} | {place} | {dates}",
        "{company} | {title} | {dates}",
        "{title} — {company} ({dates})",
        "{company} – {title} – {dates}",
        "{title} · {company} · {dates}",
        "{title} at {company} ({dates})",
        "{title} @ {company}, {dates}",
        "{title} ({company}) {dates}",
        "{company} ({title}), {dates}",
        "{company}: {title} ({dates})",
        "{title} | {dates} | {company} | {place}",
        "{dates}: {title}, {company}",
        "{dates}  {company}, {title}",
        "{dates}\t{title}\t{company}\t{place}",
        "{company}    {dates}\n{title} · {place}",
        "{company}, {place}    {dates}\n{title}",
        "{company}, {place}\n{title}    {dates}",
        "{company}    {place}\n{title}    {dates}",
        "{title}    {dates}\n{company}, {place}",
        "{title}    {dates}\n{company} | {place}",
        "{title}\n{company}\n{place}\n{dates}",
        "{company}\n{title}\n{dates}",
        "{company}\n{place}\n{title}\n{dates}",
        "{title}\n{company}, {place}\n{dates}",
        "{title}\n{company}    {dates}",
        "{dates}\n{title}\n{company}",
        "{dates}\n{company}\n{title}\n{place}",
        "{dates}\n{title}, {company}",
        "{dates}\n• {title}, {company}",
        "Company: {company}\nDesignation: {title}\nDuration: {dates}",
        "Employer: {company}\nPosition: {title}\nLocation: {place}\nDates: {dates}",
        "Worked as a {title} in {company}, {place} from {dates}.",
    ],
)
def test_every_layout_gives_the_same_jobs(read: Reader, form: str) -> None:
    assert jobs(read, laid_out(form)) == TWO


@pytest.mark.parametrize("form", ["{title}, {company}, {place}    {dates}", "{company}\n{place}\n{title}\n{dates}"])
def test_a_place_is_no_part_of_the_employer(read: Reader, form: str) -> None:
    assert [role.location for role in read.one(laid_out(form), "text").roles] == ["Bergen, Norway", "Turku, Finland"]


def test_the_bullets_are_what_is_under_each_head(read: Reader) -> None:
    for form in ("{company}\n{title}\n{place}\n{dates}", "{dates}\n{title}\n{company}", "{title}, {company} {dates}"):
        bullets = [role.bullets for role in read.one(laid_out(form), "text").roles]
        assert bullets == [("Drew the quay walls of two harbours.",), ("Counted piles.",)], form


def test_empty_lines_between_all_lines_separate_nothing(read: Reader) -> None:
    """As in the text of web pages and of Markdown, where every line is a paragraph."""
    for form in ("{title}\n{company}\n{dates}", "{dates}\n{company}\n{title}", "{title} | {dates}\n{company}"):
        assert jobs(read, laid_out(form).replace("\n\n", "\n").replace("\n", "\n\n")) == TWO


def test_a_layout_is_common_to_all_heads(read: Reader) -> None:
    """What no word tells is told by the other heads: "Loans" is a title because the others stand first, too."""
    text = (
        f"{_TOP}Loans, Havn Sparebank    Jan 2018 – Present\n• Lent.\n"
        "Bank Teller, Torv Bank    Jan 2014 – Dec 2017\n• Counted.\nBank Clerk, Fjell Bank    2010 – 2013\n• Filed.\n"
    )
    assert [(role.title, role.company) for role in read.one(text, "text").roles] == [
        ("Loans", "Havn Sparebank"), ("Bank Teller", "Torv Bank"), ("Bank Clerk", "Fjell Bank"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "banner",
    ["Havn Marine", "Havn Marine, Bergen, Norway", "Havn Marine    Jan 2012 – Present", "Havn Marine\n9 years"],
)
def test_promotions_under_one_employer(read: Reader, banner: str) -> None:
    text = (
        f"{_TOP}{banner}\nYard Manager    Aug 2019 – Present\n• Ran the yard.\nForeman    Jun 2015 – Jul 2019\n• Led.\n"
        "Welder    Jan 2012 – May 2015\n• Welded.\n"
    )
    assert jobs(read, text) == [
        ("Yard Manager", "Havn Marine", "2019-08", None),
        ("Foreman", "Havn Marine", "2015-06", "2019-07"),
        ("Welder", "Havn Marine", "2012-01", "2015-05"),
    ]


def test_a_team_is_not_the_employer(read: Reader) -> None:
    text = (
        f"{_TOP}Data Engineer, Billing Team    Aug 2021 – Present\nHavn Marine | Bergen, Norway\n• Built.\n"
        "Data Analyst, Pricing    Jun 2018 – Jul 2021\nTorv Bygg AS | Turku, Finland\n• Asked.\n"
    )
    assert [(role.company, role.location) for role in read.one(text, "text").roles] == [
        ("Havn Marine", "Bergen, Norway"), ("Torv Bygg AS", "Turku, Finland"),
    ]  # fmt: skip


def test_jobs_without_dates(read: Reader) -> None:
    text = f"{_TOP}Project Engineer\nHavn Marine\n• Drew.\nSite Engineer\nTorv Bygg AS\n• Counted.\n\nSKILLS\nAutoCAD\n"
    assert jobs(read, text) == [
        ("Project Engineer", "Havn Marine", None, None), ("Site Engineer", "Torv Bygg AS", None, None),
    ]  # fmt: skip


def test_years_left_open_by_a_template(read: Reader) -> None:
    text = f"{_TOP}Project Engineer, Havn Marine    Jan 20XX – Present\n• Drew.\n"
    assert jobs(read, text) == [("Project Engineer", "Havn Marine", None, None)]


@pytest.mark.parametrize(
    "line",
    [
        "• Acting Shift Lead, Rigging (Feb 2021 – May 2021).",
        "• Moved the archive from 2020 to 2021.",
        "Project Quay (Jan 2020 – Mar 2020): new walls.",
        "Client: Torv Bygg, Jan 2020 – Mar 2020",
    ],
)
def test_dates_in_what_was_done_are_no_jobs(read: Reader, line: str) -> None:
    text = f"{_TOP}Project Engineer, Havn Marine    Mar 2019 – Present\n• Drew.\n{line}\n• Wrote.\n"
    assert jobs(read, text) == [TWO[0]]


@pytest.mark.parametrize(
    ("line", "kind", "parts"),
    [
        ("Nurse, Northgate Hospital", "TC", ("Nurse", "Northgate Hospital", None)),
        ("Northgate Hospital — Nurse — Leeds, UK", "CT", ("Nurse", "Northgate Hospital", "Leeds, UK")),
        ("Nurse at Northgate Hospital", "TC", ("Nurse", "Northgate Hospital", None)),
        ("Krankenschwester, Klinikum Seeblick", "TC", ("Krankenschwester", "Klinikum Seeblick", None)),
        ("Northgate Hospital", "C", (None, "Northgate Hospital", None)),
        ("Acme, Inc., Boston, MA", "C", (None, "Acme, Inc.", "Boston, MA")),
        ("Nurse", "T", ("Nurse", None, None)),
        ("Nurse · Leeds, UK", "T", ("Nurse", None, "Leeds, UK")),
        ("City: Porto | Country: Portugal", "P", (None, None, "Porto, Portugal")),
        ("Full-time", "N", (None, None, None)),
        ("5 years 3 months", "N", (None, None, None)),
        ("Pipe Welder Northgate Ship Works Inc - Newark, NJ", "TC",
         ("Pipe Welder", "Northgate Ship Works Inc", "Newark, NJ")),
    ],
)  # fmt: skip
def test_the_best_reading_of_a_line(line: str, kind: str, parts: tuple[str | None, str | None, str | None]) -> None:
    readings = readings_of(line)
    best = max(readings, key=lambda one: readings[one].score)
    reading = readings[best]
    assert (best, (reading.title, reading.company, reading.place)) == (kind, parts)
