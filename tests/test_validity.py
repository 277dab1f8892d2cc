"""What no profile may hold: the rule itself, which every door asks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given

from recommender.profile import Contact, Education, Profile, Role, profile_from_json, profile_to_json
from recommender.validity import LONGEST_ID, Fault, admit, fault_of_id
from tests.test_profile import PROFILES


def fault(**fields: Any) -> Fault:
    outcome = admit(Profile(id="x", **fields))
    assert isinstance(outcome, Fault), outcome
    assert "\n" not in outcome.reason
    assert len(outcome.message) < 250
    return outcome


@pytest.mark.parametrize(
    "profile_id",
    [
        "a",
        "Dr. Ines Moor",
        "team/7",
        "Zoë O’Hara",
        "a b?c#d",
        "名",
        "similar",
        "...",
        "v1.2/x",
        "می‌خواهم",
        "x" * LONGEST_ID,
    ],
)
def test_an_id_that_may_be(profile_id: str) -> None:
    assert fault_of_id(profile_id) is None


@pytest.mark.parametrize(
    ("profile_id", "why"),
    [
        ("", "is empty"),
        (" ", "blank"),
        (" a", "blank"),
        ("a\u2003", "blank"),
        (".", "cannot stand in a URL"),
        ("..", "cannot stand in a URL"),
        ("a/../b", "cannot stand in a URL"),
        ("/a", "cannot stand in a URL"),
        ("a/", "cannot stand in a URL"),
        ("a//b", "cannot stand in a URL"),
        ("a/similar", "reads as a question"),
        ("a\x00b", "U+0000"),
        ("a\nb", "U+000A"),
        ("a\u200bb", "U+200B"),
        ("a\u202eb", "U+202E"),
        ("a\u2028b", "U+2028"),
        ("a\ud800b", "U+D800"),
        ("Zoe\u0308", "NFC"),
        ("x" * (LONGEST_ID + 1), "201 characters"),
        ("x" * 1_000_000, "1,000,000 characters"),
    ],
)
def test_an_id_that_cannot_be(profile_id: str, why: str) -> None:
    reason = fault_of_id(profile_id)
    assert reason is not None
    assert why in reason
    assert len(reason) < 350
    assert isinstance(admit(Profile(id=profile_id)), Fault)


@pytest.mark.parametrize("years", [-1, -(10**9), 81, 10**9, 2**63, 2**64, 10**30, -(10**400)])
def test_years_nobody_has(years: int) -> None:
    assert fault(years_of_experience=years).field == "years_of_experience"
    assert fault(years_of_experience=10**5000).reason.startswith("it cannot be written as JSON")


@pytest.mark.parametrize("years", [None, 0, 80])
def test_years_somebody_has(years: int | None) -> None:
    profile = Profile(id="x", years_of_experience=years)
    assert admit(profile) == profile


@pytest.mark.parametrize(
    "date", ["0000", "0001-05", "1899", "2100-01", "9999-12", "-0044", "2020-13", "2020-1", "soon", ""]
)
def test_dates_of_nobodys_life(date: str) -> None:
    assert fault(as_of=date).field == "as_of"
    assert fault(roles=(Role(), Role(start=date))).field == "roles[1].start"
    assert fault(roles=(Role(end=date),)).field == "roles[0].end"
    assert fault(education=(Education(start=date),)).field == "education[0].start"
    assert fault(education=(Education(end=date),)).field == "education[0].end"


@pytest.mark.parametrize("date", ["1900", "1999-12", "2099-01"])
def test_dates_of_a_life(date: str) -> None:
    profile = Profile(id="x", as_of=date, roles=(Role(start=date, end=date),), education=(Education(start=date),))
    assert admit(profile) == profile


def nested(deep: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(deep):
        value = {"in": value}
    return value


ENDLESS: list[Any] = []
ENDLESS.extend([ENDLESS, ENDLESS])


@pytest.mark.parametrize(
    "extras",
    [
        nested(101),
        nested(5_000),
        {"n": float("nan")},
        {"n": [1, {"m": float("-inf")}]},
        {"n": 10**5000},
        {"n": "\ud800"},
        {"\udfff": 1},
        {"n": object()},
        {"n": {(1, 2): 3}},
        {"n": ENDLESS},
    ],
    ids=[
        "101 deep",
        "5000 deep",
        "NaN",
        "infinity",
        "5000 digits",
        "surrogate",
        "surrogate key",
        "object",
        "tuple key",
        "endless",
    ],
)
def test_what_json_does_not_give_back(extras: dict[str, Any]) -> None:
    assert fault(extras=extras).reason
    assert fault(contact=Contact(extras=extras)).reason


def test_what_json_does_give_back() -> None:
    profile = Profile(
        id="x", name="a\x00b", about="😀" * 10, extras={"n": 10**30, "deep": nested(90), "list": [1, None]}
    )
    assert admit(profile) == profile


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": 5}, "title"),
        ({"years_of_experience": "7"}, "years_of_experience"),
        ({"core_skills": "Rust"}, "core_skills"),
        ({"roles": ({"start": 5},)}, "roles[0].start"),
        ({"extras": []}, "extras"),
    ],
)
def test_a_profile_made_by_hand_is_held_to_its_types(fields: Any, at: str) -> None:
    assert fault(**fields).field == at


def test_lists_for_tuples_are_taken_as_they_will_be_read_back() -> None:
    made: Any = Profile(id="x", core_skills=["Rust"], roles=[Role(title="Rigger")])  # type: ignore[arg-type]
    assert admit(made) == Profile(id="x", core_skills=("Rust",), roles=(Role(title="Rigger"),))


@given(PROFILES)
def test_what_is_admitted_is_what_is_read_back(profile: Profile) -> None:
    outcome = admit(msgspec.structs.replace(profile, id="x"))
    assert isinstance(outcome, Profile)
    assert profile_from_json(profile_to_json(outcome)) == outcome
