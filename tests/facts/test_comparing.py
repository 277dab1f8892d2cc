"""The forms in which texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.facts import company_form, folded, place_form, seniority_named, unaccented, workplace_named

TEXTS = st.text(st.characters(max_codepoint=0x2FF), max_size=30) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("  Open\tTo  WORK ", "open to work"),
        ("O’Hara", "o'hara"),
        ("Quill–Reed", "quill-reed"),
        ("Cafe\u0301", "café"),
        ("Ｑｕｉｌｌ", "quill"),
        ("“Gold” badge", '"gold" badge'),
    ],
)
def test_folded(written: str, form: str) -> None:
    assert folded(written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Quill Works, Inc.", "quill works"),
        ("QUILL WORKS", "quill works"),
        ("Quill Works GmbH & Co. KG", "quill works"),
        ("Quill and Reed Ltd", "quill & reed"),
        ("Quill & Reed Pty. Ltd.", "quill & reed"),
        ("Smith, Jones & Co", "smith, jones & co"),
        ("Café Ørsta A.S.", "cafe orsta"),
        ("AG", "ag"),
        ("Inc. Ltd.", "inc."),
    ],
)
def test_company_form(written: str, form: str) -> None:
    assert company_form(written) == form


@given(TEXTS)
def test_a_form_is_its_own_form(text: str) -> None:
    for form in (folded, company_form, place_form, lambda t: unaccented(folded(t))):
        assert form(form(text)) == form(text)


def test_a_long_row_of_legal_words_takes_no_square_of_time() -> None:
    assert company_form("Quill" + " Ltd" * 200_000) == "quill"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Senior", "senior"), ("sr", "senior"), ("Sr.", "senior"), ("senior-level", "senior"), ("Mid-Level", "mid"),
        ("mid", "mid"), ("Intermediate", "mid"), ("entry level", "junior"), ("ENTRY", "junior"), ("jr.", "junior"),
        ("internship", "intern"), ("staff", "principal"), ("team lead", "lead"), ("VP", "executive"),
        ("C-level", "executive"), ("director", "executive"), ("Head of", "executive"), ("wizard", None), ("", None),
        ("senior wizard", None),
    ],
)  # fmt: skip
def test_levels_by_their_names(name: str, level: str | None) -> None:
    assert seniority_named(name) == level


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Remote", "remote"), ("WFH", "remote"), ("work-from-home", "remote"), ("Hybrid", "hybrid"),
        ("On-Site", "on-site"), ("on_site", "on-site"), ("ONSITE", "on-site"), ("in office", "on-site"),
        ("In-Person", "on-site"), ("moon", None), ("", None),
    ],
)  # fmt: skip
def test_workplaces_by_their_names(name: str, place: str | None) -> None:
    assert workplace_named(name) == place
