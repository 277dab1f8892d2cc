"""Hand-made pages that stray from the usual form: fictional people, each page for one or two oddities."""

from __future__ import annotations

import pytest

from recommender.profile import Education
from tests.reading.conftest import Reader

HEAD = "Ines Halvorsen\n\nNurse Manager\n\nOslo, Norway9 yrs experience\n\n"
ROLE = "Experience\n\nNorthgate Hospital\n\nNurse Manager\n\nMay 2019Jun 2021 · 2 yrs 1 mo · Oslo\n\n  • Ran a ward.\n"


@pytest.mark.parametrize(
    ("line", "location", "years", "badges"),
    [
        ("United States16 yrs experience", "United States", 16, ()),
        ("United States1 yr experience", "United States", 1, ()),
        ("United States 16+ years of experience", "United States", 16, ()),
        ("Oslo District 79 yrs experience", "Oslo District 7", 9, ()),
        ("Paris 1512 yrs experience", "Paris 15", 12, ()),
        ("16 yrs experience", None, 16, ()),
        ("Berlin< 1 yr experience", "Berlin", 0, ()),
        ("Berlin4 yrs experienceOpen To WorkTop Talent", "Berlin", 4, ("Open To Work", "Top Talent")),
        ("Berlin4 yrs experienceLinkedIn Top Voice", "Berlin", 4, ("LinkedIn Top Voice",)),
        ("Berlin · 4 yrs experience · Open To Work", "Berlin", 4, ("Open To Work",)),
    ],
)
def test_the_location_line(read: Reader, line: str, location: str | None, years: int, badges: tuple[str, ...]) -> None:
    profile = read.one(f"Ines Halvorsen\n\nNurse Manager\n\n{line}\n\nCore Skills\n\nTriage\n")
    assert (profile.location, profile.years_of_experience, profile.badges) == (location, years, badges)
    assert (profile.name, profile.title) == ("Ines Halvorsen", "Nurse Manager")


def test_a_head_without_years(read: Reader) -> None:
    profile = read.one("Li Wen\n\nWelder\n\nLeeds, England\nOpen To Work\n\nCore Skills\n\nPipe Welding\n", "page")
    assert (profile.name, profile.title, profile.location, profile.badges) == (
        "Li Wen", "Welder", "Leeds, England", ("Open To Work",),
    )  # fmt: skip


def test_a_head_without_a_location_or_years_keeps_its_badge(read: Reader) -> None:
    profile = read.one("Li Wen\n\nWelder\n\nMost Likely To Switch\n\nCore Skills\n\nPipe Welding\n", "page")
    assert (profile.location, profile.badges) == (None, ("Most Likely To Switch",))


def test_a_name_that_is_a_heading_is_still_the_name(read: Reader) -> None:
    assert read.one(f"Skills\n\nNurse\n\nOslo3 yrs experience\n\n{ROLE}").name == "Skills"


def test_section_names_in_prose_open_no_section(read: Reader) -> None:
    about = "About\n\nMy Experience is long.\n\nExperience\n\nmatters more than education to me.\n\n"
    profile = read.one(f"{HEAD}{about}{ROLE}")
    assert profile.about == "My Experience is long.\n\nExperience\n\nmatters more than education to me."
    assert [role.company for role in profile.roles] == ["Northgate Hospital"]


def test_the_names_of_later_sections_alone_on_a_line_of_the_about(read: Reader) -> None:
    about = "About\n\nWhat I bring:\n\nSkills\n\nthat last.\n\nEducation\n\nthat never ends.\n\n"
    course = "Education\n\nUniversity of Elmsford\n\nMasters — Nursing\n\nJan 2009Jan 2011\n"
    profile = read.one(f"{HEAD}{about}Skills\n\nCore Skills\n\nTriage\n\n{ROLE}\n{course}")
    assert profile.about == "What I bring:\n\nSkills\n\nthat last.\n\nEducation\n\nthat never ends."
    assert (profile.core_skills, profile.education[0].degree) == (("Triage",), "Masters")


