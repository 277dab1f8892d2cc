"""Files that hold profiles, in every format that is read, to be bent by `corpus`."""

from __future__ import annotations

import io
import json
import random
import zipfile

import docx
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from tests.hostile import corpus


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF that shows these lines."""
    drawn = b"".join(
        b"(" + line.encode("latin-1", "replace").replace(b"(", b"[").replace(b")", b"]") + b") ' " for line in lines
    )
    content = b"BT /F1 11 Tf 14 TL 40 800 Td " + drawn + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += (
        b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    )
    return bytes(out)


def word(lines: list[str]) -> bytes:
    """A DOCX of these paragraphs, and a table."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph("".join(c for c in line if c.isprintable()))
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "2010 - 2015"
    table.rows[0].cells[1].text = "Welder, Ironbridge Works"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table() -> pa.Table:
    """Two people, a row each."""
    return pa.table(
        {"id": ["a", "b"], "name": ["Ada", "Ben"], "title": ["Welder", "Nurse"], "core_skills": ["TIG", "ICU"]}
    )


def comma_separated() -> bytes:
    """The same as CSV."""
    out = io.BytesIO()
    pyarrow.csv.write_csv(table(), out)
    return out.getvalue()


def parquet() -> bytes:
    """The same as Parquet."""
    out = io.BytesIO()
    pq.write_table(table(), out)
    return out.getvalue()


def linkedin() -> bytes:
    """A data export."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Profile.csv", "First Name,Last Name,Headline,Summary\nOrla,Finch,Engineer,Builds platforms\n")
        archive.writestr(
            "Positions.csv",
            "Company Name,Title,Description,Location,Started On,Finished On\nNorthwind,Welder,Built,Leeds,Mar 2019,\n",
        )
        archive.writestr("Skills.csv", "Name\nKubernetes\nGo\n")
    return out.getvalue()


EUROPASS = (
    b'<?xml version="1.0"?><SkillsPassport><LearnerInfo><PersonName><FirstName>Orla</FirstName><Surname>Finch</Surname>'
    b"</PersonName><WorkExperience><Period><From year='2019' month='--03'/><Current>true</Current></Period><Position>"
    b"<Label>Welder</Label></Position><Employer><Name>Northwind</Name></Employer></WorkExperience></LearnerInfo>"
    b"</SkillsPassport>"
)
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Orla Finch\r\nTITLE:Welder\r\nORG:Northwind\r\nEND:VCARD\r\n"
YAML = b"basics:\n  name: Orla Finch\n  label: Welder\nwork:\n  - name: Northwind\n    startDate: 2019-03\n"


def page() -> bytes:
    """A page of HTML, which says to machines whom it is about."""
    person = json.dumps({"@type": "Person", "name": "Orla Finch", "worksFor": [{"name": "Northwind"}]})
    lines = "".join(f"<p>{line}</p>" for line in corpus.RESUME.splitlines())
    head = f'<head><script type="application/ld+json">{person}</script></head>'
    return f"<!doctype html><html>{head}<body>{lines}</body></html>".encode()


def rtf(lines: list[str]) -> bytes:
    """An RTF of these paragraphs."""
    text = "".join(f"{line.encode('ascii', 'replace').decode()}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\n{text}}}".encode()


def moulds() -> dict[str, bytes]:
    """Suffix → a sound file."""
    lines = corpus.RESUME.splitlines()
    return {
        ".txt": corpus.RESUME.encode(),
        ".page.txt": corpus.PAGE.encode(),
        ".json": corpus.as_json(corpus.PROFILE),
        ".resume.json": corpus.as_json(corpus.JSON_RESUME),
        ".jsonl": b"\n".join([corpus.as_json(corpus.PROFILE), json.dumps({"id": "t", "text": corpus.RESUME}).encode()]),
        ".csv": comma_separated(),
        ".pdf": pdf(lines),
        ".docx": word(lines),
        ".parquet": parquet(),
        ".zip": linkedin(),
        ".html": page(),
        ".xml": EUROPASS,
        ".rtf": rtf(lines),
        ".vcf": CARD,
        ".yaml": YAML,
    }


def file(rng: random.Random, sound: dict[str, bytes], most: int) -> tuple[str, bytes]:
    """A suffix and the content of one file, mostly unsound."""
    suffix = rng.choice(list(sound))
    content = sound[suffix]
    if suffix in (".txt", ".page.txt"):
        content = corpus.text(rng, most).encode("utf-8", "surrogatepass")
    elif suffix in (".json", ".jsonl"):
        content = corpus.as_json(corpus.bent(rng, corpus.PROFILE, most))
    elif suffix == ".resume.json":
        content = corpus.as_json(corpus.bent(rng, corpus.JSON_RESUME, most))
    elif suffix == ".csv" and rng.random() < 0.5:
        content += corpus.long_text(rng, most).encode("utf-8", "surrogatepass")
    elif suffix == ".pdf" and rng.random() < 0.5:
        content = pdf(corpus.text(rng, min(most, 20_000)).splitlines()[:2_000])
    elif suffix == ".docx" and rng.random() < 0.1:
        content = word(corpus.text(rng, min(most, 20_000)).splitlines()[:200])
    if rng.random() < 0.5:
        for _ in range(rng.choice((1, 1, 3))):
            content = corpus.broken(rng, content)
    return suffix, content
