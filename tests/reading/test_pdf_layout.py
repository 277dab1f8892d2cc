"""PDF pages laid out as people and programs do: read in order, made here of fictional people."""

from __future__ import annotations

import pytest

from recommender.profile import Profile
from tests.reading.conftest import Reader
from tests.reading.files import _with_table, pdf

Words = list[tuple[float, float, str]]


def drawn(*pages: str) -> bytes:
    """A PDF of pages with these operators; fonts: F1 Helvetica, F2 one that does not say which letters it draws."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    mute = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<<>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"{mute}/FirstChar 1/LastChar 2/Widths[5 5]/Encoding<</Type/Encoding/Differences[1/g1/g2]>>>>".encode(),
    ]
    for number, operators in enumerate(pages):
        fonts = "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {6 + 2 * number} 0 R{fonts}>>"
        bodies += [
            page.encode(),
            b"<</Length %d>>stream\n%s\nendstream" % (len(operators), operators.encode("latin-1")),
        ]
    return _with_table(bodies, b"")


def column(x: float, y: float, *lines: str) -> Words:
    return [(x, y + 14.0 * row, line) for row, line in enumerate(lines) if line]


SIDE = ("Contact", "ines@example.org", "Skills", "Triage", "Rota Planning", "Languages", "Norwegian", "English")
MAIN = (
    "Experience", "Nurse Manager, Northgate Hospital", "May 2016 - Present", "- Ran a ward of 28 beds.",
    "- Cut falls by a third.", "Staff Nurse, Elmsford Clinic", "2012 - Apr 2016", "- Dressed wounds.",
)  # fmt: skip
BAND = "Ines Halvorsen, who has run wards by day and by night in three counties of England since 2012"


def assert_sound(profile: Profile) -> None:
    assert [(role.title, role.company, role.start, role.end, role.bullets) for role in profile.roles] == [
        ("Nurse Manager", "Northgate Hospital", "2016-05", None, ("Ran a ward of 28 beds.", "Cut falls by a third.")),
        ("Staff Nurse", "Elmsford Clinic", "2012", "2016-04", ("Dressed wounds.",)),
    ]
    assert (profile.other_skills, profile.languages) == (("Triage", "Rota Planning"), ("Norwegian", "English"))


@pytest.mark.parametrize("off", [0.0, 5.0], ids=["on one grid", "off the grid"])
@pytest.mark.parametrize(("side", "main"), [(50, 220), (420, 50)], ids=["left", "right"])
def test_columns_below_a_band_that_goes_across_them(read: Reader, side: float, main: float, off: float) -> None:
    page = [(50.0, 40.0, BAND), *column(side, 80 + off, *SIDE), *column(main, 80, *MAIN)]
    assert_sound(read.one(pdf([page])))


def test_what_follows_columns_across_the_page_is_read_after_them(read: Reader) -> None:
    below = column(
        50,
        260,
        "Education",
        "Bachelor of Science in Nursing, which took all of four years, University of Elmsford, 2012",
    )
    profile = read.one(pdf([[*column(50, 80, *SIDE), *column(220, 80, *MAIN), *below]]))
    assert_sound(profile)
    assert [course.end for course in profile.education] == ["2012"]


def test_dates_at_the_right_edge_are_no_column(read: Reader) -> None:
    lines = ("Experience", "Nurse Manager, Northgate Hospital", "- Ran a ward.", "Staff Nurse, Elmsford Clinic",
             "- Dressed.", "Care Assistant, Harbour Home", "- Cooked.", "Porter, Harbour Home", "- Carried.",
             "Cook, Kiln Cafe")  # fmt: skip
    dates = ("", "May 2016 - Present", "", "2012 - 2016", "", "2010 - 2012", "", "2009 - 2010", "", "2007 - 2009")
    profile = read.one(pdf([[*column(50, 80, *lines), *column(450, 80, *dates)]]))
    assert [(role.company, role.start) for role in profile.roles] == [
        ("Northgate Hospital", "2016-05"), ("Elmsford Clinic", "2012"), ("Harbour Home", "2010"),
        ("Harbour Home", "2009"), ("Kiln Cafe", "2007"),
    ]  # fmt: skip


FORMER = ("Staff Nurse, Elmsford Clinic", "- Dressed.")


def test_dates_at_the_left_edge_belong_to_what_is_beside_them(read: Reader) -> None:
    dates = ("Experience", "May 2016 -", "Present", "", "2012 - 2016", "")
    lines = ("", "Nurse Manager, Northgate Hospital", "- Ran a ward.", "- Led.", *FORMER)
    profile = read.one(pdf([[*column(50, 80, *dates), *column(160, 80, *lines)]]))
    assert [(role.company, role.start, role.end, len(role.bullets)) for role in profile.roles] == [
        ("Northgate Hospital", "2016-05", None, 2), ("Elmsford Clinic", "2012", "2016", 1),
    ]  # fmt: skip


def test_dates_at_the_left_edge_of_a_page_that_is_full_otherwise(read: Reader) -> None:
    """Few dates among many lines that begin as far left, a date of two lines, and a list below."""
    above = ("Ines Halvorsen", "Nurse Manager", "Leeds, England", "Experience")
    left = ("May 2016 to December", "2019", "", "2012 - 2016", "", "Education", "2008 - 2012", "", "Skills")
    right = ("Northgate Hospital", "Nurse Manager", "- Ran a ward.", "Elmsford Clinic", "Staff Nurse", "",
             "Bachelor of Science, Nursing", "University of Elmsford")  # fmt: skip
    skills = ("Triage", "Rota Planning", "Dressing", "Mentoring", "Night Work", "Stores")
    page = [*column(50, 40, *above), *column(50, 96, *left), *column(230, 96, *right), *column(58, 222, *skills)]
    profile = read.one(pdf([page]))
    assert [(role.title, role.company, role.start, role.end) for role in profile.roles] == [
        ("Nurse Manager", "Northgate Hospital", "2016-05", "2019-12"),
        ("Staff Nurse", "Elmsford Clinic", "2012", "2016"),
    ]  # fmt: skip
    assert [(course.school, course.end) for course in profile.education] == [("University of Elmsford", "2012")]
    assert profile.other_skills == skills


def test_what_was_beside_dates_begins_no_column(read: Reader) -> None:
    left = ("2019 - 2023", "", "", "2016 - 2019", "", "", "2012 - 2016", "", "", "2010 - 2012", "", "", "Skills")
    right = [line for employer in ("Northgate Hospital", "Elmsford Clinic", "Harbour Home", "Kiln Hospital")
             for line in (employer, "Staff Nurse", "- Led.")]  # fmt: skip
    page = [(50.0, 40.0, "Experience"), *column(50, 60, *left), *column(270, 60, *right)]
    profile = read.one(pdf([[*page, *column(58, 242, "Triage", "Dressing", "Mentoring", "Stores")]]))
    assert [(role.title, role.company, role.start, role.bullets) for role in profile.roles] == [
        ("Staff Nurse", "Northgate Hospital", "2019", ("Led.",)), ("Staff Nurse", "Elmsford Clinic", "2016", ("Led.",)),
        ("Staff Nurse", "Harbour Home", "2012", ("Led.",)), ("Staff Nurse", "Kiln Hospital", "2010", ("Led.",)),
    ]  # fmt: skip
    assert profile.other_skills == ("Triage", "Dressing", "Mentoring", "Stores")


def test_the_signs_of_a_list_are_no_column(read: Reader) -> None:
    items = ("Triage", "Rota Planning", "Dressing", "Mentoring", "Night Work", "Stores")
    page = [(50.0, 60.0, "Skills"), *column(52, 80, *"-" * len(items)), *column(80, 80, *items)]
    assert read.one(pdf([[*page, *column(50, 180, *MAIN)]])).other_skills == items


TEXT = ("Ines Halvorsen", "Leeds, England", "Experience", "Nurse Manager, Northgate Hospital, May 2016 - Present")


@pytest.mark.parametrize(("size", "offset"), [(10, 250), (10, 200), (18, 250), (8, 333)])
def test_words_set_apart_without_spaces_are_words(read: Reader, size: int, offset: int) -> None:
    """As TeX does: each word is moved on by part of the letters' size."""
    lines = [f"[{f' -{offset} '.join(f'({word})' for word in line.split())}] TJ T*" for line in TEXT]
    profile = read.one(drawn(f"BT /F1 {size} Tf {2 * size} TL 40 700 Td {' '.join(lines)} ET"))
    assert (profile.name, profile.roles[0].title, profile.roles[0].company) == (
        "Ines Halvorsen", "Nurse Manager", "Northgate Hospital",
    )  # fmt: skip