def test_a_company_named_like_a_section(read: Reader) -> None:
    page = f"{HEAD}{ROLE}\nAbout\n\nStaff Nurse\n\nMay 2017May 2019 · 2 yrs · Oslo\n\n  • Triage.\n"
    assert [(role.company, role.title) for role in read.one(page).roles] == [
        ("Northgate Hospital", "Nurse Manager"),
        ("About", "Staff Nurse"),
    ]


def test_a_heading_inside_a_bullet_is_a_bullet(read: Reader) -> None:
    page = ROLE.replace("Ran a ward.", "Ran a ward.\n  • Education\n  • Skills")
    assert read.one(HEAD + page).roles[0].bullets == ("Ran a ward.", "Education", "Skills")


def test_several_roles_in_one_company_then_another_company(read: Reader) -> None:
    page = (
        "Experience\n\nNorthgate\n\n3 roles\n\nC\n\nJan 2022Jan 2023 · 1 yr\n\n  • c\n\n"
        "B\n\nJan 2021Jan 2022 · 1 yr\n\n"
        "A\n\nJan 2020Jan 2021 · 1 yr\n\n  • a\n\nAlder & Finch\n\nTrainee\n\nJan 2019Jan 2020 · 1 yr\n"
    )
    roles = read.one(HEAD + page).roles
    assert [(role.company, role.title, role.bullets) for role in roles] == [
        ("Northgate", "C", ("c",)),
        ("Northgate", "B", ()),
        ("Northgate", "A", ("a",)),
        ("Alder & Finch", "Trainee", ()),
    ]


def test_paragraphs_and_bullets_of_a_role_stand_in_order(read: Reader) -> None:
    page = ROLE.replace("  • Ran a ward.", "I joined early.\n\n  • Ran a ward.\n\nThen I left, for Oslo.")
    assert read.one(HEAD + page).roles[0].bullets == ("I joined early.", "Ran a ward.", "Then I left, for Oslo.")


def test_a_tag_line_without_bullets_is_told_by_the_core_skills(read: Reader) -> None:
    page = (
        HEAD
        + "Core Skills\n\nPatient CareNursing Leadership\n\n"
        + ROLE.replace("  • Ran a ward.", "triagePatient Care")
    )
    role = read.one(page).roles[0]
    assert (role.bullets, role.skills) == ((), ("triage", "Patient Care"))


def test_a_last_paragraph_is_no_tag_line(read: Reader) -> None:
    page = HEAD + "Core Skills\n\nPatient CareNursing Leadership\n\n"
    page += ROLE.replace("  • Ran a ward.", "I taught Nursing Leadership")
    role = read.one(page).roles[0]
    assert (role.bullets, role.skills) == (("I taught Nursing Leadership",), ())


@pytest.mark.parametrize(
    ("dates", "start", "end", "location", "workplace"),
    [
        ("May 2019Jun 2021 · 2 yrs 1 mo", "2019-05", "2021-06", None, None),
        ("May 2019 – Jun 2021 · 2 yrs 1 mo · Remote", "2019-05", "2021-06", None, "remote"),
        ("20192021 · 2 yrs · Oslo, Norway · On-site", "2019", "2021", "Oslo, Norway", "on-site"),
        ("2019Jun 2021 · 2 yrs · Oslo", "2019", "2021-06", "Oslo", None),
        ("May 2019 - Present · 2 yrs · Hybrid", "2019-05", None, None, "hybrid"),
        ("May 2019Jun 2019 · 1 mo · Oslo · Hybrid", "2019-05", "2019-06", "Oslo", "hybrid"),
        ("May 2019May 2019 · Less than a month · Oslo", "2019-05", "2019-05", "Oslo", None),
        ("05/2019 - 06/2021 · 2 yrs 1 mo · Oslo · Onsite", "2019-05", "2021-06", "Oslo", "on-site"),
    ],
)
def test_the_line_of_dates(
    read: Reader, dates: str, start: str, end: str | None, location: str | None, workplace: str | None
) -> None:
    page = HEAD + ROLE.replace("May 2019Jun 2021 · 2 yrs 1 mo · Oslo", dates)
    [role] = read.one(page).roles
    assert (role.start, role.end, role.location, role.workplace) == (start, end, location, workplace)


