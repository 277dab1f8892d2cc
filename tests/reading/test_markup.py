"""HTML, Europass XML, RTF, vCard and YAML of fictional people."""

from __future__ import annotations

import json
import time

import pytest

from recommender.profile import Profile, Role
from tests.reading.conftest import Reader

JOB = Role(company="Northgate Hospital", title="Nurse Manager", start="2016-05", bullets=("Ran a ward.",))


def assert_sound(profile: Profile) -> None:
    assert (profile.name, profile.title) == ("Ines Halvorsen", "Nurse Manager")
    [role] = profile.roles
    assert (role.company, role.title, role.start, role.end) == (JOB.company, JOB.title, JOB.start, None)


BODY = (
    "<h1>Ines <span>Halvorsen</span></h1><p>Nurse Manager</p><p hidden>Kubernetes</p><h2>Experience</h2>"
    '<h3>Nurse Manager, Northgate Hospital</h3><p><time datetime="2016-05">May 2016</time> – <abbr>Present</abbr></p>'
    '<ul><li>Ran a <b>ward</b>.</li></ul><p style="display: none">Docker</p><h2>Skills</h2><ul><li>Triage<li>Rota</ul>'
)


@pytest.mark.parametrize(
    "page",
    [
        f"<!doctype html><html><head><title>x</title><style>p{{}}</style></head><body>{BODY}</body></html>",
        f'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{BODY}</body></html>',
        f"<HTML><BODY>{BODY}<script>var a = '</p>';</script>",
        f"<div>{BODY}</div>",
    ],
    ids=["HTML", "XHTML", "unclosed", "part of a page"],
)
def test_a_page_of_html_is_read_as_it_is_seen(read: Reader, page: str) -> None:
    profile = read.one(page)
    assert_sound(profile)
    assert profile.roles[0].bullets == ("Ran a ward.",)
    assert profile.other_skills == ("Triage", "Rota")
    assert "Kubernetes" not in str(profile)
    assert "Docker" not in str(profile)
    assert read.notices == []


def test_what_a_page_says_to_machines_fills_what_it_does_not_show(read: Reader) -> None:
    person = {
        "@context": "https://schema.org", "@type": "Person", "name": "Ines Halvorsen", "jobTitle": "Nurse Manager",
        "worksFor": {"@type": "Organization", "name": "Northgate Hospital"}, "alumniOf": [{"name": "Elmsford"}],
        "knowsAbout": ["Triage"], "address": {"addressLocality": "Leeds", "addressCountry": "England"},
        "email": "mailto:ines@example.org",
    }  # fmt: skip
    for value in (
        person,
        [person],
        {"@graph": [{"@type": "WebSite"}, person]},
        {"@type": "ProfilePage", "mainEntity": person},
    ):
        script = f'<script type="application/ld+json">{json.dumps(value)}</script>'
        profile = read.one(f"<html><head>{script}</head><body><p>Hello, I run wards.</p></body></html>")
        assert (profile.name, profile.title, profile.location) == ("Ines Halvorsen", "Nurse Manager", "Leeds, England")
        assert profile.roles == (Role(company="Northgate Hospital", title="Nurse Manager"),)
        assert profile.other_skills == ("Triage",)
        assert profile.contact is not None
        assert profile.contact.emails == ("ines@example.org",)


