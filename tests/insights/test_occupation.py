"""The occupation in a title: plain words at the person's level, or nothing."""

import pytest

from recommender.insights.work.occupation import occupation_in
from recommender.training.occupation_words import counted, words_of


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Software Engineer", "Software Engineer"),
        ("Sr. Software Engineer II", "Senior Software Engineer"),
        ("JR. DATABASE ADMINISTRATOR", "Junior Database Administrator"),
        ("WEB DEVELOPER INTERN", "Web Developer Intern"),
        ("HR SPECIALIST", "HR Specialist"),
        ("web designer, front- end developer", "Web Designer"),
        ("FRONT- END DEVELOPER", "Front-End Developer"),
        ("Teacher/Technical Supervisor", "Teacher"),
        ("RECEPTIONIST AND VETERINARY TECHNICIAN", "Receptionist and Veterinary Technician"),
        ("Baker & Harbour Pilot", "Baker and Harbour Pilot"),
        ("Manager and Baker", "Baker"),
        ("Baker and Senior Pastry Baker", "Baker"),
        ("Sr. Java/J2EE Developer", "Senior Java/J2EE Developer"),
        ("Front End Developer and Team Leader", "Front End Developer"),
        ("Equipment & Supply Supervisor", "Equipment & Supply Supervisor"),
        ("Assistant Store Manager of Apparel and Accessories", "Assistant Store Manager of Apparel and Accessories"),
        ("Director of Engineering", "Director of Engineering"),
        ("IT Project Coordinator (contractor)", "IT Project Coordinator"),
        ("Freelance Web Developer", "Web Developer"),
        ("Network Engineer at Quayside Cloud", "Network Engineer"),
        ("Harbour Office Manager- Assistant to the Head", "Harbour Office Manager"),
        ("SVP/Senior Lead Security Engineer", "Senior Lead Security Engineer"),
        ("Senior Analyst/Payroll Developer", "Payroll Developer"),
        ("General Manager", "General Manager"),
        ("Float Pool RN", "Float Pool Registered Nurse"),
        ("Owner, Tiny Bakery, pastry chef", "Pastry Chef"),
        ("WMS SPECIALIST", "WMS Specialist"),
        ("Software QA / developer", "Software QA/Developer"),
        ("Sr. Hardware/Security Technician", "Senior Hardware/Security Technician"),
        ("Sr.NET Developer", "Senior .NET Developer"),
        ("Senior Ruby on Rails Developer", "Senior Ruby on Rails Developer"),
        ("Role-SAP FICO Consultant", "SAP FICO Consultant"),
        ("Position: Pastry Chef", "Pastry Chef"),
        ("Harbour Desk Crew Help and Project Manager", "Project Manager"),
        ("Ferry Payroll Systems Communications and Social Media Specialist", "Social Media Specialist"),
        ("Quillson Front-End Engineer", "Front-End Engineer"),
        ("Ternbank-customer service rep", "Service Representative"),
        ("Sofwtare Developer", "Developer"),
        ("Ward Manager Harbour Manager", "Harbour Manager"),
        ("IT Specialist (Night) IT Specialist (Day)", "IT Specialist"),
        ("Programmer Analyst", "Programmer Analyst"),
        ("Highly accomplished ferry pilot", "Ferry Pilot"),
        ("Manager, Nurse Relations", None),
        ("Tea Management & Consultant", None),
        ("Dispatch Assistant to the Chief Harbour Pilot", "Dispatch Assistant"),
        ("Portland, ME Welder", "Welder"),
        ("Garde Manger", None),
        ("Senior 8K Film Editor", "Senior Film Editor"),
        ("Sr. Net Developer", "Senior .NET Developer"),
        ("Freelance / Pastry Chef", "Pastry Chef"),
        ("Direct of Harbour Safety and Ferry Pilot", "Harbour Safety and Ferry Pilot"),
        ("Ferry Safety and Harbour Noise Adviser", "Ferry Safety and Harbour Noise Adviser"),
        ("Executive Pastry Chef", "Executive Pastry Chef"),
        ("Director of Ferry Data Management THE PILOT", "Director of Ferry Data Management"),
    ],
)
def test_it_is_said_in_plain_words_at_the_level_of_the_title(title: str, said: str | None) -> None:
    found = occupation_in(title)
    assert (found and found.text) == said


@pytest.mark.parametrize(
    "title",
    [
        "Manager",
        "SENIOR CONSULTANT",
        "Co-Founder",
        "Computer Programming",
        "Martial arts",
        "",
        "42",
        "Ingénieur logiciel",
    ],
)
def test_a_title_without_an_occupation_says_none(title: str) -> None:
    assert occupation_in(title) is None


def test_grades_are_no_part_of_the_craft_and_levels_below_it_are() -> None:
    titles = ("Senior Platform Engineer", "Assistant Store Manager", "Digital Marketing Lead", "Game Design Intern")
    crafts = [found.craft for title in titles if (found := occupation_in(title))]
    assert crafts == ["Platform Engineer", "Assistant Store Manager", "Digital Marketing Lead", "Game Design Intern"]


@pytest.mark.parametrize(
    ("title", "leads"),
    [("Engineering Manager", True), ("Director of Sales", True), ("Project Manager", False), ("Nurse", False)],
)
def test_who_leads(title: str, leads: bool) -> None:
    found = occupation_in(title)
    assert found is not None
    assert found.leads is leads


def test_words_are_those_of_titles_as_people_write_them() -> None:
    assert words_of("Sr. Java/J2EE Front-End Developer (C#)") == {
        "sr",
        "java",
        "j2ee",
        "front",
        "end",
        "developer",
        "c#",
    }
    assert counted([("Night Baker", 3), ("Baker baker", 2)]) == {"night": 3, "baker": 5}


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Senior Dot NET Developer", "Senior .NET Developer"),
        ("Senior Dot .NET Developer", "Senior .NET Developer"),
        ("Dot-Net Engineer", ".NET Engineer"),
        ("Net Developer", ".NET Developer"),
        ("Internet Developer", "Internet Developer"),
    ],
)
def test_dot_net_in_words_is_the_product(title: str, said: str) -> None:
    found = occupation_in(title)
    assert found is not None
    assert found.text == said
