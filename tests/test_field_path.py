"""Paths of fields: written and read back the same, and followed to what a profile has there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.field_path import FieldPath
from recommender.profile import Education, Profile, Role

ADA = Profile(
    title="Engineer",
    core_skills=("Kafka", "Rust"),
    roles=(Role(title="Engineer"), Role(title="Intern", bullets=("wrote tests", "read logs"))),
    education=(Education(school="Harbour University"),),
)

PATHS = [
    (("title",), "title", "Engineer"),
    (("core_skills",), "core_skills", ("Kafka", "Rust")),
    (("core_skills", 1), "core_skills[1]", "Rust"),
    (("roles", 1, "title"), "roles[1].title", "Intern"),
    (("roles", 1, "bullets", 0), "roles[1].bullets[0]", "wrote tests"),
    (("education", 0, "school"), "education[0].school", "Harbour University"),
    (("roles", 0), "roles[0]", ADA.roles[0]),
    (("years_of_experience",), "years_of_experience", None),
]


@pytest.mark.parametrize(("steps", "written", "value"), PATHS)
def test_a_path_is_written_read_and_followed(steps: tuple[str | int, ...], written: str, value: object) -> None:
    path = FieldPath.of(*steps)
    assert str(path) == written
    assert FieldPath.parse(written) == path
    assert path.resolve(ADA) == value


@pytest.mark.parametrize(
    "written",
    ["", ".", "roles[", "roles[]", "roles[-1]", "roles[x]", "[0]", "roles.", ".title", "roles[0]title", "Roles[0]",
     "roles[0] ", "roles[٣]", "roles[0].\ntitle", "title\n", "roles[1234567]"],
)  # fmt: skip
def test_what_is_no_path_is_none(written: str) -> None:
    assert FieldPath.parse(written) is None


@pytest.mark.parametrize("written", ["salary", "roles[2]", "roles[0].salary", "title.title", "years_of_experience[0]"])
def test_what_the_profile_has_not_is_not_found(written: str) -> None:
    path = FieldPath.parse(written)
    assert path is not None
    with pytest.raises(LookupError, match="no field"):
        path.resolve(ADA)


@pytest.mark.parametrize(
    ("written", "role"), [("roles[3].title", 3), ("roles[0]", 0), ("roles", None), ("education[1].school", None)]
)
def test_the_role_a_field_is_of(written: str, role: int | None) -> None:
    path = FieldPath.parse(written)
    assert path is not None
    assert path.role == role


@given(st.text("roles[0]._title1", max_size=30))
def test_what_is_read_is_written_so_again_but_for_leading_zeros(written: str) -> None:
    path = FieldPath.parse(written)
    assert path is None or FieldPath.parse(str(path)) == path
