from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest

from recommender.encoding.text.passages import LISTED, PassageKind, list_share, passages, role_weight
from recommender.profile import Education, Profile, Role
from tests.matching.fakes import encoder, person

CAREER = Profile(
    id="c",
    title="Head of Platform",
    about="Runs platforms.",
    core_skills=("Kafka", "Python", "Terraform"),
    roles=(
        Role(title="Head of Platform", start="2020-01", bullets=("leads four teams",)),
        Role(title="Engineer", start="2010-01", end="2019-12", bullets=("built queues",)),
        Role(title="Intern", start="2009-06", end="2009-08", bullets=("wrote tests",)),
    ),
    education=(Education(degree="BSc", field="Physics", school="Somewhere"),),
    as_of="2026-01",
)


def test_there_is_a_passage_for_every_part() -> None:
    found = {(passage.kind, passage.number): passage.text for passage in passages(CAREER)}
    assert found[PassageKind.TITLE, 0] == "Head of Platform"
    assert found[PassageKind.ROLE, 1] == "Engineer\nbuilt queues"
    assert found[PassageKind.EDUCATION, 0] == "BSc, Physics"
    assert found[PassageKind.OVERVIEW, 0].startswith("Head of Platform. Kafka, Python, Terraform. Runs platforms.")
    assert len(found) == 11


def test_a_role_counts_by_how_recent_and_how_long_it_was() -> None:
    """Eight years up to now count 1; ended a month ago, nearly .4; five years ago, half of .4; two years, half."""
    now = "2026-01"
    assert role_weight(Role(start="2018-02"), now) == pytest.approx(1)
    assert role_weight(Role(start="2018-01", end="2025-12"), now) == pytest.approx(0.4 * 0.5 ** (1 / 60))
    assert role_weight(Role(start="2013-02", end="2021-01"), now) == pytest.approx(0.4 * 0.5)
    assert role_weight(Role(start="2024-02", end="2026-01"), now) == pytest.approx(0.5)


@pytest.mark.parametrize(("length", "factor"), [(3, 0.502), (750, 1.0), (1500, 1.5), (1501, 1.5), (6000, 1.5)])
def test_prose_counts_from_half_to_one_and_a_half_by_its_length_and_a_title_does_not(
    length: int, factor: float
) -> None:
    """0.5 and a 1,500th more for each character up to 1,500. The role goes on, 8 years long: it counts 2 by itself."""
    text = "x" * length
    role = Role(title=None, start="2018-01", bullets=(text,))
    profile = Profile(title=text, about=text, roles=(role,), as_of="2026-01")
    weights = {passage.kind: passage.weight for passage in passages(profile)}
    assert weights == {
        PassageKind.TITLE: 1.0,
        PassageKind.ABOUT: pytest.approx(factor),
        PassageKind.ROLE: pytest.approx(2 * factor),
        PassageKind.OVERVIEW: 1.0,
    }


def test_order_of_roles_and_skills_changes_nothing() -> None:
    shuffled = random.Random(4)
    first = encoder().encode([CAREER])[0]
    for _ in range(5):
        other = msgspec.structs.replace(
            CAREER,
            roles=tuple(shuffled.sample(CAREER.roles, 3)),
            core_skills=tuple(shuffled.sample(CAREER.core_skills, 3)),
        )
        again = encoder().encode([other])[0]
        assert np.array_equal(again.vector, first.vector)
        for name in ("sparse_id", "sparse_weight", "sparse_count", "career_code", "career_scale", "years"):
            assert np.array_equal(again.features.columns[name], first.features.columns[name]), name


def test_shares_of_sections_add_up_to_the_career_and_tell_what_is_left_without_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same of a career of one section: it is all of it, and nothing is left."""
    monkeypatch.setattr("recommender.encoding.profile_encoder.rounded_columns", lambda columns: columns)
    for profile in (CAREER, Profile(id="d", title="Welder")):
        columns = encoder().encode([profile])[0].features.columns
        parts = columns["section_code"] * (columns["section_scale"] * columns["section_share"])[:, None]
        career = columns["career_code"][0] * columns["career_scale"][0]
        np.testing.assert_allclose(parts.sum(axis=0), career, atol=0.01)
        np.testing.assert_allclose(np.linalg.norm(career - parts, axis=1), columns["section_left"], atol=0.02)


def test_nothing_is_truncated() -> None:
    """The last word of a very long role still changes the passage, and the search vector."""
    long = tuple(f"did thing number {n} for the orders team" for n in range(400))
    one, two = (
        msgspec.structs.replace(CAREER, roles=(Role(title="Engineer", start="2020", bullets=(*long, last)),))
        for last in ("welding", "nursing")
    )
    first, second = encoder().encode([one, two])
    assert not np.array_equal(first.vector, second.vector)


def test_a_batch_gives_what_one_alone_gives() -> None:
    profiles = [CAREER, *(person(n, trade) for n in range(4) for trade in ("nurse", "welder"))]
    together = encoder().encode(profiles)
    for alone, among in zip((encoder().encode([profile])[0] for profile in profiles), together, strict=True):
        assert np.array_equal(alone.vector, among.vector)


def test_an_empty_profile_encodes_to_nothing_and_no_error() -> None:
    empty = encoder().encode([Profile(id="e")])[0]
    assert not empty.vector.any()
    assert len(empty.features) == 1


def test_a_list_counts_in_full_up_to_its_limit_and_less_beyond() -> None:
    """(30 / 60)³ = 1/8."""
    assert [list_share(count) for count in (0, 1, LISTED, 2 * LISTED)] == [1, 1, 1, 1 / 8]


def test_the_overview_of_a_long_list_keeps_what_the_work_speaks_of() -> None:
    """Of 60 skills (30 / 60)³ × 60, 8 by the nearest even number, count: Zinc Plating, the last by name, among them."""
    listed = (*(f"Craft {number:02}" for number in range(59)), "Zinc Plating")
    role = Role(title="Fitter", start="2020-01", bullets=("did zinc plating",))
    profile = Profile(title="Fitter", core_skills=listed, roles=(role,), as_of="2026-01")
    overview = next(passage.text for passage in passages(profile) if passage.kind is PassageKind.OVERVIEW)
    assert overview.startswith("Fitter. Craft 00, Craft 01,")
    assert ", Craft 06, Zinc Plating. " in overview
    assert "Craft 07" not in overview


def test_a_bare_list_tells_no_career() -> None:
    bare, message = encoder().encode(
        [Profile(id="b", core_skills=("Kafka",)), Profile(id="t", title="Engineer", core_skills=("Kafka",))]
    )
    assert bare.features.columns["career_scale"][0] == 0
    assert bare.vector.any(), "it is found by what it lists"
    assert message.features.columns["career_scale"][0] > 0


def test_the_overview_tells_the_work_that_goes_on_first_then_the_latest() -> None:
    """Whatever order the roles are listed in; a role without dates comes last."""
    roles = (
        Role(title="Undated", bullets=("mixed paint",)),
        Role(title="Early", start="2009-01", end="2012-05", bullets=("cut glass",)),
        Role(title="Present", start="2011-01", bullets=("laid tiles",)),
        Role(title="Late", start="2012-06", end="2019-02", bullets=("hung doors",)),
    )
    for listed in (roles, roles[::-1]):
        found = passages(Profile(title="Builder", roles=listed, as_of="2026-01"))
        overview = next(passage.text for passage in found if passage.kind is PassageKind.OVERVIEW)
        places = [overview.index(work) for work in ("laid tiles", "hung doors", "cut glass", "mixed paint")]
        assert places == sorted(places), overview