def test_kerning_and_letter_spacing_do_not_split_words(read: Reader) -> None:
    kerned = "[(Ines Halv) -120 (orsen)] TJ T* (Leeds, England) Tj T* 3 Tc (EXPERIENCE) Tj T* 0 Tc "
    kerned += "(Nurse, Northgate Hospital, May 2016 - Present) Tj"
    profile = read.one(drawn(f"BT /F1 10 Tf 20 TL 40 700 Td {kerned} ET"))
    assert (profile.name, profile.roles[0].company) == ("Ines Halvorsen", "Northgate Hospital")


def of_pages(read: Reader) -> list[tuple[str, str]]:
    """Where and what was said of pages, the text they hold apart."""
    return [(notice.place, notice.message) for notice in read.notices if notice.place or "letters" in notice.message]


def line_of_job(*bullets: str) -> str:
    shown = " ".join(f"T* {bullet}" for bullet in bullets)
    head = "(Experience) Tj T* (Nurse, Northgate Hospital, May 2016 - Present) Tj"
    return f"BT /F1 10 Tf 20 TL 40 700 Td {head} {shown} ET"


@pytest.mark.parametrize("mark", [r"\001", r"\002"])
def test_a_symbol_whose_font_does_not_name_it_is_a_bullet(read: Reader, mark: str) -> None:
    bullet = rf"/F2 10 Tf ({mark}) Tj /F1 10 Tf [-500 (Ran a ward)] TJ"
    assert read.one(drawn(line_of_job(bullet, bullet))).roles[0].bullets == ("Ran a ward", "Ran a ward")
    assert of_pages(read) == []


