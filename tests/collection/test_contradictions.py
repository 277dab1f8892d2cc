"""Filters that ask for what they exclude are refused by name, by whatever names they write it."""

from __future__ import annotations

import pytest

from recommender.collection import LocalCollection, parse_filter, resolve
from recommender.errors import FilterError
from recommender.skills import Vocabulary


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> LocalCollection:
    return LocalCollection(tmp_path_factory.mktemp("contradictions") / "pool")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skills_all=Kubernetes|Go,skills_none=k8s", "skills_all asks for 'Kubernetes', which skills_none excludes"),
        ("skills_any=Go,skills_none=Go|Rust", "skills_any asks for 'Go', which skills_none excludes"),
        ('company_now="Acme Inc.",company_none=ACME', "company_now asks for 'acme', which company_none excludes"),
        ("years.min=9,years.max=3", "years: at least 9 and at most 3 are asked; give the smaller number first"),
        ("profile_ids=a,exclude_ids=a|b", "profile_ids asks for 'a', which exclude_ids excludes"),
        ("python NOT python", "'Python' is both asked for and excluded"),
        ("place:Leeds AND years:2.. AND NOT place:Leeds", "'leeds' is both asked for and excluded"),
        ("(place:Berlin OR (skill:k8s NOT skill:Kubernetes))", "'Kubernetes' is both asked for and excluded"),
    ],
)
def test_what_nobody_can_meet_is_said(pool: LocalCollection, text: str, said: str) -> None:
    with pool.view() as view, pytest.raises(FilterError) as caught:
        resolve(view, parse_filter(text), Vocabulary.shipped())
    assert str(caught.value).startswith(said)
    assert "; " in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "skills_any=Go|Rust,skills_none=Go",
        "skills_all=Go,skills_none=Rust",
        "company_ever=Acme,company_none=Globex",
        "years.min=3,years.max=3",
        "place:Leeds NOT place:York",
        "(place:Leeds OR NOT place:Leeds)",
    ],
)
def test_what_somebody_can_meet_is_asked(pool: LocalCollection, text: str) -> None:
    with pool.view() as view:
        resolve(view, parse_filter(text), Vocabulary.shipped())
