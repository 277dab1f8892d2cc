"""Headings, lists, studies and notices of résumés, in the forms that people give them. All people are made up."""

from __future__ import annotations

import pytest

from recommender.reading.resume.heading_kinds import kind_by_words, kind_of
from recommender.reading.resume.skills import read_skills
from tests.reading.conftest import Reader

_TOP = "Nadia Brekke\nElectrician\nMalmö, Sweden\n\n"
_JOB = "Experience\nElectrician, Lampa AB    2014 – 2019\n• Wired three schools.\n\n"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("2. Technical Skills", "skills"), ("│ EXPERIENCE │", "experience"), ("=== LANGUAGES ===", "languages"),
        ("Top Skills", "skills"), ("Berufserfahrung", "experience"), ("Expérience professionnelle", "experience"),
        ("Formación académica", "education"), ("Competências", "skills"), ("Lingue", "languages"),
        ("Opleidingen", "education"), ("Kenntnisse und Fähigkeiten", "skills"),
    ],
)  # fmt: skip
def test_headings_in_boxes_and_languages(words: str, kind: str) -> None:
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("PERFORMANCE EXPERIENCE", "experience"), ("Certifications & Activities", "certifications"),
        ("Key Skills & Competencies", "skills"), ("Selected Publications", "other"), ("Awards / Grants", "other"),
        ("Compétences métier", "skills"), ("Experience with Java and much else besides", None), ("Tartu & Riga", None),
    ],
)  # fmt: skip
def test_headings_known_by_a_word(words: str, kind: str | None) -> None:
    assert kind_by_words(words) == kind


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Languages: Rust, Go", ["Rust", "Go"]),
        ("Kitchen:Sauces, Pastry", ["Sauces", "Pastry"]),
        ("Front – Wine service, Tills", ["Wine service", "Tills"]),
        ("['Python', 'SQL']", ["Python", "SQL"]),
        ("{Excel; Word}", ["Excel", "Word"]),
        ("● Python, SQL\n» Welding\n★ Tact", ["Python", "SQL", "Welding", "Tact"]),
        ("AutoCAD          Wiring\nExcel    Word", ["AutoCAD", "Wiring", "Excel", "Word"]),
        ("Soil, Bridge\nInspection, Tendering &\nContracts, CAD (Revit,\nRhino), Surveys",
         ["Soil", "Bridge Inspection", "Tendering & Contracts", "CAD (Revit, Rhino)", "Surveys"]),
        ("Excel, Word\nPython, SQL", ["Excel", "Word", "Python", "SQL"]),
        ("Soil Mechanics, Tendering, Surveys, Contract Law, Site Safety, AutoCAD, Structural\nAnalysis",
         ["Soil Mechanics", "Tendering", "Surveys", "Contract Law", "Site Safety", "AutoCAD", "Structural Analysis"]),
    ],
)  # fmt: skip
def test_lists_of_skills(text: str, skills: list[str]) -> None:
    assert read_skills(text)[0] == skills


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_skill_that_ends_as_headings_do_is_a_skill(read: Reader, between: str) -> None:
    skills = ("Triage", "Patient Education", "Rota Planning", "Clinical Skills", "Wound Care")
    lines = [
        *_TOP.split("\n"),
        *_JOB.split("\n"),
        "Key Skills",
        *skills,
        "Education",
        "BSc Nursing, Leeds College, 2012",
    ]
    profile = read.one(between.join(filter(None, lines)), "text")
    assert profile.other_skills == skills
    assert [course.school for course in profile.education] == ["Leeds College"]


def test_a_bullet_of_several_is_no_heading(read: Reader) -> None:
    text = f"{_TOP}{_JOB}Skills\n• Teaching\n• Research\n• Training\n• Wiring\n"
    assert read.one(text, "text").other_skills == ("Teaching", "Research", "Training", "Wiring")


def test_languages_under_skills_are_spoken_or_for_programming(read: Reader) -> None:
    text = f"{_TOP}{_JOB}Skills\nLanguages: Python, Go\nSpoken languages: Swedish, English\nTools: Docker\n"
    profile = read.one(text, "text")
    assert profile.other_skills == ("Python", "Go", "Docker")
    assert profile.languages == ("Swedish", "English")


def test_what_a_copied_page_has_around_its_lists_is_no_skill(read: Reader) -> None:
    text = f"{_TOP}{_JOB}Skills\nWiring\nEndorsed by 3 colleagues\nPLC\nShow all 12 skills\nPage 2 of 2\n"
    assert read.one(text, "text").other_skills == ("Wiring", "PLC")