def test_the_kind_of_employment_is_kept(read: Reader) -> None:
    page = HEAD + ROLE.replace("1 mo · Oslo", "1 mo · Contract · Oslo")
    profile = read.one(page)
    assert profile.roles[0].location == "Oslo"
    assert profile.extras == {"employment": {"0": "Contract"}}


@pytest.mark.parametrize(
    ("closed", "current", "as_of"),
    [
        # Feb to Nov is 9 months when only the first is counted, 10 when both are: the open role follows suit
        ("Feb 2023Nov 2023 · 9 mos", "Oct 2023Present · 2 yrs 5 mos", "2026-03"),
        ("Feb 2023Nov 2023 · 10 mos", "Oct 2023Present · 2 yrs 6 mos", "2026-03"),
        ("20202023 · 3 yrs", "Oct 2023Present · 2 yrs 5 mos", "2026-03"),
        ("Feb 2023Nov 2023 · 9 mos", "2023Present · 3 yrs", "2026-01"),
    ],
)
def test_as_of_is_worked_out_from_the_pages_own_durations(read: Reader, closed: str, current: str, as_of: str) -> None:
    page = HEAD + f"Experience\n\nA\n\nNurse\n\n{current} · Oslo\n\nB\n\nNurse\n\n{closed} · Oslo\n"
    assert read.one(page).as_of == as_of


def test_durations_that_disagree_are_told_of(read: Reader) -> None:
    page = HEAD + (
        "Experience\n\nA\n\nNurse\n\nJan 2020Present · 1 yr\n\nB\n\nNurse\n\nJan 2020Present · 2 yrs\n\n"
        "C\n\nNurse\n\nJan 2021Present · 1 yr\n"
    )
    assert read.one(page).as_of == "2022-01"
    assert [(notice.field, notice.message) for notice in read.notices] == [
        ("as_of", "the page's durations say 2021-01, 2022-01; 2022-01 was taken"),
        ("roles[1]", "Nurse at B overlaps Nurse at A (roles[0]) by 25 months; kept as read, its months counted once"),
    ]


def test_roles_without_dates_are_roles_still(read: Reader) -> None:
    page = HEAD + ROLE + "\nAlder & Finch\n\nNursing Assistant\n\nOslo, Norway · Remote\n\n  • Helped.\n"
    role = read.one(page).roles[1]
    assert (role.company, role.title, role.start, role.location, role.workplace, role.bullets) == (
        "Alder & Finch", "Nursing Assistant", None, "Oslo, Norway", "remote", ("Helped.",),
    )  # fmt: skip


def test_education_in_its_variety(read: Reader) -> None:
    page = HEAD + (
        "Education\n\nUniversity of Elmsford\n\nMasters — Nursing\n\nJan 2009Jan 2011\n\n"
        "Halden Institute\n\n20052009\n\n"
        "Northgate College\n\nDiploma\n\nThe Orchard School\n\nBachelors — Law — Tax Law\n\n2004\n"
    )
    assert read.one(page, "page").education == (
        Education(school="University of Elmsford", degree="Masters", field="Nursing", start="2009-01", end="2011-01"),
        Education(school="Halden Institute", start="2005", end="2009"),
        Education(school="Northgate College", degree="Diploma"),
        Education(school="The Orchard School", degree="Bachelors", field="Law — Tax Law", start="2004", end="2004"),
    )


def test_other_sections_are_kept(read: Reader) -> None:
    page = f"{HEAD}{ROLE}\nLanguages\n\n  • Norwegian\n  • Sign\n\nCertifications\n\nCPR\n\n"
    page += "Publications\n\nOn wards, 2019\n"
    profile = read.one(page)
    assert (profile.languages, profile.certifications) == (("Norwegian", "Sign"), ("CPR",))
    assert profile.extras["sections"] == {"Publications": ["On wards, 2019"]}


