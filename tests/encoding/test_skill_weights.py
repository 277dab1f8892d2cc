from __future__ import annotations

import math

import pytest

from recommender.encoding.sparse import sparse
from recommender.encoding.text.skill_weights import LENT, SkillRarity, SkillWeigher, skill_id
from recommender.field_path import FieldPath
from recommender.profile import Profile, Role
from tests.matching.fakes import VOCABULARY

RARITY = SkillRarity({"Kafka": 1_000, "Welding": 10, "Communication": 5_000}, 40_000, "test")


def weights(profile: Profile) -> dict[int, float]:
    found = sparse(SkillWeigher(profile, VOCABULARY, RARITY).weights())
    return dict(zip(found.ids.tolist(), found.weights.tolist(), strict=True))


def likeness(one: Profile, other: Profile) -> float:
    first, second = weights(one), weights(other)
    return sum(value * second.get(key, 0.0) for key, value in first.items())


def test_rarity_falls_with_the_adverts_that_ask_for_a_skill() -> None:
    """log(40,000 / 1,001) / log(40,000 / 4); one that nobody counted is as rare as can be."""
    assert RARITY.of("Kafka") == pytest.approx(math.log(40_000 / 1_001) / math.log(10_000))
    assert RARITY.of("Kafka") < RARITY.of("Welding") < RARITY.of("Falconry") == 1


def test_shipped_counts_know_common_from_rare() -> None:
    shipped = SkillRarity.shipped()
    assert shipped.adverts == 40_892
    assert shipped.of("Communication") < shipped.of("Hibernate") < shipped.of("Phlebotomy") <= 1


def test_a_profile_without_a_skill_has_no_weight() -> None:
    assert weights(Profile(id="a")) == {}


def test_what_is_shown_nowhere_weighs_nothing() -> None:
    weigher = SkillWeigher(Profile(id="a", core_skills=("Kafka",)), VOCABULARY, RARITY)
    assert weigher.lost("Kafka", ()) == 0 < weigher.lost("Kafka", (FieldPath.of("core_skills", 0),))


def test_related_skills_count_for_part() -> None:
    kafka, pulsar, welding = (Profile(id="x", core_skills=(skill,)) for skill in ("Kafka", "Apache Pulsar", "Welding"))
    assert likeness(kafka, kafka) == pytest.approx(1, abs=1e-6)
    assert 0.2 < likeness(kafka, pulsar) < 0.8
    assert likeness(kafka, welding) == 0
    near = dict(VOCABULARY.related("Kafka"))["Apache Pulsar"]
    found = weights(kafka)
    assert found[skill_id("Apache Pulsar")] / found[skill_id("Kafka")] == pytest.approx(LENT * near, rel=1e-5)


def test_a_skill_of_todays_role_outweighs_one_of_long_ago() -> None:
    def used(end: str | None, start: str) -> float:
        role = Role(title="Fitter", start=start, end=end, bullets=("did Welding every day",))
        other = Role(title="Data Engineer", start="2000-01", end="2000-06", bullets=("ran Kafka",))
        return weights(Profile(id="a", roles=(role, other), as_of="2026-01"))[skill_id("Welding")]

    assert used(None, "2016-01") > used("2011-01", "2001-01")


def test_naming_a_skill_twenty_times_in_a_role_counts_as_twice() -> None:
    def shown(times: int) -> dict[int, float]:
        role = Role(title="Fitter", start="2020-01", bullets=("Welding",) * times)
        return weights(Profile(id="a", core_skills=("Kafka",), roles=(role,), as_of="2026-01"))

    assert shown(20) == shown(2) != shown(1)


def test_soft_skills_weigh_little() -> None:
    found = weights(Profile(id="a", core_skills=("Communication", "Kafka")))
    assert found[skill_id("Communication")] < found[skill_id("Kafka")] / 3


def test_a_list_longer_than_counts_in_full_weighs_less_than_what_is_shown_at_work() -> None:
    """Of 60 skills that are only listed each counts (30 / 60)³ = 1/8; one used in a role counts as ever."""
    listed = tuple(f"Craft {number}" for number in range(60))
    role = Role(title="Fitter", start="2020-01", bullets=("Welding",))
    found = weights(Profile(id="a", core_skills=listed, roles=(role,), as_of="2026-01"))
    few = weights(Profile(id="a", core_skills=listed[:30], roles=(role,), as_of="2026-01"))
    many, some = (d[skill_id("craft 7")] / d[skill_id("Welding")] for d in (found, few))
    assert many / some == pytest.approx(1 / 8, rel=1e-5)


def test_requirements_lend_nothing_and_take_every_field_alike() -> None:
    """Kafka is common and Welding rare here; a profile's own skills weigh by rarity × what their field tells."""
    asked = SkillWeigher(Profile(id="a", other_skills=("Kafka", "Welding")), VOCABULARY, RARITY, requirements=True)
    weights = asked.weights()
    assert set(weights) == {skill_id("Kafka"), skill_id("Welding")}
    assert weights[skill_id("Kafka")] / weights[skill_id("Welding")] == pytest.approx(
        RARITY.of("Kafka") / RARITY.of("Welding")
    )


def test_the_words_of_an_entry_are_asked_for_by_the_rarest_skill_that_it_names() -> None:
    weigher = SkillWeigher(Profile(id="a"), VOCABULARY, RARITY, requirements=True)
    assert weigher.asked("kafka") == pytest.approx(RARITY.of("Kafka") ** 2)
    assert weigher.asked("Kafka and Welding") == 1
    assert weigher.asked("Communication") < weigher.asked("Kafka")
