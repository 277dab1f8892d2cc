"""Texts in the encodings that Windows and its programs write: read alike in every format, and said."""

from __future__ import annotations

import json

import pytest

from recommender.profile import Profile
from recommender.reading.encodings import encoding_of
from tests.reading.conftest import Reader

TEXT = "Zoë Mårtensson\nNurse\nExperience\nNurse, Hôpital Élysée\nMay 2016 – Present\n• Ran a ward.\n"
TABLE = "name,title,location\nZoë Mårtensson,Nurse,Genève\nPaweł Ćwik,Roofer,Łódź\n"
JSON = json.dumps({"name": "Zoë Mårtensson", "title": "Nurse"}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        (b"plain", "utf-8", None),
        ("é".encode(), "utf-8", None),
        ("é".encode("utf-16"), "utf-16", None),
        ("name;é".encode("utf-16-le"), "utf-16-le", None),
        ("name;é".encode("utf-16-be"), "utf-16-be", None),
        (b"2018 \x96 2021", "cp1252", 1),
        (b"a\nJos\xe9", "cp1252", 2),
        (b"\xc3\xa9 \xc3\xa9 \xe9 \xc3\xa9", "utf-8", 1),
        (b"w\xffrd", "utf-8", 1),
        ("Иван Петров, сварщик".encode("cp1251"), "cp1251", 1),
    ],
)
def test_an_encoding_is_known_by_its_bytes(content: bytes, name: str, line: int | None) -> None:
    assert encoding_of(content) == (name, line)


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("text", [TEXT, TABLE, JSON], ids=["text", "table", "JSON"])
def test_unicode_in_any_encoding_reads_like_utf_8(read: Reader, text: str, coding: str) -> None:
    assert read(text.encode(coding)) == read(text)
    assert read.notices == []


@pytest.mark.parametrize("text", [TEXT, JSON, TABLE.split("Paweł")[0]], ids=["text", "JSON", "table"])
def test_windows_1252_is_read_in_every_format_and_said(read: Reader, text: str) -> None:
    [profile] = read(text.encode("cp1252"))
    assert [notice.message for notice in read.notices] == ["not UTF-8: read as Windows-1252; save the file as UTF-8"]
    assert isinstance(profile, Profile)
    assert [profile] == read(text)


def test_two_dashes_of_windows_are_dashes(read: Reader) -> None:
    text = "Experience\nNurse, Northgate Hospital, May 2016 \x96 Present\n- Ran a ward.\n"
    profile = read.one(text.encode("latin-1"), "text")
    assert [(role.start, role.end) for role in profile.roles] == [("2016-05", None)]


def test_ligatures_are_their_letters(read: Reader) -> None:
    profile = read.one("Experience\nQuality Oﬃcer, Northgate Hospital\nMay 2016 - Present\n- Ran ﬁve oﬀ-site audits.\n")
    assert (profile.roles[0].title, profile.roles[0].bullets) == ("Quality Officer", ("Ran five off-site audits.",))
