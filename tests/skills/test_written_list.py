from __future__ import annotations

import pytest

from recommender.skills import Vocabulary, written_list

VOCABULARY = Vocabulary.shipped()


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Kafka, go,Terraform", ("Kafka", "go", "Terraform")),
        ("Triage\nWound Care\n\nPatient Care\n", ("Triage", "Wound Care", "Patient Care")),
        ("Welding; Blueprint Reading | Frobnication", ("Welding", "Blueprint Reading", "Frobnication")),
        ("Kafka, Terraform", ()),
        ("Welding, Frobnication, Grumbling", ()),
        ("We look for somebody with Kafka, Terraform and Go", ()),
        ("A nurse who is good at triage, wound care, and at patient care", ()),
        ("", ()),
    ],
)
def test_a_list_is_three_entries_most_of_which_are_known(text: str, entries: tuple[str, ...]) -> None:
    assert written_list(text, VOCABULARY) == entries
