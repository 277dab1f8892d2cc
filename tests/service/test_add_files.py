"""Every kind of file that is read can be added: what it is, who stands in it, and where in its text."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.reading.files import docx, lines_pdf, zipped

RESUME = (
    "Otto Marl",
    "otto@marl.example",
    "",
    "Experience",
    "Welder, Ship Works, Hull",
    "Feb 2019 - Present",
    "- Welded the hulls of nine trawlers",
    "",
    "Skills",
    "TIG welding, Blueprint reading",
)
LINKEDIN: dict[str, str | bytes] = {
    "Profile.csv": "First Name,Last Name,Headline\nOtto,Marl,Welder\n",
    "Positions.csv": "Company Name,Title,Location,Started On,Finished On\nShip Works,Welder,Hull,Feb 2019,\n",
    "Skills.csv": "Name\nTIG welding\n",
}
HTML = f"<!doctype html><html><body>{''.join(f'<p>{line}</p>' for line in RESUME)}</body></html>"
VCARD = "BEGIN:VCARD\nVERSION:4.0\nFN:Otto Marl\nTITLE:Welder\nORG:Ship Works\nEND:VCARD\n"
YAML = "basics:\n  name: Otto Marl\n  label: Welder\nwork:\n  - name: Ship Works\n    position: Welder\n"
CSV = "name,title,company\nOtto Marl,Welder,Ship Works\n"

FILES = {
    "cv.pdf": (lines_pdf(RESUME), "a PDF"),
    "cv.docx": (docx(RESUME), "a Word document"),
    "cv.txt": ("\n".join(RESUME).encode(), "a résumé"),
    "cv.html": (HTML.encode(), "a page of HTML"),
    "export.zip": (zipped(LINKEDIN), "a LinkedIn export"),
    "otto.vcf": (VCARD.encode(), "a vCard"),
    "otto.yaml": (YAML.encode(), "a résumé in YAML"),
    "otto.csv": (CSV.encode(), "a table"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_shown_and_marked(client: TestClient, name: str) -> None:
    content, kind = FILES[name]
    answer = client.post("/add", files={"file": (name, content)}, data={"text": ""})
    assert answer.status_code == 200, answer.text
    assert f"Read as {kind}." in answer.text
    assert 'name="name" value="Otto Marl"' in answer.text
    marks = " ".join(re.findall(r"<mark[^>]*>([^<]*)</mark>", answer.text))
    assert "Marl" in marks or name == "export.zip", "whose name is in two cells"
    assert "Welder" in marks
    if name.startswith("cv"):
        assert "Feb 2019" in marks
        assert "otto@marl.example" in answer.text, "the text is shown to whom it came from as it is"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lines_pdf(RESUME)[:300], "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "this is"),
        (b"PK\x03\x04 broken", "ZIP"),
        (b"\x1f\x8b broken", "gzip"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(client: TestClient, content: bytes, said: str) -> None:
    answer = client.post("/add", files={"file": ("cv.pdf", content)}, data={"text": "what was typed beside it"})
    assert answer.status_code == 422
    alert = re.search(r'role="alert">([^<]*)<', answer.text)
    assert alert is not None
    assert said in alert[1]
    assert "what was typed beside it" in answer.text
