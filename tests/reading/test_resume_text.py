"""Free-form résumés of fictional people, in the shapes that people give them."""

from __future__ import annotations

import pytest

from recommender.profile import Education
from tests.reading.conftest import Reader

#: As job boards write résumés: no headings, heads of roles run on from the text above.
BOARD = """\
Line Welder Elmsford, NY Looking for a yard where seams are looked at twice.
Welding Foreman Alder & Finch - Elmsford, NY May 2016 to Present
• Sign off every seam of two lines
• Train apprentices on TIG welding and blueprint reading Pipe Welder Northgate Ship Works Inc - Newark, \
NJ February 2011 to April 2016 Welded pipes for hospital boilers. Kept the log. Shop Hand Marlow Yard \
June 2009 to January 2011
Diploma in Welding Halden Institute of Technology - Halden, NY 2007 to 2009
Certifications/Licenses AWS Certified Welder January 2012 to Present Additional Information
Skills
TIG Welding, MIG Welding, Forklift
"""

#: A résumé as a word processor writes it.
CLASSIC = """\
Ines Halvorsen
Nurse Manager
Oslo, Norway | ines@example.org | +47 22 33 44 55

PROFESSIONAL SUMMARY
I run wards. Ask about the night we moved one.

Work Experience:
Nurse Manager, Northgate Hospital, Oslo
Sept. 2016 – to date
- Ran a ward of 28 beds.
- Brought falls down
  by a third in a year.

Brightwater Clinic | Bergen
Staff Nurse
'12 - 08/2016
- Triage at the door.

EDUCATION
Bachelor of Science in Nursing, University of Elmsford, 2008 - 2012

SKILLS
Clinical: triage, wound care, Epic
Leadership; Rota planning
I learn new systems quickly and teach them to others.

LANGUAGES
Norwegian, English

Publications
On night shifts, 2019.
"""


def test_roles_that_run_on_from_the_text_above(read: Reader) -> None:
    profile = read.one(BOARD, "text")
    assert [(role.title, role.company, role.location, role.start, role.end) for role in profile.roles] == [
        ("Welding Foreman", "Alder & Finch", "Elmsford, NY", "2016-05", None),
        ("Pipe Welder", "Northgate Ship Works Inc", "Newark, NJ", "2011-02", "2016-04"),
        ("Shop Hand", "Marlow Yard", None, "2009-06", "2011-01"),
    ]
    assert profile.roles[0].bullets == (
        "Sign off every seam of two lines",
        "Train apprentices on TIG welding and blueprint reading",
    )
    assert profile.roles[1].bullets == ("Welded pipes for hospital boilers. Kept the log.",)


def test_dates_of_study_and_of_certificates_are_no_roles(read: Reader) -> None:
    profile = read.one(BOARD, "text")
    assert profile.education == (
        Education(school="Halden Institute of Technology", degree="Diploma", field="Welding", start="2007", end="2009"),
    )
    assert profile.certifications == ("AWS Certified Welder January 2012 to Present",)
    assert profile.other_skills == ("TIG Welding", "MIG Welding", "Forklift")


def test_the_headline_of_a_board_gives_title_and_location(read: Reader) -> None:
    profile = read.one(BOARD, "text")
    assert (profile.title, profile.location) == ("Line Welder", "Elmsford, NY")
    assert profile.about == "Looking for a yard where seams are looked at twice."


def test_a_classic_resume_field_by_field(read: Reader) -> None:
    profile = read.one(CLASSIC, "text")
    assert (profile.name, profile.title, profile.location) == ("Ines Halvorsen", "Nurse Manager", "Oslo, Norway")
    assert [(role.title, role.company, role.start, role.end) for role in profile.roles] == [
        ("Nurse Manager", "Northgate Hospital", "2016-09", None),
        ("Staff Nurse", "Brightwater Clinic", "2012", "2016-08"),
    ]
    assert profile.roles[0].bullets == ("Ran a ward of 28 beds.", "Brought falls down by a third in a year.")
    [course] = profile.education
    assert (course.degree, course.field, course.start, course.end) == ("Bachelor of Science", "Nursing", "2008", "2012")
    assert profile.other_skills == ("triage", "wound care", "Epic", "Leadership", "Rota planning")
    assert profile.languages == ("Norwegian", "English")


