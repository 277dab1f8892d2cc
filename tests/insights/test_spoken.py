"""How names of skills are said."""

import pytest

from recommender.insights.prose.spoken import in_prose, joined
from recommender.skills import Vocabulary


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("web performance",), "Web Performance"),
        (("sales and marketing", "aws cost control"), "Sales & Marketing and aws Cost Control"),
        (("crisis of trust",), "Crisis of Trust"),
        (("JavaScript",), "JavaScript"),
    ],
)
def test_names_in_small_letters_have_capitals_but_for_abbreviations_and_small_words(
    names: tuple[str, ...], said: str
) -> None:
    assert joined(names) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Epic Consultant", "Epic consultant"),
        ("Windows Systems Administrator", "Windows systems administrator"),
        ("Pilot's Assistant", "pilot's assistant"),
    ],
)
def test_names_of_products_keep_their_capitals(title: str, said: str) -> None:
    assert in_prose(title, Vocabulary.shipped()) == said
