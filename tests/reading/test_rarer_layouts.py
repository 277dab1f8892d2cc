"""Jobs, names and skills in layouts that are rarer; and pages, tables and JSON that say them in other ways."""

from __future__ import annotations

import json
from typing import Any

import pytest

from recommender.profile import Education, Profile
from tests.reading.conftest import Reader

_TOP = "Mira Solberg\n\nExperience\n"
#: Two jobs: (title, employer, start, end).
TWO = [("Project Engineer", "Havn Marine", "2019-03", None), ("Site Engineer", "Torv Bygg", "2014-06", "2019-02")]

LAYOUTS = {
    "a full stop after each": (
        "03/2019–present  Project Engineer, Havn Marine, Oslo.\n"
        "06/2014–02/2019  Site Engineer, Torv Bygg, Bergen.\n"
    ),
    "slashes": (
        "Project Engineer\nHavn Marine / Oslo / Mar 2019 - Present\nDrew.\n\nSite Engineer\n"
        "Torv Bygg / Bergen / Jun 2014 - Feb 2019\nDug.\n"
    ),
    "numbers": (
        "1) Project Engineer, Havn Marine\n   Mar 2019 - Present\n   Drew.\n"
        "2) Site Engineer, Torv Bygg\n   Jun 2014 - Feb 2019\n   Dug.\n"
    ),
    "from and to": (
        "Position: Project Engineer\nEmployer: Havn Marine\nFrom: Mar 2019 To: Present\n\n"
        "Position: Site Engineer\nEmployer: Torv Bygg\nFrom: Jun 2014\nTo: Feb 2019\n"
    ),
    "sentences": (
        "Have worked as Project Engineer for Havn Marine since March 2019.\n"
        "Was a Site Engineer with Torv Bygg between June 2014 and February 2019.\n"
    ),
    "a dash without blanks": (
        "Project Engineer\nHavn Marine-Salem, OR\nMarch 2019 to Present\n\nDrew.\n\nSite Engineer\n"
        "Torv Bygg-Salem, OR\nJune 2014 to February 2019\n\nDug.\n"
    ),
    "a place after a blank": (
        "Project Engineer Mar. 2019 – Present\nHavn Marine Sandby, Norway\n• Drew\n"
        "Site Engineer June 2014 – Feb. 2019\nTorv Bygg Bergen, Norway\n• Dug\n"
    ),
    "logos": (
        "Havn Marine logo\nProject Engineer\nHavn Marine · Full-time\nMar 2019 - Present · 7 yrs\n"
        "Torv Bygg logo\nSite Engineer\nTorv Bygg · Full-time\nJun 2014 - Feb 2019 · 4 yrs 9 mos\n"
    ),
    "lines between two dates": (
        "Dates From – To\nProject Engineer • Havn Marine • Oslo\nMar 2019 – Present\n"
        "Site Engineer • Torv Bygg • Bergen\nJun 2014 – Feb 2019\n"
    ),
    "another heading": (
        "Employment Details\nCompany: Havn Marine\nRole: Project Engineer\nDuration: March 2019 - Present\n\n"
        "Company: Torv Bygg\nRole: Site Engineer\nDuration: June 2014 - February 2019\n"
    ),
    "bullets with dates": (
        "Project Engineer, Havn Marine, March 2019 – Present\n"
        "- From May 2020 to June 2020 led the yard\n- Moved the quay (2021–2022)\n"
        "- Budget 2022–2023: 2 M\nSite Engineer, Torv Bygg, June 2014 – February 2019\n"
        "- Dug (2015–2016)\n- Filled (2016–2017)\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_who_worked_where(read: Reader, name: str) -> None:
    roles = read.one(_TOP + LAYOUTS[name]).roles
    assert [(role.title, role.company, role.start, role.end) for role in roles] == TWO


def test_titles_without_a_known_noun_stand_where_the_employers_do_not(read: Reader) -> None:
    text = (
        "Growth & Partnerships\nHavn Marine, Oslo\nJan 2020 – Present\n- x\n\n"
        "Guest Happiness\nTorv Logistics, Oslo\nMar 2016 – Dec 2019\n- y\n"
    )
    roles = read.one(_TOP + text).roles
    assert [(role.title, role.company) for role in roles] == [
        ("Growth & Partnerships", "Havn Marine"), ("Guest Happiness", "Torv Logistics"),
    ]  # fmt: skip


def test_a_year_may_be_a_heading_among_spans_that_are(read: Reader) -> None:
    roles = read.one(f"{_TOP}2021\nCook, Kohv Bar\nCooked.\n2018 - 2021\nWaiter, Lumen Inn\nServed.\n").roles
    assert [(role.title, role.company, role.start) for role in roles] == [
        ("Cook", "Kohv Bar", "2021"), ("Waiter", "Lumen Inn", "2018"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2021/22 – 2023/24", "2021", "2023"),
        ("Summer 2018, Summer 2019", "2018", "2019"),
        ("Fall 2021 – now", "2021", None),
    ],
)
def test_school_years_and_seasons(read: Reader, written: str, start: str, end: str | None) -> None:
    [role] = read.one(f"{_TOP}Harvest Hand, Vesi Farms, {written}\n").roles
    assert (role.title, role.company, role.start, role.end) == ("Harvest Hand", "Vesi Farms", start, end)


@pytest.mark.parametrize(
    ("line", "title", "company"),
    [
        ("Da marzo 2019 a oggi – Cuoca, Ristorante Lumen, Bologna", "Cuoca", "Ristorante Lumen"),
        ("03/2019 - Actualidad   Enfermera en Hospital Lumen, Madrid", "Enfermera", "Hospital Lumen"),
    ],
)
def test_small_words_of_other_languages(read: Reader, line: str, title: str, company: str) -> None:
    [role] = read.one(f"Mira Solberg\n\nEsperienza professionale\n{line}\n").roles
    assert (role.title, role.company, role.start, role.end) == (title, company, "2019-03", None)


def test_the_form_of_indian_job_boards(read: Reader) -> None:
    text = (
        "Wires houses. Education Details\nJune 2012 B.E. Electrical Alder Institute of Technology\nWiring Engineer\n"
        "Wiring Engineer - Havn Marine\nSkill Details\nCABLES- Exprience - 21 monthsCompany Details\n"
        "company - Havn Marine\ndescription - Wired:\nEnvironment: Fuse 7, Relay 8\n"
        "company - Torv Bygg\ndescription - Dug.\n"
        "company -\ndescription - Rested.\n"
    )
    profile = read.one(text, "text")
    assert [(role.title, role.company) for role in profile.roles] == [
        ("Wiring Engineer", "Havn Marine"), (None, "Torv Bygg"),
    ]  # fmt: skip
    assert profile.other_skills == ("CABLES",)


def test_cities_of_the_world_are_places(read: Reader) -> None:
    [role] = read.one(f"{_TOP}2018 – 2022   Structural Engineer, Brú Engineering, Reykjavík\n").roles
    assert (role.title, role.company, role.location) == ("Structural Engineer", "Brú Engineering", "Reykjavík")


def test_projects_are_no_jobs_of_running_text(read: Reader) -> None:
    text = (
        "Developer Havn Labs - Salem, OR May 2016 to Present Drew maps.\n\nProjects\nDepot Map | Python | 2012 – 2014\n"
    )
    assert [role.company for role in read.one(_TOP + text).roles] == ["Havn Labs"]


def test_how_long_an_undated_job_lasted_is_kept(read: Reader) -> None:
    text = f"{_TOP}Site Engineer · Full-time\nTorv Bygg\n2 yrs 3 mos\n\nShop Hand · Part-time\nMarlow Yard\n1 yr\n"
    assert [(role.title, role.bullets) for role in read.one(text).roles] == [
        ("Site Engineer", ("2 yrs 3 mos",)), ("Shop Hand", ("1 yr",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "top",
    [
        "mira@example.org | +44 20 7946 0000 | York\nMIRA BUTLER\nHead Chef\n",
        "PERSONAL INFORMATION  MIRA BUTLER\n York (United Kingdom)\n",
    ],
)
def test_names_below_or_beside_something_else(read: Reader, top: str) -> None:
    assert read.one(f"{top}\nWORK EXPERIENCE\nHead Chef, Kohv Bar, 2019 – Present\n").name == "MIRA BUTLER"


@pytest.mark.parametrize(
    ("lines", "skills"),
    [
        ("[x] Python   [x] SQL", ("Python", "SQL")),
        ("Python ★★★★☆\nSQL ●●●○○\nExcel - Advanced", ("Python", "SQL", "Excel")),
        ("Programming Languages  Python, Go\nDatabases              SQL, Redis", ("Python", "Go", "SQL", "Redis")),
    ],
)
def test_lists_of_skills(read: Reader, lines: str, skills: tuple[str, ...]) -> None:
    assert read.one(f"{_TOP}Cook, Kohv Bar, 2019 – 2021\n\nSkills\n{lines}\n").other_skills == skills


HRESUME = """<html><body><div class="hresume">
<address class="vcard"><span class="fn">Mira Solberg</span> <a class="email" href="mailto:mira@example.org">mail</a>
<span class="locality">Bergen</span></address><p class="summary">I draw quays.</p><h2>Jobs</h2>
<div class="experience vevent"><p class="org">Havn Marine</p><p class="title">Project Engineer</p>
<abbr class="dtstart" title="2019-03-01">last spring but six</abbr><ul><li>Drew the quay</li></ul></div>
<div class="experience vevent"><p class="org">Torv Bygg</p><p class="title">Site Engineer</p>
<abbr class="dtstart" title="2014-06">June</abbr> <abbr class="dtend" title="2019-02">February</abbr></div>
<div class="education vevent"><span class="org">University of Alder</span>
<abbr class="dtend" title="2014">then</abbr></div>
<p class="skill"><a rel="tag">AutoCAD</a> <a rel="tag">Piling</a></p></div></body></html>"""
H_RESUME = """<html><body><article class="h-resume"><p class="p-contact h-card"><b class="p-name">Mira Solberg</b></p>
<div class="p-experience h-event"><i class="p-name">Project Engineer</i> at <i class="p-organization">Havn Marine</i>
<time class="dt-start" datetime="2019-03">spring</time></div>
<div class="p-experience h-event"><i class="p-name">Site Engineer</i> at <i class="p-organization">Torv Bygg</i>
<time class="dt-start" datetime="2014-06">2014</time>–<time class="dt-end" datetime="2019-02">2019</time></div>
<p>Skills: <i class="p-skill">AutoCAD</i> <i class="p-skill">Piling</i></p></article></body></html>"""


@pytest.mark.parametrize("page", [HRESUME, H_RESUME])
def test_hresume_is_read_by_its_classes(read: Reader, page: str) -> None:
    profile = read.one(page)
    assert [(role.title, role.company, role.start, role.end) for role in profile.roles] == TWO
    assert (profile.name, profile.title, profile.other_skills) == (
        "Mira Solberg", "Project Engineer", ("AutoCAD", "Piling"),
    )  # fmt: skip


def test_what_hresume_does_not_mark_stays_as_prose(read: Reader) -> None:
    profile = read.one(HRESUME)
    assert (profile.location, profile.about) == ("Bergen", "I draw quays.\n\nJobs")
    assert profile.roles[0].bullets == ("Drew the quay",)
    assert profile.education == (Education(school="University of Alder", end="2014"),)


@pytest.mark.parametrize(
    "value",
    [
        {"name": "Mira Solberg",
         "skills": {"sets": [{"name": "Tools", "skills": ["AutoCAD"]}], "list": [{"name": "Piling"}]}},
        {"data": {"profile": {"firstName": "Mira", "lastName": "Solberg"},
                  "skills": {"items": [{"skill": "AutoCAD"}, {"skill": "Piling"}]}}, "theme": {"layout": "Onyx"}},
    ],
)  # fmt: skip
def test_skills_of_other_schemas(read: Reader, value: dict[str, Any]) -> None:
    profile = read.one(json.dumps(value))
    assert (profile.name, {*profile.core_skills, *profile.other_skills}) == ("Mira Solberg", {"AutoCAD", "Piling"})


def test_details_of_a_group_are_its_skills(read: Reader) -> None:
    text = (
        "cv:\n  name: Mira Solberg\n  sections:\n    skills:\n      - label: Tools\n        details: AutoCAD, Piling\n"
    )
    assert read.one(text).other_skills == ("AutoCAD", "Piling")


def test_cells_that_say_jobs_and_courses_in_words(read: Reader) -> None:
    jobs = "Project Engineer at Havn Marine (Mar 2019 - Present); Site Engineer at Torv Bygg (Jun 2014 - Feb 2019)"
    table = f'Name,Work Experience,Education\nMira Solberg,"{jobs}","BSc Surveying, University of Alder, 2010 - 2014"\n'
    profile = read.one(table, "csv")
    assert [(role.title, role.company, role.start, role.end) for role in profile.roles] == TWO
    assert profile.education == (
        Education(school="University of Alder", degree="BSc Surveying", start="2010", end="2014"),
    )
    assert profile.extras["roles"] == jobs


@pytest.mark.parametrize(("cell", "years", "kept"), [("6 years", 6, None), ("much of it", None, "much of it")])
def test_a_column_of_experience_that_names_no_job(read: Reader, cell: str, years: int | None, kept: str | None) -> None:
    profile, _ = read(f"Name,Title,Experience\nMira Solberg,Welder,{cell}\nPer Lund,Welder,\n", "csv")
    assert isinstance(profile, Profile)
    assert (profile.years_of_experience, profile.roles, profile.extras.get("roles")) == (years, (), kept)


def test_utf8_that_was_taken_for_windows_1252_is_set_right(read: Reader) -> None:
    written = "Renée Solberg\n\nExperience\n• Cook, Kohv Bar, 2019 – 2021\n"
    profile = read.one(written.encode().decode("cp1252"))
    assert (profile.name, profile.roles[0].end) == ("Renée Solberg", "2021")
    assert "were set right" in read.notices[0].message


def test_markdown_with_a_table_is_one_person(read: Reader) -> None:
    rows = (
        "| Mar 2019 – Present | Project Engineer | Havn Marine |\n| Jun 2014 – Feb 2019 | Site Engineer | Torv Bygg |\n"
    )
    text = f"# Mira Solberg\n\n## Work\n\n| Dates | Role | Employer |\n|---|---|---|\n{rows}"
    profile = read.one(text)
    assert [(role.title, role.company, role.start, role.end) for role in profile.roles] == TWO
    assert profile.name == "Mira Solberg"


def test_what_stands_above_markdown_for_programs_is_no_name(read: Reader) -> None:
    text = (
        "---\ntitle: Résumé\nlayout: page\n---\n\nMira Solberg\n=====\n\n"
        "Experience\n----\n\n**Cook**, Kohv Bar, 2019 – 2021\n"
    )
    assert read.one(text).name == "Mira Solberg"


def test_a_table_of_kinds_and_resumes(read: Reader) -> None:
    found = read('Category,Resume\nHR,"Payroll Clerk at Havn Marine, 2019 - 2021"\nTesting,"Tester at Torv Bygg"\n')
    assert len(found) == 2


def test_an_employer_may_be_an_object(read: Reader) -> None:
    values = [
        {"title": "Project Engineer", "company": {"name": "Havn Marine"}, "startDate": {"year": 2019, "month": 3}},
        {
            "title": "Site Engineer",
            "company": {"id": 7, "name": "Torv Bygg"},
            "startDate": "2014-06",
            "endDate": "2019-02",
        },
    ]
    value = {"firstName": "Mira", "lastName": "Solberg", "positions": {"values": values}}
    assert [(role.title, role.company, role.start, role.end) for role in read.one(json.dumps(value)).roles] == TWO


def test_an_item_of_a_list_with_headings_is_no_bullet(read: Reader) -> None:
    jobs = (
        "<li><h3>Project Engineer</h3><h4>Havn Marine</h4><i>Mar 2019</i> - <i>Present</i><p>Drew it</p></li>"
        "<li><h3>Site Engineer</h3> <h4>Torv Bygg</h4><i>Jun 2014</i> - <i>Feb 2019</i></li>"
    )
    page = f"<html><body><h1>Mira Solberg</h1><h2>Experience</h2><ul>{jobs}</ul></body></html>"
    assert [(role.title, role.company, role.start, role.end) for role in read.one(page).roles] == TWO