@pytest.mark.parametrize(
    ("written", "courses"),
    [
        ("MBA | Northgate Business School | 2018", [("Northgate Business School", "MBA", None, None, "2018")]),
        ("BSc Logistics – Elmsford Tech University – 2015",
         [("Elmsford Tech University", "BSc Logistics", None, None, "2015")]),
        (("Master of Science in Care\nElmsford University\nSep 2014 – Jun 2016\n"
         "Bachelor of Arts in Law\nHalden College\n2010 – 2014"),
         [("Elmsford University", "Master of Science", "Care", "2014-09", "2016-06"),
          ("Halden College", "Bachelor of Arts", "Law", "2010", "2014")]),
        ("Elmsford University, Elmsford\nMaster of Arts in Law\n2008 – 2013",
         [("Elmsford University", "Master of Arts", "Law", "2008", "2013")]),
        ("Master's Degree\nElectrical Engineering\nElmsford University\n2008 - 2013",
         [("Elmsford University", "Master's Degree", "Electrical Engineering", "2008", "2013")]),
        ("[ 2006 – 2009 ]\nBachelor in Chemistry\nUniversity of Elmsford",
         [("University of Elmsford", "Bachelor", "Chemistry", "2006", "2009")]),
        ("2012  PhD in Geology, Halden University", [("Halden University", "PhD", "Geology", None, "2012")]),
        ("• BSc, Logistics, University of Elmsford, 2012–2015, GPA 4.7/5",
         [("University of Elmsford", "BSc", "Logistics", "2012", "2015")]),
        ("Halden University — Expected Graduation June 2027", [("Halden University", None, None, None, "2027-06")]),
        ("Licenciatura en Economía, Universidad del Norte, 2010 – 2015",
         [("Universidad del Norte", "Licenciatura", "Economía", "2010", "2015")]),
    ],
)  # fmt: skip
def test_courses_over_lines_and_bars(read: Reader, written: str, courses: list[tuple[str | None, ...]]) -> None:
    education = read.one(f"{_TOP}{_JOB}Education\n{written}\n", "text").education
    assert [(one.school, one.degree, one.field, one.start, one.end) for one in education] == courses


def test_grades_are_kept_as_prose(read: Reader) -> None:
    text = f"{_TOP}{_JOB}Education\nBSc in Law, Halden College, 2015, GPA 4.7/5\n"
    assert read.one(text, "text").about == "Education\nGPA 4.7/5"


@pytest.mark.parametrize(
    "heading", ["Projects", "Clubs & Societies", "Selected Publications", "Volunteering", "Teaching"]
)
def test_what_is_no_job_counts_no_years(read: Reader, heading: str) -> None:
    profile = read.one(f"{_TOP}{_JOB}{heading}\nHead of Something    2000 – 2012\n• Did it.\n", "text")
    assert [role.company for role in profile.roles] == ["Lampa AB"]
    assert profile.about == f"{heading}\nHead of Something    2000 – 2012\n• Did it."


@pytest.mark.parametrize(
    "heading", ["Military Service", "Teaching Experience", "INVOLVEMENT EXPERIENCE", "Internships"]
)
def test_work_under_other_headings_is_work(read: Reader, heading: str) -> None:
    profile = read.one(f"{_TOP}{_JOB}{heading}\nSergeant, Northgate Regiment    2010 – 2012\n• Led.\n", "text")
    assert [role.company for role in profile.roles] == ["Lampa AB", "Northgate Regiment"]


def told(read: Reader, text: str) -> list[str]:
    read(text, "text")
    return [f"{notice.field}: {notice.message.split(';')[0]}" for notice in read.notices]


def test_an_experience_without_jobs_is_reported(read: Reader) -> None:
    text = f"{_TOP}Experience\nI have worked in many places over the years and liked it.\n\nSkills\nWiring\n"
    assert told(read, text) == ["roles: no job was read under 'Experience'"]


def test_a_text_that_is_no_resume_is_reported(read: Reader) -> None:
    messages = told(read, "Dear all,\nthe meeting on Monday is in the blue room. Please bring your own cups.\n")
    assert messages == ["about: this does not look like a résumé: it has no heading, job, name or address"]


def test_a_missing_name_is_reported(read: Reader) -> None:
    assert told(read, f"Electrician\n\n{_JOB}") == ["name: no name was found"]


def test_years_left_open_are_reported(read: Reader) -> None:
    text = f"{_TOP}Experience\nElectrician, Lampa AB    Jan 20XX – Present\n• Wired.\n"
    assert told(read, text) == ["roles[0].start: its years are left open (20XX)"]


def test_markdown_is_read_as_the_page_that_it_makes(read: Reader) -> None:
    text = (
        "# Nadia Brekke\n\n## Experience\n\n### Electrician | Lampa AB | 2014 – 2019\n\n"
        "- Wired **three** `schools`.\n\n"
        "## Skills\n\n- **Wiring:** Mains, [PLC](https://example.org)\n"
    )
    profile = read.one(text, "text")
    assert (profile.name, profile.other_skills) == ("Nadia Brekke", ("Mains", "PLC"))
    [role] = profile.roles
    assert (role.title, role.company, role.bullets) == ("Electrician", "Lampa AB", ("Wired three schools.",))


def test_the_pdf_of_linkedin_puts_the_person_after_the_column_beside(read: Reader) -> None:
    text = (
        "Contact\nwww.linkedin.com/in/nadiabrekke (LinkedIn)\nTop Skills\nWiring\nLanguages\nSwedish (Native)\n"
        "Nadia Brekke\nElectrician at Lampa AB\nMalmö, Skåne, Sweden\nExperience\nLampa AB\n5 years\nElectrician\n"
        "January 2017 - Present (5 years)\nMalmö, Sweden\nWired.\nHelper\n"
        "January 2014 - December 2016 (3 years)\nPage 1 of 1\n"
    )
    profile = read.one(text, "text")
    assert (profile.name, profile.languages, profile.other_skills) == (
        "Nadia Brekke",
        ("Swedish (Native)",),
        ("Wiring",),
    )
    assert [(role.title, role.company) for role in profile.roles] == [
        ("Electrician", "Lampa AB"),
        ("Helper", "Lampa AB"),
    ]
    assert [role.bullets for role in profile.roles] == [("Wired.",), ()]
