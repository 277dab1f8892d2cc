"""DOCX files whose text stands where Word's templates and reviewers put it; fictional people, written here as XML."""

from __future__ import annotations

import pytest

from recommender.profile import Profile
from tests.reading.conftest import Reader
from tests.reading.files import zipped

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inner: str, properties: str = "") -> str:
    runs = "".join(one if one.startswith("<") else run(one) for one in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(*paragraphs: str) -> str:
    """A text box as Word writes it: once for new readers, once for old ones."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
    old = f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def document(*body: str, main: str = MAIN, section: str = "", **parts: str) -> bytes:
    """A DOCX of this body, and of parts by name ("header1")."""
    spaces = f'xmlns:w="{main}" xmlns:r="{LINKS}" xmlns:mc="mc" xmlns:wps="wps"'
    text = f"{''.join(body)}<w:sectPr>{section}</w:sectPr>"
    links = "".join(f'<Relationship Id="{name}" Target="{name}.xml"/>' for name in parts)
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {spaces}><w:body>{text}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        **{f"word/{name}.xml": f"<w:part {spaces}>{content}</w:part>" for name, content in parts.items()},
    })  # fmt: skip


NAME, TITLE = para("Ines Halvorsen"), para("Nurse Manager")
JOB = (para("Experience"), para("Nurse Manager, Northgate Hospital, May 2016 - Present"), para("- Ran a ward."))
TWICE = "".join(f"<mc:{kind}>{''.join(JOB)}</mc:{kind}>" for kind in ("Choice", "Fallback"))
TWICE = f"<mc:AlternateContent>{TWICE}</mc:AlternateContent>"
LARGE_NAME = para(run("Ines Halvorsen", '<w:sz w:val="52"/>'))


def job(profile: Profile) -> tuple[str | None, str | None, str | None, tuple[str, ...]]:
    [role] = profile.roles
    return role.title, role.company, role.start, role.bullets


SOUND = ("Nurse Manager", "Northgate Hospital", "2016-05", ("Ran a ward.",))


@pytest.mark.parametrize(
    "body",
    [
        (NAME, TITLE, *JOB),
        (NAME, TITLE, control("".join(JOB))),
        (control(NAME), control(TITLE), control(control("".join(JOB)))),
        (NAME, TITLE, JOB[0], para(control(run("Nurse Manager")), ", ", control(run("Northgate Hospital")),
                                   ", May 2016 - ", control(run("Present"))), JOB[2]),
        (NAME, TITLE, JOB[0], para("Nurse Manager, ", f"<w:hyperlink>{run('Northgate Hospital')}</w:hyperlink>",
                                   ", May 2016 - Present"), JOB[2]),
        (NAME, TITLE, JOB[0], para("Nurse Manager, ", f"<w:ins>{run('Northgate Hospital')}</w:ins>",
                                   "<w:del><w:r><w:delText>Elmsford Clinic</w:delText></w:r></w:del>",
                                   f"<w:moveFrom>{run(' (old)')}</w:moveFrom>", ", May 2016 - Present"), JOB[2]),
        (NAME, TITLE, *JOB[:2], para("- Ran a ward.", run(" Keywords nobody sees", "<w:vanish/>"))),
        (para(box(NAME, TITLE)), *JOB),
        (NAME, TITLE, TWICE),
        (NAME, TITLE, JOB[0], table((para("Nurse Manager, Northgate Hospital"), para("May 2016 - Present"))), JOB[2]),
        (NAME, TITLE, JOB[0], table((para("May 2016 - Present"), para("Nurse Manager, Northgate Hospital") + JOB[2]))),
        (table((para("Skills") + para("Triage"), LARGE_NAME + TITLE + "".join(JOB))),),
        (NAME, TITLE, f"<w:customXml>{''.join(JOB)}</w:customXml>"),
    ],
    ids=["plain", "a control", "controls in one another", "controls in a line", "a link", "tracked changes",
         "hidden text",
         "a text box", "two forms", "dates at the right", "dates at the left", "a sidebar", "custom XML"],
)  # fmt: skip
@pytest.mark.parametrize("main", [MAIN, STRICT], ids=["transitional", "strict"])
def test_text_is_read_where_it_is_seen(read: Reader, body: tuple[str, ...], main: str) -> None:
    profile = read.one(document(*body, main=main))
    assert (profile.name, profile.title) == ("Ines Halvorsen", "Nurse Manager")
    assert job(profile) == SOUND


@pytest.mark.parametrize("kind", ["default", "first"])
def test_the_header_of_the_first_page_is_read_first(read: Reader, kind: str) -> None:
    section = f'<w:headerReference w:type="{kind}" r:id="header1"/>' + ("<w:titlePg/>" if kind == "first" else "")
    header = table((NAME, para("ines@example.org")))
    profile = read.one(document(TITLE, *JOB, section=section, header1=header))
    assert (profile.name, profile.title) == ("Ines Halvorsen", "Nurse Manager")
    assert profile.contact is not None
    assert profile.contact.emails == ("ines@example.org",)


def test_a_header_that_is_not_shown_is_not_read(read: Reader) -> None:
    section = '<w:headerReference w:type="first" r:id="header1"/>'
    assert (
        read.one(document(NAME, TITLE, *JOB, section=section, header1=para("Template by Kiln"))).name
        == "Ines Halvorsen"
    )


def test_footers_are_no_part_of_a_job(read: Reader) -> None:
    section = '<w:footerReference w:type="default" r:id="footer1"/>'
    footer = para("Page ", "<w:r><w:instrText>PAGE</w:instrText></w:r>", run("1"), " of 2") + para("ines@example.org")
    profile = read.one(document(NAME, TITLE, *JOB, section=section, footer1=footer))
    assert job(profile) == SOUND
    assert profile.contact is not None
    assert profile.contact.emails == ("ines@example.org",)


def test_items_of_lists_by_their_own_numbering_or_their_style(read: Reader) -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="List Paragraph"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="Dots"/><w:basedOn w:val="c"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="base"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="h"><w:name w:val="heading 1"/><w:basedOn w:val="c"/></w:style>'
    )
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = [
        NAME, TITLE, para("Experience", properties='<w:pStyle w:val="h"/>'), JOB[1],
        para("Ran", properties='<w:pStyle w:val="a"/>' + number), para("taught", properties='<w:pStyle w:val="b"/>'),
    ]  # fmt: skip
    assert read.one(document(*body, styles=styles)).roles[0].bullets == ("Ran", "taught")


def test_what_has_no_text_here_is_said(read: Reader) -> None:
    content = document(NAME, TITLE, '<w:altChunk r:id="x"/>', *JOB)
    assert job(read.one(content)) == SOUND
    assert [notice.message for notice in read.notices] == [
        "a file of another format inside the DOCX was not read; open it in Word and save it again"
    ]
