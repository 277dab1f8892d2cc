"""What makes a skill central, by made-up skills that differ in nothing but where they stand."""

from __future__ import annotations

import pytest

from recommender.facts.core import derived_core, distinction
from recommender.field_path import FieldPath
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

V = Vocabulary.shipped()

#: As of January 2026: 97 months until now, 61 that ended 60 ago, 24 until now, and one without dates.
DATED = Profile(
    roles=(
        Role(start="2018-01"), Role(start="2016-01", end="2021-01"), Role(start="2024-02"), Role(),
    ),
    as_of="2026-01",
)  # fmt: skip
BULLETS = tuple(f"roles[0].bullets[{number}]" for number in range(5))


def path(written: str) -> FieldPath:
    found = FieldPath.parse(written)
    assert found is not None
    return found


def core(*places: tuple[str, ...]) -> list[int]:
    """The order of core skills that were found at these places; none of them is known to the vocabulary."""
    held = {f"Made-up Craft {number}": tuple(map(path, found)) for number, found in enumerate(places)}
    return [int(name.rpartition(" ")[2]) for name in derived_core(DATED, held, V)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("title",), ("skills",)),
        (("other_skills",), ("highlights",)),
        (("about",), ("certifications",)),
        (("about", "certifications"), ("title",)),
        (("other_skills", "highlights", "other_skills"), ("skills", "title")),
        ((BULLETS[0], "other_skills"), ("skills",)),
        (BULLETS[:2], ("other_skills",)),
        (BULLETS[:2], BULLETS),
        (("roles[0].skills",), ("skills",)),
        (("roles[1].skills",), ("about",)),  # 60 months ago: half of 3
        (("roles[1].bullets[0]", "roles[1].bullets[1]"), BULLETS[:1]),
        (("roles[2].title", "roles[2].bullets[0]"), ("skills",)),  # 24 of 48 months: ¾ of 3 and of 1
    ],
)
def test_places_that_count_alike_leave_the_order_of_reading(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """A title and a list count 3; another list and a highlight 2; the about text and a certificate 1½; a bullet 1."""
    assert core(one, other) == core(other, one) == [0, 1]


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (("other_skills",), ("skills",)),
        (("about",), ("highlights",)),
        (BULLETS[:1], ("about",)),
        (BULLETS[:1], BULLETS[:2]),
        (("roles[1].title",), ("roles[2].title",)),
        (("roles[2].title",), ("roles[0].title",)),
        (("roles[3].title",), ("roles[1].title",)),
    ],
)
def test_what_counts_more_goes_first(less: tuple[str, ...], more: tuple[str, ...]) -> None:
    assert core(less, more) == [1, 0]


def test_without_dates_a_role_counts_less_the_later_it_is_listed() -> None:
    """.75 × 3 of the first is more than a highlight, .75 × .85 × 3 of the second less."""
    places = ("roles[1].title", "highlights", "roles[0].title")
    held = {name: (path(place),) for name, place in zip("ABC", places, strict=True)}
    assert derived_core(Profile(roles=(Role(), Role())), held, V) == ("C", "B", "A")


def test_eight_are_core() -> None:
    assert core(*[("skills",)] * 9) == list(range(8))


@pytest.mark.parametrize(
    ("skill", "share"),
    [
        ("Welding", 1.0), ("Project Management", 0.7), ("Made-up Craft", 0.6), ("Spanish", 0.3),
        ("Microsoft Excel", 0.3), ("Teamwork", 0.25),
    ],
)  # fmt: skip
def test_what_nearly_everybody_has_tells_little_of_a_profession(skill: str, share: float) -> None:
    """Wherever they stand: where a trade's own skill counts 1, what leads people, what nobody knows, and so on."""
    assert distinction(skill, V) == share
    (first, *_) = derived_core(DATED, {skill: (path("skills"),), "Nursing": (path("skills"),)}, V)
    assert first == (skill if share == 1 else "Nursing")
