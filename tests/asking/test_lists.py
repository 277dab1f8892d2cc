"""Keywords that dots are between, and exclusions of what is wanted as well."""

from __future__ import annotations

import pytest

from recommender.asking import understand
from recommender.errors import QueryError
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("rust. kafka. distributed systems. backend engineer. 4 yrs min.", {"Rust", "Kafka"}),
        ("WELDER. PIPE FITTING. HULL.", {"Pipefitting"}),
        ("terraform ... kubernetes ... cloud engineer", {"Terraform", "Kubernetes"}),
    ],
)
def test_what_dots_are_between_is_asked_for_like_what_commas_are_between(text: str, skills: set[str]) -> None:
    found = understand(text, VOCABULARY).skills
    assert skills <= {value for part in found for value in part.values}
    assert {part.stance for part in found} == {"must"}


def test_a_short_form_with_a_dot_is_one_with_the_next_word() -> None:
    assert [part.values for part in understand("tech. editor, DITA, 2 yrs", VOCABULARY).titles] == [
        ("technical editor",)
    ]


def test_sentences_stay_sentences() -> None:
    text = "We need a baker. You know sourdough. Our shop is small."
    assert next(one.text for one in understand(text, VOCABULARY).prose) == "We need a baker."


def test_an_exclusion_of_what_is_wanted_is_not_understood() -> None:
    asked = understand("nutritionist, clinical nutrition, not sports nutrition", VOCABULARY)
    assert [(part.values, part.stance) for part in asked.skills] == [(("Nutrition",), "must")]
    assert [one.text for one in asked.not_understood] == ["sports nutrition"]


def test_an_exact_contradiction_is_refused() -> None:
    with pytest.raises(QueryError, match="both asked for and excluded"):
        understand("must:Nutrition not:Nutrition", VOCABULARY)
