"""The small parts of the readers, each against answers known by construction."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.decoding.archives import fault_of
from recommender.limits import Limits
from recommender.profile import Contact, Education
from recommender.reading.changes import changed, differences, same
from recommender.reading.checks import legible
from recommender.reading.page.header import split_badges
from recommender.reading.page.skills import is_tag_line
from recommender.reading.page.skills import split_items as split_page_items
from recommender.reading.resume.education import read_education
from recommender.reading.resume.head import read_top
from recommender.reading.resume.heading_kinds import kind_of
from recommender.reading.resume.jobs.running_text.headline import split_headline
from recommender.reading.resume.jobs.running_text.heads import read_head
from recommender.reading.resume.sections import split_resume
from recommender.reading.resume.skills import read_skills, split_items
from recommender.reading.text.contact import find_contact, merge, without_contact
from recommender.reading.text.lines import lines_of
from recommender.reading.text.titles import is_title
from tests.reading.files import zipped

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(0, 1) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(old=_JSON, new=_JSON)
def test_differences_make_the_new_of_the_old(old: object, new: object) -> None:
    assert same(changed(old, differences(old, new)), new)


def test_a_change_is_not_made_where_the_old_no_longer_stands() -> None:
    changes = differences({"a": 1, "b": 2}, {"a": 7})
    assert changed({"a": 1, "b": 2}, changes) == {"a": 7}
    assert changed({"a": 5, "b": 2}, changes) == {"a": 5}
    assert changed({"a": 5, "b": 3}, changes) == {"a": 5, "b": 3}


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), ([0], [False]), ({"a": 1}, {"a": True})])
def test_values_of_other_kinds_are_not_the_same(one: object, other: object) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("written", "date", "message"),
    [
        ("2019-05", "2019-05", 0),
        ("2019-05-31", "2019-05", 0),
        ("2019-05-31T10:00:00Z", "2019-05", 0),
        ("2019-06-31", "2019-06", 1),
        ("2000-02-29", "2000-02", 0),
        ("1900-02-29", "1900-02", 1),
        ("2019-00", "2019", 1),
        (2019, "2019", 0),
        (None, None, 0),
        ("yesterday", None, 1),
    ],
)
def test_legible_dates(written: object, date: str | None, message: int) -> None:
    messages: list[tuple[str, str]] = []
    assert legible(written, "start", lambda field, message: messages.append((field, message))) == date
    assert [field for field, _ in messages] == ["start"] * message


def test_contact_details_are_found_once_each() -> None:
    text = (
        "li@example.org, (555) 010-2030 or +44 20 7946 0958; https://li.example.org/me. github.com/liwen li@example.org"
    )
    assert find_contact(text) == Contact(
        emails=("li@example.org",),
        phones=("(555) 010-2030", "+44 20 7946 0958"),
        links=("https://li.example.org/me", "github.com/liwen"),
    )


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("li.wen+cv@mail.example.org.", Contact(emails=("li.wen+cv@mail.example.org",))),
        ("jürgen@müller-werke.de", Contact(emails=("jürgen@müller-werke.de",))),
        ("li [at] example [dot] org", Contact(emails=("li@example.org",))),
        ("0170/5550123", Contact(phones=("0170/5550123",))),
        ("0049 170 5550123", Contact(phones=("0049 170 5550123",))),
        ("+44 (0)20 7946 0958", Contact(phones=("+44 (0)20 7946 0958",))),
        ("+33.6.12.34.56.78", Contact(phones=("+33.6.12.34.56.78",))),
        ("Tel.: 555 0100", Contact(phones=("555 0100",))),
        ("(see www.liwen.example/cv).", Contact(links=("www.liwen.example/cv",))),
        ("liwen.github.io", Contact(links=("liwen.github.io",))),
        ("xing.com/profile/LiWen", Contact(links=("xing.com/profile/LiWen",))),
        ("Portfolio: liwen.com", Contact(links=("liwen.com",))),
        ("Telegram: @liwen", Contact(links=("Telegram: @liwen",))),
    ],
)
def test_contact_details_however_they_are_written(text: str, contact: Contact) -> None:
    assert find_contact(text) == contact


@pytest.mark.parametrize(
    "text",
    ["2016 - 2018", "12,345 units", "version 1.2.3", "2019-05-31", "90% of 1,000,000", "a @ b", "10 000 000 users",
     "1990 2000 2010", "192.168.100.123", "+20 000 000 downloads"],
)  # fmt: skip
def test_numbers_that_are_no_contact(text: str) -> None:
    assert find_contact(text) is None


def test_contacts_merge_and_leave_the_text() -> None:
    one, other = Contact(emails=("a@b.org",), address="here"), Contact(emails=("a@b.org", "c@d.org"), address="there")
    assert merge(one, other) == Contact(emails=("a@b.org", "c@d.org"), address="here")
    assert merge(None, one) == one
    assert without_contact("Storgata 1 | a@b.org") == "Storgata 1"


@pytest.mark.parametrize(
    ("text", "badges"),
    [
        ("Most Likely To Switch", ["Most Likely To Switch"]),
        ("Most Likely To SwitchOpen To Work", ["Most Likely To Switch", "Open To Work"]),
        ("LinkedIn Top Voice", ["LinkedIn Top Voice"]),
        ("", []),
    ],
)
def test_badges_are_cut_where_they_are_glued(text: str, badges: list[str]) -> None:
    assert split_badges(text) == badges


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("triagePatient Care", True),
        ("Patient Care", True),
        ("KafkaPostgreSQLPatient CareNursing Leadership", True),
        ("triage · Patient Care", True),
        ("I gave Patient Care", False),
        ("Gave patients care.", False),
        ("triage", False),
        ("a sentence that ends with Nursing Leadership", False),
    ],
)
def test_tag_lines(text: str, tags: bool) -> None:
    assert is_tag_line(text, "Patient CareNursing Leadership", "woundsKafka") == tags


def test_lists_that_part_themselves() -> None:
    assert split_page_items("TIG, MIG, Forklift driving") == ["TIG", "MIG", "Forklift driving"]
    assert split_page_items("CI/CDKafka, too") == ["CI/CDKafka, too"]
    assert split_page_items("a • b|c") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("WORK EXPERIENCE", "experience"),
        ("Employment History:", "experience"),
        ("— Education & Training —", "education"),
        ("Key Skills", "skills"),
        ("Licenses and Certifications", "certifications"),
        ("Professional Summary", "summary"),
        ("Hobbies", "other"),
        ("Experience with Java", None),
        ("", None),
    ],
)
def test_headings_in_many_spellings(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


@given(st.lists(st.sampled_from(["Experience", "Skills: a, b", "x", "", "EDUCATION", "Groups Choir", "words go on"])))
def test_sections_cover_the_text_without_gaps(lines: list[str]) -> None:
    text = "\n".join(lines)
    sections = split_resume(text)
    assert sections[0].begin == 0
    assert sections[-1].end == len(text)
    for before, after in pairwise(sections):
        assert before.end == after.at
        assert after.begin == after.at + len(text[after.at : after.begin])


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("TIG, MIG; Forklift", ["TIG", "MIG", "Forklift"]),
        ("Java (Spring, Hibernate), SQL", ["Java (Spring, Hibernate)", "SQL"]),
        ("TIG (5 years), MIG - 3 years", ["TIG", "MIG"]),
        ("C++, C#, .NET", ["C++", "C#", ".NET"]),
        ("Triage and care, and tea", ["Triage and care", "tea"]),
    ],
)
def test_items_of_a_list(text: str, items: list[str]) -> None:
    assert split_items(text) == items


def test_a_skill_section_of_lists_and_prose() -> None:
    skills, prose = read_skills(
        "Tools: TIG, MIG\n• Forklift\nI also weld under water when the weather allows it, gladly."
    )
    assert skills == ["TIG", "MIG", "Forklift"]
    assert prose == ["Tools: TIG, MIG", "I also weld under water when the weather allows it, gladly."]


@pytest.mark.parametrize(
    ("line", "course"),
    [
        ("Bachelor of Science in Nursing University of Elmsford - Elmsford, NY 2009 to 2014",
         ("University of Elmsford", "Bachelor of Science", "Nursing", "2009", "2014")),
        ("Diploma in Welding Halden Institute", ("Halden Institute", "Diploma", "Welding", None, None)),
        ("MBA, Colorado State University, 2010", ("Colorado State University", "MBA", None, None, "2010")),
        ("High school diploma Bryant High School", ("Bryant High School", "High school diploma", None, None, None)),
        ("Northgate College 2004", ("Northgate College", None, None, None, "2004")),
    ],
)  # fmt: skip
def test_courses_of_study(line: str, course: tuple[str | None, ...]) -> None:
    school, degree, field, start, end = course
    assert read_education(line) == ([Education(school=school, degree=degree, field=field, start=start, end=end)], [])


def test_a_line_of_no_course() -> None:
    assert read_education("I like tea") == ([], ["I like tea"])


def test_the_top_of_a_resume() -> None:
    top = read_top("Jean-Luc Ferrand\nHead Chef\nLyon, France | jl@example.org\nI cook.")
    assert (top.name, top.title, top.location, top.rest) == ("Jean-Luc Ferrand", "Head Chef", "Lyon, France", "I cook.")


@pytest.mark.parametrize(
    ("line", "title", "location", "rest"),
    [
        ("Web Developer Elmsford, NY I build.", "Web Developer", "Elmsford, NY", "I build."),
        ("Cook - The Orchard New York, NY", "Cook", "New York, NY", "Cook - The Orchard New York, NY"),
        ("Elmsford, NY Looking for work.", None, "Elmsford, NY", "Looking for work."),
        ("I have lived in many towns, most of them in Elmsford, NY", None, None,
         "I have lived in many towns, most of them in Elmsford, NY"),
    ],
)  # fmt: skip
def test_headlines(line: str, title: str | None, location: str | None, rest: str) -> None:
    assert split_headline(line) == (title, location, rest)


@pytest.mark.parametrize(
    ("text", "title", "company", "location"),
    [
        ("Pipe Welder Alder & Finch - Newark, NJ ", "Pipe Welder", "Alder & Finch", "Newark, NJ"),
        ("kept the log well. Cook The Orchard ", "Cook", "The Orchard", None),
        ("SR. SYSTEM ADMINISTRATOR AVALON ", "SR. SYSTEM ADMINISTRATOR", "AVALON", None),
        ("Manager, Client Care Northgate Inc - Leeds ", "Manager, Client Care", "Northgate Inc", "Leeds"),
        ("Engineer II (Contractor) Quietriver LLC ", "Engineer II (Contractor)", "Quietriver LLC", None),
        ("Web Developer Intern SkyHarbor ", "Web Developer Intern", "SkyHarbor", None),
        ("Java Developer Tempe, AZ ", "Java Developer", None, "Tempe, AZ"),
        ("Engineer & Founder Marlow Consulting Group ", "Engineer & Founder", "Marlow Consulting Group", None),
    ],
)  # fmt: skip
def test_heads_in_running_text(text: str, title: str, company: str | None, location: str | None) -> None:
    head = read_head(text, 0, len(text))
    assert head is not None
    assert (head.title, head.company, head.location) == (title, company, location)


@pytest.mark.parametrize("title", ["Nurse", "Head Chef", "Sr. Java Developer", "Director of Care", "Cook/Dishwasher"])
def test_titles(title: str) -> None:
    assert is_title(title)


@pytest.mark.parametrize("words", ["Northgate Hospital", "Leeds, England", "I like tea very much", ""])
def test_what_is_no_title(words: str) -> None:
    assert not is_title(words)


def test_lines_know_their_number_bullet_and_the_empty_line_before() -> None:
    lines = lines_of("a\n\n  • b\n- c\n-d\n\n\no  e")
    assert [(line.number, line.text, line.bullet, line.first) for line in lines] == [
        (1, "a", False, True),
        (3, "b", True, True),
        (4, "c", True, False),
        (5, "-d", False, False),
        (8, "e", True, True),
    ]


def test_archives_that_are_fit_to_unpack() -> None:
    with zipfile.ZipFile(BytesIO(zipped({"a.csv": "Name\n" * 9}))) as archive:
        assert fault_of(archive, Limits()) is None
    with zipfile.ZipFile(BytesIO(zipped({"a.csv": b"0" * 9_000_000}))) as archive:
        assert (
            fault_of(archive, Limits()) == "'a.csv' would unpack to 9,000,000 bytes; an archive like that is not read"
        )
    with zipfile.ZipFile(BytesIO(zipped({str(number): "" for number in range(10_001)}))) as archive:
        assert fault_of(archive, Limits()) == "the archive has 10,001 members; more than 10,000 are not read"