def test_a_bullet_drawn_as_a_shape_is_a_bullet(read: Reader) -> None:
    shape = "41 661 m 44 661 l 44 664 l 41 664 l h f 41 641 m 44 641 l 44 644 l 41 644 l h f"
    text = line_of_job("[-1500 (Ran a ward)] TJ", "[-1500 (Taught bundles)] TJ")
    assert read.one(drawn(f"{text} {shape}")).roles[0].bullets == ("Ran a ward", "Taught bundles")


def test_letters_that_no_font_names_are_said(read: Reader) -> None:
    profile = read.one(drawn(line_of_job(r"(- Ran a ) Tj /F2 10 Tf (\001\001\002) Tj /F1 10 Tf ( ward) Tj")))
    assert profile.roles[0].bullets[0].split() == ["Ran", "a", "ward"]
    assert "3 letters of fonts that do not say which they are" in of_pages(read)[0][1]
    mute = drawn(rf"BT /F2 10 Tf 40 700 Td ({chr(92)}001{chr(92)}002{chr(92)}001{chr(92)}002{chr(92)}001) Tj ET")
    assert "do not say which letters they draw" in read.rejected(mute).reason


@pytest.mark.parametrize(
    ("unseen", "said"),
    [
        ("3 Tr (Kubernetes Docker Terraform) Tj 0 Tr", "27 letters that are not seen were not read"),
        ("1 0 0 1 900 900 Tm (Kubernetes Docker) Tj", None),
        ("0 1 -1 0 500 300 Tm (Confidential draft) Tj", "set at an angle was not read: 'Confidential draft'"),
    ],
    ids=["invisible", "off the page", "turned"],
)
def test_text_that_is_not_seen_or_turned_is_not_read(read: Reader, unseen: str, said: str | None) -> None:
    profile = read.one(drawn(line_of_job("(- Ran a ward.) Tj") + f" BT /F1 10 Tf {unseen} ET"))
    assert profile.roles[0].bullets == ("Ran a ward.",)
    assert [said in message for _, message in of_pages(read)] == ([True] if said else [])  # type: ignore[operator]


def test_the_recognised_text_of_a_scan_is_read(read: Reader) -> None:
    scanned = line_of_job("(- Ran a ward.) Tj").replace("BT", "BT 3 Tr", 1)
    assert read.one(drawn(scanned)).roles[0].bullets == ("Ran a ward.",)


def test_a_page_that_is_but_an_image_is_said(read: Reader) -> None:
    image = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    read.one(drawn(line_of_job("(- Ran a ward.) Tj"), image))
    assert [(place, "it may be a scan" in message) for place, message in of_pages(read)] == [("page 2", True)]


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        ("Ines Halvorsen - Curriculum Vitae", "Page {} of 3"),
        ("Ines Halvorsen - Page {}", "{}"),
        ("Curriculum Vitae", "Ines Halvorsen | ines@example.org | {} / 3"),
        ("", "Seite {} von 3"),
        ("", "- {} -"),
    ],
)
def test_what_pages_repeat_is_read_once_and_page_numbers_are_not(read: Reader, header: str, footer: str) -> None:
    body = [
        column(50, 110, "Ines Halvorsen", "Nurse Manager", "Leeds, England", *MAIN),
        column(50, 110, "- Taught bundles.", "- Wrote the rota.", "- Led nights.", "- Ran the desk.", "- Kept stores."),
        column(50, 110, "- Sewed.", "- Carried.", "- Cooked.", "- Swept.", "- Slept."),
    ]
    pages = [
        [(50.0, 40.0, header.format(number)), *lines, (280.0, 770.0, footer.format(number))]
        for number, lines in enumerate(body, start=1)
    ]
    profile = read.one(pdf(pages))
    assert (profile.name, profile.title) == ("Ines Halvorsen", "Nurse Manager")
    said = " ".join(bullet for role in profile.roles for bullet in role.bullets)
    led = "Dressed wounds. Taught bundles. Wrote the rota. Led nights. Ran the desk. Kept stores."
    assert said.endswith(f"{led} Sewed. Carried. Cooked. Swept. Slept.")
    if "@" in footer:
        assert profile.contact is not None
        assert profile.contact.emails == ("ines@example.org",)


def test_a_name_at_the_top_of_the_right_column_is_read_first(read: Reader) -> None:
    def shown(x: float, y: float, size: int, *lines: str) -> str:
        return " ".join(f"BT /F1 {size} Tf {x} {y - 14 * row} Td ({line}) Tj ET" for row, line in enumerate(lines))

    right = shown(220, 740, 24, "Ines Halvorsen") + " " + shown(220, 716, 10, "Nurse Manager", "Leeds, England")
    profile = read.one(drawn(f"{shown(40, 740, 10, *SIDE)} {right} {shown(220, 660, 10, *MAIN)}"))
    assert (profile.name, profile.title, profile.location) == ("Ines Halvorsen", "Nurse Manager", "Leeds, England")
    assert_sound(profile)
