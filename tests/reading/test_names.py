"""Names at the top of a résumé, or anywhere in it; none of their words reaches the encoder. All people are made up."""

from __future__ import annotations

import re

import pytest

from recommender.encoding.text.identity import blinded
from recommender.encoding.text.passages import passages
from recommender.reading.resume.names import name_in
from recommender.skills import Vocabulary
from tests.reading.conftest import Reader

_JOB = "Experience\nElectrician, Lampa AB    2014 – Present\n• Wired three schools for {first}.\n"


@pytest.mark.parametrize(
    "name",
    [
        "Łucja Wolska", "Marie-Line d'Eon O'Hara", "JÜRGEN GROSS", "Meera K. Iyer",
        "José María García-López de la Cruz",        "Ludwig van der Berg",
        "João da Silva e Souza", "Иван Петров", "Νίκος Παππάς", "王小明", "محمد علي", "Bishop Potter",
        "Nadia Cook", "Mary Smith-Jones",
    ],
)  # fmt: skip
def test_names_of_every_alphabet_and_trade(name: str) -> None:
    assert name_in(name, "Electrician") == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dr Ines Halder", "Ines Halder"),
        ("Dipl.-Ing. Jan Köhler", "Jan Köhler"),
        ("Vera Lill, RN, BSN", "Vera Lill, RN, BSN"),
        ("Vera Lill MBA", "Vera Lill MBA"),
    ],
)
def test_what_stands_around_a_name(written: str, name: str) -> None:
    assert name_in(written) == name


@pytest.mark.parametrize(
    "words",
    ["Head Chef", "Line Cook", "Web Developer", "Scrum Master", "SQL Server DBA", "Curriculum Vitae", "Key Skills",
     "Northgate University", "vera lill", "Vera", "I weld at night"],
)  # fmt: skip
def test_what_is_no_name(words: str) -> None:
    assert name_in(words, "Boston, MA") is None


@pytest.mark.parametrize(
    "top",
    [
        "Nadia Brekke\nElectrician\nMalmö, Sweden",
        "CURRICULUM VITAE\nNadia Brekke\nElectrician",
        "Curriculum Vitae – Nadia Brekke",
        "RESUME OF NADIA BREKKE\nElectrician",
        "Name: Nadia Brekke\nMobile: +46 70 123 45 67",
        "Nadia Brekke | Malmö, Sweden | nadia@example.org",
        "Nadia Brekke · nadia@example.org · +46 70 123 45 67",
        "Nadia Brekke, Malmö, Sweden, nadia@example.org",
        "N A D I A  B R E K K E\nElectrician",
        "Brekke, Nadia\nElectrician\nnadia.brekke@example.org",
        "# Nadia Brekke\n\n**Electrician** · Malmö, Sweden",
        "nadia.brekke@example.org\nNadia Brekke\nElectrician",
    ],
)
def test_a_name_at_the_top(read: Reader, top: str) -> None:
    profile = read.one(f"{top}\n\n{_JOB.format(first='Nadia')}", "text")
    assert (profile.name or "").title() == "Nadia Brekke"
    assert "rekke" not in (profile.about or "").lower()


@pytest.mark.parametrize(
    "end", ["Contact\nNadia Brekke\nnadia.brekke@example.org", "Personal Details\nName: Nadia Brekke\nGender: Female"]
)
def test_a_name_that_is_found_late(read: Reader, end: str) -> None:
    profile = read.one(f"{_JOB.format(first='Nadia')}\n{end}\n", "text")
    assert profile.name == "Nadia Brekke"


@pytest.mark.parametrize("place", ["top", "bottom"])
def test_no_word_of_a_name_reaches_the_encoder(read: Reader, place: str) -> None:
    text = _JOB.format(first="Nadia")
    contact = "Nadia Brekke\nnadia.brekke@example.org"
    text = f"{contact}\n\n{text}" if place == "top" else f"{text}\nContact\n{contact}\n"
    vocabulary = Vocabulary.shipped()
    encoded = [passage.text for passage in passages(blinded(read.one(text, "text"), vocabulary))]
    assert any("Wired three schools" in passage for passage in encoded)
    assert not [passage for passage in encoded if re.search("nadia|brekke", passage, re.IGNORECASE)]


def test_personal_details_are_left_out_and_reported(read: Reader) -> None:
    details = "Father's Name: Olav Brekke\nDate of Birth: 12/05/1993\nMarital Status: Single\nHobbies: Chess"
    profile = read.one(f"Nadia Brekke\n\n{_JOB.format(first='us')}\nPersonal Details\n{details}\n", "text")
    assert profile.about == "Personal Details\nHobbies: Chess"
    [notice] = [notice for notice in read.notices if notice.field == "about"]
    assert notice.message == (
        "details that say nothing of work were left out: father's name, date of birth, marital status"
    )