OLD = """<?xml version="1.0" encoding="UTF-8"?>
<e:SkillsPassport xmlns:e="http://europass.example"><e:LearnerInfo><e:Identification><e:PersonName><e:FirstName>Ines</e:FirstName>
<e:Surname>Halvorsen</e:Surname></e:PersonName><e:ContactInfo><e:Address><e:Contact><e:Municipality>Leeds</e:Municipality></e:Contact>
</e:Address><e:Email><e:Contact>ines@example.org</e:Contact></e:Email></e:ContactInfo></e:Identification>
<e:Headline><e:Description><e:Label>Nurse Manager</e:Label></e:Description></e:Headline>
<e:WorkExperienceList><e:WorkExperience><e:Period><e:From year="2016" month="--05" day="---01"/><e:Current>true</e:Current></e:Period>
<e:Position><e:Label>Nurse Manager</e:Label></e:Position><e:Activities>&lt;ul&gt;&lt;li&gt;Ran a ward.&lt;/li&gt;&lt;/ul&gt;</e:Activities>
<e:Employer><e:Name>Northgate Hospital</e:Name></e:Employer></e:WorkExperience></e:WorkExperienceList>
<e:EducationList><e:Education><e:Period><e:From year="2008"/><e:To year="2012"/></e:Period><e:Title>BSc Nursing</e:Title>
<e:Organisation><e:Name>Elmsford</e:Name></e:Organisation></e:Education></e:EducationList>
<e:Skills><e:Linguistic><e:MotherTongueList><e:MotherTongue><e:Description><e:Label>Norwegian</e:Label></e:Description></e:MotherTongue>
</e:MotherTongueList></e:Linguistic></e:Skills></e:LearnerInfo></e:SkillsPassport>"""  # noqa: E501
NEW = """<?xml version="1.0"?><Candidate xmlns="http://www.europass.example/Candidate" xmlns:o="oa"><CandidatePerson><PersonName>
<o:GivenName>Ines</o:GivenName><o:FamilyName>Halvorsen</o:FamilyName></PersonName><Communication><ChannelCode>Email</ChannelCode>
<o:URI>ines@example.org</o:URI></Communication></CandidatePerson><CandidateProfile><ExecutiveSummary>I run wards.</ExecutiveSummary>
<EmploymentHistory><EmployerHistory><OrganizationName>Northgate Hospital</OrganizationName><PositionHistory>
<PositionTitle>Nurse Manager</PositionTitle><EmploymentPeriod><StartDate><FormattedDateTime>2016-05-01</FormattedDateTime></StartDate>
<CurrentIndicator>true</CurrentIndicator></EmploymentPeriod><Description>Ran a ward.</Description></PositionHistory></EmployerHistory>
</EmploymentHistory><EducationHistory><EducationOrganizationAttendance><OrganizationName>Elmsford</OrganizationName><AttendancePeriod>
<StartDate><FormattedDateTime>2008</FormattedDateTime></StartDate><EndDate><FormattedDateTime>2012</FormattedDateTime></EndDate>
</AttendancePeriod><EducationDegree><DegreeName>BSc Nursing</DegreeName></EducationDegree></EducationOrganizationAttendance>
</EducationHistory></CandidateProfile></Candidate>"""  # noqa: E501


@pytest.mark.parametrize("text", [OLD, NEW], ids=["old", "new"])
def test_europass_in_xml(read: Reader, text: str) -> None:
    profile = read.one(text)
    [role] = profile.roles
    assert (profile.name, role) == ("Ines Halvorsen", JOB)
    [course] = profile.education
    assert (course.school, course.degree, course.start, course.end) == ("Elmsford", "BSc Nursing", "2008", "2012")
    assert profile.contact is not None
    assert profile.contact.emails == ("ines@example.org",)


def test_xml_of_something_else_is_refused_by_its_name(read: Reader) -> None:
    assert "XML of <invoice>" in read.rejected('<?xml version="1.0"?><invoice><total>3</total></invoice>').reason
    assert "the XML is broken" in read.rejected('<?xml version="1.0"?><Candidate><a>').reason


def test_entities_of_xml_are_not_expanded_and_nothing_outside_is_read(read: Reader) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE Candidate [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    text = f"{bomb}<Candidate><PersonName><FirstName>Ines&a;&b;</FirstName></PersonName></Candidate>"
    assert read.one(text, "xml").name == "Ines"


RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator Kiln;}{\info{\author Nobody}}"
    r"\f0\fs28 Ines \b Halv\b0 orsen\par Nurse Manager\par H\'f4pital, \u201?\'93quoted\'94\par Experience\line "
    r"Nurse Manager, Northgate Hospital\tab May 2016 \endash  Present\par{\v Kubernetes}{\deleted Docker}"
    r" {\pntext\f1\'B7\tab}Ran a ward.\par}"
)  # fmt: skip


def test_the_text_of_an_rtf(read: Reader) -> None:
    profile = read.one(RTF)
    assert_sound(profile)
    assert profile.roles[0].bullets == ("Ran a ward.",)
    for unseen in ("Kubernetes", "Docker", "Arial", "Nobody", "Kiln"):
        assert unseen not in str(profile)


CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Halvorsen;Ines;;;\r\nFN:{}\r\nORG:Northgate Hospital;Ward 3\r\n"
    "TITLE:Nurse\r\n  Manager\r\n"
    "item1.EMAIL;TYPE=WORK:ines@example.org\r\nTEL;TYPE=CELL:+47 22\r\nADR;TYPE=HOME:;;Storgata 1;Oslo;;0155;Norway\r\n"
    "NOTE:Runs wards\\, by night.\r\nEND:VCARD\r\n"
)


def test_cards_are_a_person_each(read: Reader) -> None:
    first, second = read(CARD.format("Ines Halvorsen") + CARD.format("") + "\r\n")
    for profile in (first, second):
        assert isinstance(profile, Profile)
        assert (profile.name, profile.title) == ("Ines Halvorsen", "Nurse Manager")
        assert profile.roles == (Role(company="Northgate Hospital", title="Nurse Manager"),)
        assert (profile.location, profile.about) == ("Oslo, Norway", "Runs wards, by night.")
        assert profile.contact is not None
        assert (profile.contact.emails, profile.contact.address) == (("ines@example.org",), "Storgata 1")


@pytest.mark.parametrize(
    ("lines", "unread"),
    [
        ("NICKNAME:Ini\r\nBDAY:1980-01-01\r\n", ["BDAY, NICKNAME, units of ORG"]),
        ("X-SKILL:Triage\r\nPHOTO:\r\n", ["X-SKILL, units of ORG"]),
        ("ROLE:Ward lead\r\n", ["ROLE, units of ORG"]),
        ("TITLE:Midwife\r\nNOTE:Sings.\r\n", ["NOTE, TITLE, units of ORG"]),
        ("REV:20260101\r\nUID:7\r\nEMAIL:ines@home.example\r\n", ["units of ORG"]),
    ],
)
def test_what_of_a_card_has_no_place_is_said(read: Reader, lines: str, unread: list[str]) -> None:
    profile = read.one(CARD.format("Ines Halvorsen").replace("NOTE:", f"{lines}NOTE:", 1))
    assert profile.title == "Nurse Manager"
    said = [(notice.place, notice.message.partition(": not read; ")[0]) for notice in read.notices]
    assert [one for one in said if one[0] == "card 1"] == [("card 1", named) for named in unread]
    assert profile.contact is not None
    assert ("ines@home.example" in str(profile.contact)) == ("EMAIL" in lines)


YAML = """# mine
basics:
  name: Ines Halvorsen
  label: Nurse Manager
work:
  - name: Northgate Hospital
    position: Nurse Manager
    startDate: 2016-05-01
    highlights: [Ran a ward.]
"""
RENDERCV = """cv:
  name: Ines Halvorsen
  label: Nurse Manager
  sections:
    experience:
      - company: Northgate Hospital
        position: Nurse Manager
        start_date: 2016-05
        end_date: present
        highlights:
          - Ran a ward.
design:
  theme: classic
"""


@pytest.mark.parametrize("text", [YAML, RENDERCV, "---\n" + YAML], ids=["JSON Resume", "RenderCV", "marked"])
def test_resumes_in_yaml(read: Reader, text: str) -> None:
    profile = read.one(text)
    assert_sound(profile)
    assert profile.roles == (JOB,)


def test_yaml_that_refers_to_itself_is_refused(read: Reader) -> None:
    assert "refers to parts of itself" in read.rejected("basics: &a\n  name: Ines\nwork: [*a, *a]\n", "yaml").reason
    assert "the YAML is broken" in read.rejected("basics: [\n", "yaml").reason


@pytest.mark.parametrize("kind", ["html", "xml", "rtf", "vcard", "yaml", "csv", "text"])
@pytest.mark.parametrize(
    "unit", ["<!--", "<style>", "<p ", "{", "\\", "- a: [", "a;", '"', "BEGIN:VCARD\n", "<a>", "&a;", "a\n"]
)
def test_a_megabyte_of_anything_takes_no_more_than_two_seconds(read: Reader, kind: str, unit: str) -> None:
    start = time.process_time()
    assert read(unit * (1_000_000 // len(unit)), kind)
    assert time.process_time() - start < 8  # what decodes is bounded by its own limit, 4 s
