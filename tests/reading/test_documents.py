"""PDF and DOCX files, made here, of fictional people."""

from __future__ import annotations

import pytest

from tests.reading.conftest import Reader
from tests.reading.files import docx, lines_pdf, pdf, zipped
from tests.reading.people import person
from tests.reading.rendering import render_page

RESUME = [
    "Ines Halvorsen",
    "Nurse Manager",
    "Leeds, England | ines@example.org",
    "Summary",
    "I run wards.",
    "Experience",
    "Nurse Manager, Northgate Hospital",
    "May 2016 - Present",
    "• Ran a ward of 28 beds.",
    "• Taught sepsis bundles.",
    "Education",
    "Bachelor of Science in Nursing, University of Elmsford, 2012",
]


@pytest.mark.parametrize("made", ["pdf", "docx"])
def test_a_resume_in_a_document_reads_like_its_text(read: Reader, made: str) -> None:
    plain = [line.replace("• ", "- ") for line in RESUME] if made == "pdf" else RESUME
    content = lines_pdf(plain) if made == "pdf" else docx(RESUME)
    assert read.one(content) == read.one("\n".join(plain), "text")
    profile = read.one(content)
    assert (profile.name, profile.title, profile.roles[0].company) == (
        "Ines Halvorsen",
        "Nurse Manager",
        "Northgate Hospital",
    )
    assert profile.roles[0].bullets == ("Ran a ward of 28 beds.", "Taught sepsis bundles.")


def test_a_profile_page_in_a_docx_is_read_as_a_page(read: Reader) -> None:
    before = person(3)
    page = render_page(before)
    after = read.one(docx([line.strip() for line in page.split("\n")]))
    assert (after.name, after.location, after.years_of_experience) == (
        before.name, before.location, before.years_of_experience,
    )  # fmt: skip
    assert [role.title for role in after.roles] == [role.title for role in before.roles]


def test_two_columns_are_read_one_after_the_other(read: Reader) -> None:
    left = ["Skills", *(f"Trade number {number}" for number in range(1, 12))]
    right = [
        "Experience",
        "Nurse Manager, Northgate Hospital",
        "May 2016 - Present",
        *(f"Did thing {n}." for n in range(9)),
    ]
    words = [(50.0, 60 + 14.0 * row, text) for row, text in enumerate(left)]
    words += [(320.0, 60 + 14.0 * row, text) for row, text in enumerate(right)]
    profile = read.one(pdf([words]))
    assert profile.other_skills == tuple(left[1:])
    [role] = profile.roles
    assert (role.company, len(role.bullets)) == ("Northgate Hospital", 9)


def test_tables_and_headers_of_a_docx_are_read(read: Reader) -> None:
    content = docx(
        ["Experience", ("Nurse Manager, Northgate Hospital", "May 2016 - Present"), "• Ran a ward."],
        header="ines@example.org",
    )
    profile = read.one(content)
    assert profile.contact is not None
    assert profile.contact.emails == ("ines@example.org",)
    assert [(role.title, role.company, role.start) for role in profile.roles] == [
        ("Nurse Manager", "Northgate Hospital", "2016-05")
    ]


def test_an_encrypted_pdf_is_rejected(read: Reader) -> None:
    content = pdf([[(72, 72, "secret")]], encrypted=True)
    assert read.rejected(content).reason == "the PDF is encrypted; give it without a password"


def test_a_pdf_without_text_is_rejected(read: Reader) -> None:
    assert "no text stands in this PDF" in read.rejected(pdf([[]])).reason


@pytest.mark.parametrize("keep", [12, 200, 400])
def test_a_pdf_cut_in_the_middle_is_rejected_or_read(read: Reader, keep: int) -> None:
    [outcome] = read(lines_pdf([line.replace("• ", "- ") for line in RESUME])[:keep])
    assert "PDF" in outcome.reason  # type: ignore[union-attr]


def test_pages_beyond_the_limit_are_told_of(read: Reader) -> None:
    profile = read.one(pdf([[(72, 72, f"I weld on page {number}.")] for number in range(1, 43)]))
    assert profile.about is not None
    assert "page 40." in profile.about
    assert "page 41." not in profile.about
    first = read.notices[0]
    assert (first.place, first.message) == ("page 41", "only the first 40 pages were read (limits.pdf_pages)")


def test_a_docx_that_is_broken_is_rejected(read: Reader) -> None:
    content = zipped({"word/document.xml": "<not xml", "[Content_Types].xml": "<Types/>"})
    assert "the DOCX is broken" in read.rejected(content).reason


def test_a_docx_that_would_unpack_to_very_much_is_rejected(read: Reader) -> None:
    content = zipped({"word/document.xml": b"\0" * 80_000_000})
    assert "would unpack to 80,000,000 bytes" in read.rejected(content).reason