def test_contact_details_are_held_apart(read: Reader) -> None:
    page = f"{HEAD}Contact\n\nines@example.org\n+47 22 33 44 55\nlinkedin.com/in/ines-h\nStorgata 1\n\n{ROLE}"
    contact = read.one(page).contact
    assert contact is not None
    assert (contact.emails, contact.links) == (("ines@example.org",), ("linkedin.com/in/ines-h",))
    assert (contact.phones, contact.address) == (("+47 22 33 44 55",), "Storgata 1")


def test_a_section_that_stands_twice_is_read_whole_and_told_of(read: Reader) -> None:
    page = f"{HEAD}About\n\nFirst.\n\nAbout\n\nSecond.\n\n{ROLE}\n{ROLE.replace('Northgate Hospital', 'Alder & Finch')}"
    profile = read.one(page)
    assert profile.about == "First.\n\nSecond."
    assert [role.company for role in profile.roles] == ["Northgate Hospital", "Alder & Finch"]
    assert [notice.field for notice in read.notices] == ["about", "experience", "roles[1]"]


def test_a_page_without_empty_lines(read: Reader) -> None:
    page = "\n".join(line for line in f"{HEAD}Core Skills\nTriage\n{ROLE}".split("\n") if line)
    profile = read.one(page)
    assert (profile.name, profile.core_skills, profile.roles[0].company) == (
        "Ines Halvorsen",
        ("Triage",),
        "Northgate Hospital",
    )


def test_empty_sections_are_empty(read: Reader) -> None:
    headings = (
        "Key Highlights",
        "Contact",
        "Skills",
        "Core Skills",
        "Other Skills",
        "About",
        "Experience",
        "Education",
    )
    profile = read.one(HEAD + "\n\n".join(headings))
    assert (profile.highlights, profile.core_skills, profile.about, profile.roles) == ((), (), None, ())


def test_only_the_footer_is_no_profile(read: Reader) -> None:
    found = "Stackforce found 100+ more professionals with Triage & Care"
    rejected = read.rejected(f"{found}\n\nExplore similar profiles based on matching skills\n")
    assert rejected.reason == "nothing of a person stands on this page; give the whole page as text"


def test_the_footer_parts_the_first_two_core_skills(read: Reader) -> None:
    footer = "Stackforce found 7 more professionals with zorp wibble & quax thrum\n"
    page = f"{HEAD}Core Skills\n\nzorp wibblequax thrumTriage\n\n{footer}"
    assert read.one(page).core_skills == ("zorp wibble", "quax thrum", "Triage")


def test_years_are_the_union_of_the_roles_where_the_page_states_none(read: Reader) -> None:
    # May 2019 to June 2021 is 25 months
    page = f"Ines Halvorsen\n\nNurse Manager\n\nOslo, Norway\n\nCore Skills\n\nTriage\n\n{ROLE}"
    assert read.one(page).years_of_experience == 2


def test_a_page_cut_in_the_middle_keeps_what_stands(read: Reader) -> None:
    page = HEAD + ROLE
    profile = read.one(page[: page.index("2 yrs 1 mo") + 5])
    assert [(role.company, role.title, role.start, role.end) for role in profile.roles] == [
        ("Northgate Hospital", "Nurse Manager", "2019-05", "2021-06")
    ]


def test_an_end_before_its_start_is_kept_and_told_of(read: Reader) -> None:
    page = HEAD + ROLE.replace("May 2019Jun 2021", "Jun 2021May 2019")
    role = read.one(page).roles[0]
    assert (role.start, role.end) == ("2021-06", "2019-05")
    assert [(notice.field, notice.message) for notice in read.notices] == [
        ("roles[0].end", "ends in 2019-05, before it begins in 2021-06; kept as read")
    ]
