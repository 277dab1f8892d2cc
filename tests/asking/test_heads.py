"""Titles of trades that few people have, titles of several words, and words that are titles and tools."""

from __future__ import annotations

import pytest

from recommender.asking import understand
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("farrier; hoof care; Ludlow", ("farrier",)),
        ("bookbinders or paper restorers", ("bookbinders", "paper restorers")),
        ("cut & sew operator, Leeds", ("cut & sew operator",)),
        ("level artist: Unity, Blender", ("level artist",)),
        ("mid level artist: Unity, Blender", ("artist",)),
        ("Our pool needs a diving instructor. You are calm. You swim well.", ("diving instructor",)),
        ("We are hiring a Senior Kernel Engineer. You know C. You like tea.", ("Kernel Engineer",)),
        ("Looking for a zookeeper who knows reptiles", ("zookeeper",)),
    ],
)
def test_a_title_is_read_with_all_its_words(text: str, titles: tuple[str, ...]) -> None:
    assert [part.values for part in understand(text, VOCABULARY).titles] == [titles]


def test_a_tool_that_is_called_like_people_stays_one_among_tools() -> None:
    asked = understand("kafka, zookeeper, java developer", VOCABULARY)
    assert [part.values for part in asked.titles] == [("java developer",)]
    assert ("ZooKeeper",) in [part.values for part in asked.skills]


def test_words_of_a_title_are_a_skill_where_they_are_the_name_of_a_tool() -> None:
    assert [part.values for part in understand("GIS technician, Leeds", VOCABULARY).skills] == [("GIS",)]
    assert understand("wind turbine technician, Leeds", VOCABULARY).skills == ()


def test_british_spellings_name_the_same_skills() -> None:
    asked = understand("midwife; foetal monitoring; Sheffield", VOCABULARY).skills
    assert [part.values for part in asked] == [(VOCABULARY.canonical("fetal monitoring"),)]


def test_one_word_that_is_english_too_makes_no_german() -> None:
    assert understand("die casting, MagmaSoft, toolmaker", VOCABULARY).language is None


@pytest.mark.parametrize("written", ["colour correction", "paediatric nursing", "colour grading"])
def test_a_british_spelling_after_a_dash_is_a_skill(written: str) -> None:
    american = written.replace("our", "or").replace("paed", "ped")
    asked = understand(f"editor - {written}, Leeds", VOCABULARY).skills
    assert [part.values for part in asked] == [(VOCABULARY.canonical(american),)]
