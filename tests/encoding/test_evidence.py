"""What a field is said to hold is what encoding the profile without it leaves."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.encoding.sparse import END, SKILLS
from recommender.encoding.units import Place, unit_path, units
from recommender.profile import Profile, Role
from tests.matching.fakes import encoder

Floats = NDArray[np.float64]

NURSE = Profile(
    id="nurse",
    title="Charge Nurse",
    about="Leads the night shift of an intensive care unit.",
    core_skills=("Patient Care", "Triage"),
    other_skills=("Wound Care", "Scheduling"),
    roles=(
        Role(
            title="Charge Nurse",
            start="2019-01",
            bullets=("Runs triage for twelve beds with ventilators", "Trains new nurses in wound care"),
            skills=("Triage",),
        ),
        Role(title="Nurse", start="2014-01", end="2018-12", bullets=("Looked after surgical patients",)),
    ),
    as_of="2026-01",
)


def encoded(profile: Profile) -> EncodedProfile:
    return encoder().encode([profile])[0]


def vectors(features: Features) -> tuple[Floats, Floats]:
    """Words and skills as dense arrays over all ids."""
    dense = np.zeros(END)
    dense[features.columns["sparse_id"]] = features.columns["sparse_weight"]
    words, skills = dense.copy(), dense.copy()
    words[SKILLS.start :] = 0
    skills[: SKILLS.start] = 0
    skills[SKILLS.start + SKILLS.size :] = 0
    return words, skills


def left_without(features: Features, field: str) -> tuple[Floats, Floats]:
    """The two vectors without a field, by its units and losses."""
    columns = features.columns
    names = [
        str(unit_path(*of))
        for of in zip(*(columns[f"unit_{name}"].tolist() for name in ("place", "number", "part")), strict=True)
    ]
    unit = names.index(field)
    lost = np.zeros(END)
    own = columns["loss_unit"] == unit
    lost[columns["loss_id"][own]] = columns["loss_weight"][own]
    words, skills = vectors(features)
    is_word = np.arange(END) < SKILLS.start
    return (
        (words - lost * is_word) / columns["unit_words"][unit],
        (skills - lost * ~is_word) / columns["unit_skills"][unit],
    )


def role(number: int, **changes: object) -> Profile:
    roles = list(NURSE.roles)
    roles[number] = msgspec.structs.replace(roles[number], **changes)
    return msgspec.structs.replace(NURSE, roles=tuple(roles))


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers as they are before they are rounded."""
    monkeypatch.setattr("recommender.encoding.profile_encoder.rounded_columns", lambda columns: columns)


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize(
    ("field", "without"),
    [
        ("title", msgspec.structs.replace(NURSE, title=None)),
        ("about", msgspec.structs.replace(NURSE, about=None)),
        ("core_skills", msgspec.structs.replace(NURSE, core_skills=())),
        ("other_skills", msgspec.structs.replace(NURSE, other_skills=())),
        ("roles[0].title", role(0, title=None)),
        ("roles[0].skills", role(0, skills=())),
        ("roles[0].bullets[0]", role(0, bullets=NURSE.roles[0].bullets[1:])),
        ("roles[0].bullets[1]", role(0, bullets=NURSE.roles[0].bullets[:1])),
    ],
)
def test_attribution_says_what_encoding_without_the_field_gives(field: str, without: Profile) -> None:
    said, found = left_without(encoded(NURSE).features, field), vectors(encoded(without).features)
    for one, other in zip(said, found, strict=True):
        np.testing.assert_allclose(one, other, atol=2e-6)


@pytest.mark.usefixtures("exact")
def test_a_bare_list_tells_what_each_of_its_two_lists_holds() -> None:
    lists = Profile(id="a", core_skills=("Wound Care", "Triage"), other_skills=("Patient Care", "Kafka"))
    for field in ("core_skills", "other_skills"):
        without = msgspec.structs.replace(lists, **{field: ()})
        said, found = left_without(encoded(lists).features, field), vectors(encoded(without).features)
        for one, other in zip(said, found, strict=True):
            np.testing.assert_allclose(one, other, atol=2e-6)


def test_a_field_is_named_by_place_and_number() -> None:
    assert str(unit_path(Place.ROLE_TITLE, 2, 0)) == "roles[2].title"
    assert str(unit_path(Place.TITLE, 0, 0)) == "title"


def test_every_text_is_a_unit_and_is_named() -> None:
    fields = [str(unit.path) for unit in units(NURSE)]
    assert fields == [
        *("title", "core_skills", "other_skills", "about"),
        *("roles[0].title", "roles[0].skills", "roles[0].bullets[0]", "roles[0].bullets[1]"),
        *("roles[1].title", "roles[1].bullets[0]"),
    ]


def test_a_profile_of_one_field_has_nothing_left_without_it() -> None:
    columns = encoded(Profile(id="a", title="Welder")).features.columns
    assert columns["unit_words"].tolist() == [0]


def test_a_title_of_a_role_counts_where_the_role_says_more() -> None:
    """By its bullets or by its skills; alone it is not among the words that count."""
    roles = (
        Role(title="Alone"),
        Role(title="With bullets", bullets=("Fixed pumps.",)),
        Role(title="With skills", skills=("Welding",)),
    )
    counted = {unit.text: unit.counted for unit in units(Profile(roles=roles)) if unit.place is Place.ROLE_TITLE}
    assert counted == {"Alone": "", "With bullets": "With bullets", "With skills": "With skills"}
