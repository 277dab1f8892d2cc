"""Skills that are plain words too, and where requests list them."""

from __future__ import annotations

import pytest

from recommender.asking import understand
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()


def skills(text: str) -> dict[str, str]:
    """Values of each part → its stance."""
    return {"|".join(part.values): part.stance for part in understand(text, VOCABULARY).skills}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("docker go kubernetes", ["Docker", "Go", "Kubernetes"]),
        ("javascript angular react node.js", ["JavaScript", "Angular", "React", "Node.js"]),
        ("kotlin, swift and dart", ["Kotlin", "Swift", "Dart"]),
        ("java/spring/hibernate", ["Java|Spring|Hibernate"]),
        ("java developer without spring", ["Java", "Spring"]),
        ("swift devs", ["Swift"]),
        ("paid social, content", ["Pay-Per-Click Advertising"]),
        ("controls technician, PLC", ["PLC Programming"]),
        ("SAP consultant, FICO or MM", ["SAP FICO|SAP MM"]),
        ("support lead, team of 12 or more", ["Team Leadership"]),
        ("tableau, excel", ["Tableau", "Microsoft Excel"]),
        ("airflow, spark", ["Airflow", "Apache Spark"]),
        ("archivist, department of history", ["History"]),
    ],
)
def test_names_in_a_list_are_skills(text: str, names: list[str]) -> None:
    assert list(skills(text)) == names


def test_plain_words_beside_no_tool_are_none() -> None:
    assert skills("nurse who can go far and be swift in spring") == {}
    assert skills("nurse, excel, teams") == {}


@pytest.mark.parametrize(
    "excluded", ["not angular", "no angular", "without angular", "anything but angular", "everything except angular"]
)
def test_an_excluded_name_in_small_letters_is_one(excluded: str) -> None:
    assert skills(f"typescript developer, {excluded}") == {"TypeScript": "must", "Angular": "not"}
