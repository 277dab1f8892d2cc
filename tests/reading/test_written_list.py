from __future__ import annotations

import pytest

from recommender.reading.text.written_list import written_list
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Kafka, go,Terraform", ("Kafka", "go", "Terraform")),
        ("Triage\nWound Care\n\nPatient Care\n", ("Triage", "Wound Care", "Patient Care")),
        ("Welding; Blueprint Reading | Kafka, Frobnication", ("Welding", "Blueprint Reading", "Kafka", "Frobnication")),
        ("Kafka, Terraform", ()),
        ("staff nurse, intensive care, night shifts", ()),
        ("Java, Spring, Hibernate, senior developer", ()),
        ("welder, MIG, TIG", ()),
        ("sql server, Illustrator, web servers", ("sql server", "Illustrator", "web servers")),
        ("Welding, Frobnication, Grumbling", ()),
        ("We look for somebody with Kafka, Terraform and Go", ()),
        ("A nurse who is good at triage, wound care, and at patient care", ()),
        ("", ()),
    ],
)
def test_a_list_is_three_entries_most_of_which_are_known_and_none_a_job(text: str, entries: tuple[str, ...]) -> None:
    assert written_list(text, VOCABULARY) == entries
