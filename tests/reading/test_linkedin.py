"""LinkedIn exports of fictional people."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recommender.profile import Contact, Education, Role
from tests.reading.conftest import Reader
from tests.reading.files import zipped

PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers\n"
    'Ines,Halvorsen,,Storgata 1,May 1,Nurse Manager,"I run wards, at night.\nAnd by day.",Hospitals,0155,'
    '"Oslo, Norway",inesh,[PORTFOLIO:https://ines.example.org],\n'
)
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Northgate Hospital,Nurse Manager,"Ran a ward.\n• Taught bundles.",Oslo,May 2016,\n'
    "Northgate Hospital,Staff Nurse,,Oslo,2012,Apr 2016\n"
)
EXPORT: dict[str, str | bytes] = {
    "Profile.csv": PROFILE,
    "Positions.csv": POSITIONS,
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    'University of Elmsford,2008,2012,With honours,"Bachelor, Nursing",Choir\n',
    "Skills.csv": "Name\nTriage\nWound Care\nTriage\n",
    "Languages.csv": "Name,Proficiency\nNorwegian,Native\nEnglish,\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\nCPR,,Red Cross,Jan 2019,,77\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\n"
    "old@example.org,Yes,No,\nines@example.org,Yes,Yes,\n",
    "PhoneNumbers.csv": "Extension,Number,Type\n,+47 22 33 44 55,Mobile\n",
}


def test_every_field_of_an_export(read: Reader) -> None:
    profile = read.one(zipped(EXPORT))
    assert (profile.name, profile.title, profile.location) == ("Ines Halvorsen", "Nurse Manager", "Oslo, Norway")
    assert profile.about == "I run wards, at night.\nAnd by day."
    assert profile.roles == (
        Role(company="Northgate Hospital", title="Nurse Manager", start="2016-05", location="Oslo",
             bullets=("Ran a ward.", "Taught bundles.")),
        Role(company="Northgate Hospital", title="Staff Nurse", start="2012", end="2016-04", location="Oslo"),
    )  # fmt: skip
    assert profile.education == (
        Education(school="University of Elmsford", degree="Bachelor", field="Nursing", start="2008", end="2012"),
    )
    assert profile.other_skills == ("Triage", "Wound Care")
    assert (profile.languages, profile.certifications) == (("Norwegian (Native)", "English"), ("CPR",))
    assert read.notices == []


def test_contact_is_held_apart_and_the_rest_is_kept(read: Reader) -> None:
    profile = read.one(zipped(EXPORT))
    assert profile.contact == Contact(
        emails=("ines@example.org", "old@example.org"),
        phones=("+47 22 33 44 55",),
        links=("https://ines.example.org",),
        address="Storgata 1, 0155",
        extras={"Birth Date": "May 1", "Twitter Handles": "inesh", "Websites": "[PORTFOLIO:https://ines.example.org]"},
    )
    kept = profile.extras["linkedin"]
    assert kept["Industry"] == "Hospitals"
    assert kept["education details"] == [{"Notes": "With honours", "Activities": "Choir"}]
    assert kept["certifications details"][0]["Authority"] == "Red Cross"
    assert "example.org" not in str(profile.extras)


def test_files_in_a_folder_with_notes_above_the_header(read: Reader) -> None:
    notes = 'Notes:\n"Exported, with care"\n\n'
    profile = read.one(zipped({f"Complete_Export/{name}": notes + str(text) for name, text in EXPORT.items()}))
    assert profile.roles == read.one(zipped(EXPORT)).roles


def test_other_sections_are_kept_and_strange_files_told_of(read: Reader) -> None:
    more: dict[str, str | bytes] = {
        "Projects.csv": "Title\nA quieter ward\n",
        "messages.csv": "FROM\nx\n",
        "Connections.csv": "",
    }
    profile = read.one(zipped({**EXPORT, **more}))
    assert profile.extras["linkedin"]["projects"] == [{"Title": "A quieter ward"}]
    assert [notice.message for notice in read.notices] == [
        "2 files of the export are not about the profile and were not read: messages.csv, Connections.csv"
    ]


def test_a_date_that_is_none_is_told_of(read: Reader) -> None:
    profile = read.one(zipped({"Positions.csv": POSITIONS.replace("May 2016", "some day")}))
    assert profile.roles[0].start is None
    assert [(notice.field, notice.message) for notice in read.notices] == [
        ("roles[0].start", "'some day' is no date of the form YYYY-MM or YYYY; left empty")
    ]


def test_an_export_of_nothing_is_rejected(read: Reader) -> None:
    assert read.rejected(zipped({"Profile.csv": "First Name,Last Name\n"})).reason.startswith("no profile, positions")


def test_a_bomb_is_rejected_unread(read: Reader) -> None:
    bomb = zipped({"Profile.csv": b"0" * 70_000_000})
    assert "would unpack to 70,000,000 bytes" in read.rejected(bomb).reason


def test_an_archive_cut_in_the_middle_is_rejected(read: Reader) -> None:
    assert read.rejected(zipped(EXPORT)[:300]).reason.startswith("this is a broken ZIP")


def test_one_broken_file_costs_that_file_alone(read: Reader) -> None:
    content = bytearray(zipped({"Profile.csv": PROFILE, "Skills.csv": "Name\n" + "Triage\n" * 200}))
    at = content.index(b"Skills.csv") + len(b"Skills.csv")
    content[at + 2 : at + 6] = b"\xff\xff\xff\xff"
    profile = read.one(bytes(content))
    assert (profile.name, profile.other_skills) == ("Ines Halvorsen", ())
    assert [notice.place for notice in read.notices] == ["Skills.csv"]


PROFILE_ROWS = "First Name,Last Name,Headline,Summary\nInes,Halvorsen,Nurse Manager,I run wards.\n"
POSITION_ROWS = (
    "Company Name,Title,Description,Started On,Finished On\nNorthgate,Nurse,• Ran a ward.   • Taught.,May 2016,\n"
)


@pytest.mark.parametrize(
    "packed",
    [
        lambda text: text,
        lambda text: text.replace(",", ";"),
        lambda text: "sep=;\n" + text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: "Notes:\n\n" + text,
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
    ],
    ids=["as it is", "semicolons", "sep", "tabs", "notes", "UTF-16", "Windows"],
)
def test_an_export_resaved_by_a_spreadsheet_is_read_alike(read: Reader, packed: Callable[[str], str | bytes]) -> None:
    members = {
        "Profile.csv": packed(PROFILE_ROWS),
        "Positions.csv": packed(POSITION_ROWS),
        "Skills.csv": "Name\nTriage\n",
    }
    profile = read.one(zipped({**members, "__MACOSX/._Profile.csv": b"\0\5\x16\7"}))
    assert (profile.name, profile.title, profile.about) == ("Ines Halvorsen", "Nurse Manager", "I run wards.")
    assert profile.roles == (
        Role(company="Northgate", title="Nurse", start="2016-05", bullets=("Ran a ward.", "Taught.")),
    )
    assert profile.other_skills == ("Triage",)


def test_a_position_whose_end_cannot_be_read_is_over(read: Reader) -> None:
    profile = read.one(zipped({"Positions.csv": POSITION_ROWS.replace("May 2016,", "May 2016,after the fire")}))
    assert (profile.roles[0].start, profile.roles[0].end) == ("2016-05", "2016-05")
    assert [notice.field for notice in read.notices] == ["roles[0].end"]