def test_what_is_no_list_stays_as_prose_under_its_heading(read: Reader) -> None:
    about = read.one(CLASSIC, "text").about
    assert about is not None
    assert about.split("\n\n") == [
        "I run wards. Ask about the night we moved one.",
        "SKILLS\nClinical: triage, wound care, Epic\nI learn new systems quickly and teach them to others.",
        "Publications\nOn night shifts, 2019.",
    ]


def test_contact_details_are_found(read: Reader) -> None:
    contact = read.one(CLASSIC, "text").contact
    assert contact is not None
    assert (contact.emails, contact.phones) == (("ines@example.org",), ("+47 22 33 44 55",))


@pytest.mark.parametrize(
    ("head", "title", "company"),
    [
        ("Senior Engineer, Acme Corp\tJan 2015 – Dec 2019", "Senior Engineer", "Acme Corp"),
        ("Senior Engineer - Acme Corp, Boston, MA (Jan 2015 - Dec 2019)", "Senior Engineer", "Acme Corp"),
        ("Senior Engineer at Acme Corp\nJan 2015 to Dec 2019", "Senior Engineer", "Acme Corp"),
        ("Acme Corp\nSenior Engineer\nJanuary 2015 through December 2019", "Senior Engineer", "Acme Corp"),
        ("Senior Engineer\nAcme Corp\n01/2015 - 12/2019", "Senior Engineer", "Acme Corp"),
        ("01/2015 - 12/2019\nSenior Engineer, Acme Corp", "Senior Engineer", "Acme Corp"),
        ("2015-01 - 2019-12: Senior Engineer, Acme Corp", "Senior Engineer", "Acme Corp"),
        ("Jan 2015 - Dec 2019 | Senior Engineer | Acme Corp", "Senior Engineer", "Acme Corp"),
        ("Director of Care Alder Home - Elmsford, NY Jan 2015 to Dec 2019", "Director of Care", "Alder Home"),
        ("Cook/Dishwasher The Orchard - Elmsford, NY Jan 2015 to Dec 2019", "Cook/Dishwasher", "The Orchard"),
        ("Nurse II (Night) Brightwater Clinic Jan 2015 to Dec 2019", "Nurse II (Night)", "Brightwater Clinic"),
        ("Sr. Teacher Company Name City , State 01/2015 to 12/2019", "Sr. Teacher", None),
    ],
)  # fmt: skip
def test_heads_of_roles(read: Reader, head: str, title: str, company: str | None) -> None:
    [role] = read.one(f"Experience\n{head}\nDid the work well.\n", "text").roles
    assert (role.title, role.company, role.start, role.end) == (title, company, "2015-01", "2019-12")
    assert role.bullets == ("Did the work well.",)


@pytest.mark.parametrize(
    "line",
    [
        "Administered SQL Server (2008 to 2017) on many machines.",
        "From 2000 to 2010 the town grew.",
        "• Moved files from 2012 - 2014 into the vault, with care.",
    ],
)
def test_dates_in_prose_are_no_roles(read: Reader, line: str) -> None:
    profile = read.one(f"I write software. {line}\nI like tea.\n", "text")
    assert profile.roles == ()
    assert profile.about is not None
    assert line.lstrip("• ") in profile.about


def test_dates_of_a_project_inside_a_role_are_no_role(read: Reader) -> None:
    text = (
        "Experience\nSenior Engineer Acme Corp - Boston, MA January 2015 to December 2019\n• Ran things.\n"
        "Project Orchard (7/2015 - 9/2015): moved data.\n"
        "Engineer Initech - Austin, TX March 2012 to December 2014\n• Wrote.\n"
    )
    profile = read.one(text, "text")
    assert [role.company for role in profile.roles] == ["Acme Corp", "Initech"]
    assert profile.roles[0].bullets == ("Ran things.", "Project Orchard (7/2015 - 9/2015): moved data.")


def test_a_text_with_nothing_to_understand_is_kept_whole(read: Reader) -> None:
    profile = read.one("i weld and i sing.\n\nboth at night", "text")
    assert profile.about == "i weld and i sing.\nboth at night"
    assert (profile.roles, profile.years_of_experience) == ((), None)


def test_years_of_experience_are_the_union_of_months(read: Reader) -> None:
    text = (
        "Experience\nNurse Northgate Hospital - Oslo, NY January 2010 to January 2012\n• A.\n"
        "Nurse Brightwater Clinic - Oslo, NY January 2011 to January 2013\n• B.\n"
    )
    assert read.one(text, "text").years_of_experience == 3
