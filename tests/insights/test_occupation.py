"""The occupation in a title: plain words at the person's level, or nothing."""

import pytest

from recommender.insights.work.titles import occupation_in
from recommender.training.occupation_words import counted, words_of


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Software Engineer", "Software Engineer"),
        ("Sr. Software Engineer II", "Senior Software Engineer"),
        ("JR. DATABASE ADMINISTRATOR", "Junior Database Administrator"),
        ("WEB DEVELOPER INTERN", "Web Developer Intern"),
        ("HR SPECIALIST", "HR Specialist"),
        ("web designer, front- end developer", "Web Designer and Front-End Developer"),
        ("FRONT- END DEVELOPER", "Front-End Developer"),
        ("Teacher/Technical Supervisor", "Teacher and Technical Supervisor"),
        ("RECEPTIONIST AND VETERINARY TECHNICIAN", "Receptionist and Veterinary Technician"),
        ("Baker & Harbour Pilot", "Baker and Harbour Pilot"),
        ("Manager and Baker", "Manager and Baker"),
        ("Baker and Senior Pastry Baker", "Senior Pastry Baker"),
        ("Sr. Java/J2EE Developer", "Senior Java/J2EE Developer"),
        ("Front End Developer and Team Leader", "Front End Developer and Team Leader"),
        ("Equipment & Supply Supervisor", "Equipment & Supply Supervisor"),
        ("Assistant Store Manager of Apparel and Accessories", "Assistant Store Manager of Apparel and Accessories"),
        ("Director of Engineering", "Director of Engineering"),
        ("IT Project Coordinator (contractor)", "IT Project Coordinator"),
        ("Freelance Web Developer", "Web Developer"),
        ("Network Engineer at Quayside Cloud", "Network Engineer"),
        ("Harbour Office Manager- Assistant to the Head", "Harbour Office Manager"),
        ("SVP/Senior Lead Security Engineer", "Senior Vice President and Senior Lead Security Engineer"),
        ("Senior Analyst/Payroll Developer", "Senior Analyst and Payroll Developer"),
        ("General Manager", "General Manager"),
        ("Interim Harbour Manager", "Interim Harbour Manager"),
        ("Buyer/Planner", "Buyer and Planner"),
        ("Senior Analyst, Information Security", "Senior Information Security Analyst"),
        ("Analyst, Boston", "Analyst"),
        ("Float Pool RN", "Float Pool Registered Nurse"),
        ("Owner, Tiny Bakery, pastry chef", "Owner and Pastry Chef"),
        ("WMS SPECIALIST", "WMS Specialist"),
        ("Software QA / developer", "Software QA/Developer"),
        ("Sr. Hardware/Security Technician", "Senior Hardware/Security Technician"),
        ("Sr.NET Developer", "Senior .NET Developer"),
        ("Senior Ruby on Rails Developer", "Senior Ruby on Rails Developer"),
        ("Role-SAP FICO Consultant", "SAP FICO Consultant"),
        ("Position: Pastry Chef", "Pastry Chef"),
        ("Harbour Desk Crew Help and Project Manager", None),
        ("Harbour Desk Crew Help Project Manager", "Harbour Desk Crew Help Project Manager"),
        ("Harbour Desk Night Crew Help Project Manager", None),
        ("Senior Vice President of Global", "Senior Vice President"),
        ("Ferry Pilot/ Pastry Chef Ferry Pilot/Pastry Chef", "Ferry Pilot and Pastry Chef"),
        ("Ferry Payroll Systems Communications and Social Media Specialist", None),
        ("Quillson Front-End Engineer", "Front-End Engineer"),
        ("Ternbank-customer service rep", "Service Representative"),
        ("Sofwtare Developer", "Developer"),
        ("Ward Manager Harbour Manager", "Ward Manager and Harbour Manager"),
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
        "Advocate General",
        "GLOBAL SR. MANAGER, TEA",
        "Quillson Tern Management Supervisor",
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


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Cashier / Stock Clerk", "Cashier and Stock Clerk"),
        ("Manager, Cashier", "Manager and Cashier"),
        ("Ferry Pilot - Consultant", "Ferry Pilot and Consultant"),
        ("Office Manager Fitness Instructor", "Office Manager and Fitness Instructor"),
        ("Nurse Educator", "Nurse Educator"),
        ("Baker, Baker", "Baker"),
        ("Software Engineer, Intern", "Software Engineer Intern"),
        ("Former Baker, Harbour Pilot", "Harbour Pilot"),
        ("Owner/Baker/Pilot", None),
        ("Baker, Harbour Pilot, Welder", None),
        ("Receiving Manager Assistant Manager", None),
        ("Prequalification and Database Administrator", None),
        ("Night Harbour Records Desk Clerk and Night Harbour Safety Desk Pilot", None),
    ],
)
def test_a_title_of_two_is_said_whole_or_not_at_all(title: str, said: str | None) -> None:
    found = occupation_in(title)
    assert (found and found.text) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Harbour 365 Administrator", None),
        ("Quillfix Engineer", None),
        ("Sr Service Now Developer", "Senior ServiceNow Developer"),
        ("Till Ferry Pilot", "Ferry Pilot"),
        ("6 month Ferry Pilot", "Ferry Pilot"),
        ("Expert Ferry Pilot", "Ferry Pilot"),
        ("Licensed Practical Nurse - Night Ward", "Licensed Practical Nurse"),
        ("Licensed Ferry Pilot", "Ferry Pilot"),
        ("Pilot Pilot", "Pilot"),
        ("Team Lead, Rehabilitation", None),
        ("Team Lead", "Team Lead"),
    ],
)
def test_a_word_that_says_little_is_not_all_that_is_left_of_a_title(title: str, said: str | None) -> None:
    found = occupation_in(title)
    assert (found and found.text) == said


def test_business_development_leads_nobody() -> None:
    titles = ("Business Development Manager", "Software Development Manager")
    assert [found.leads for title in titles if (found := occupation_in(title))] == [False, True]
