"""A skill that somebody knows of or learns is no expertise; one that they work with is, whatever else they know of."""

import msgspec
import pytest

from recommender.field_path import FieldPath
from recommender.insights import derive
from recommender.insights.texts import Texts
from recommender.insights.work.hedges import is_hedged
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

V = Vocabulary.shipped()
_BACKED = "Expertise in Software Engineering and Kafka across several roles."


@pytest.mark.parametrize(
    ("text", "skill", "hedged"),
    [
        ("Basic knowledge of Kafka and Cassandra.", "Kafka", True),
        ("Basic knowledge of Kafka and Cassandra.", "Cassandra", True),
        ("Started learning Rust for the ferry terminal.", "Rust", True),
        ("Had exposure to Terraform on the night shift.", "Terraform", True),
        ("Familiar with Kafka.\nWrote the queue of parcels on Cassandra.", "Cassandra", False),
        ("Wrote the queue of parcels on Kafka; familiarity with Cassandra.", "Cassandra", True),
        ("Wrote the queue of parcels on Kafka; familiarity with Cassandra.", "Kafka", False),
        ("Studied Rust, and rebuilt the signals in Rust.", "Rust", False),
        ("Trained machine learning models in Python.", "Machine Learning", False),
        ("Wrote the till in Visual Basic.", "Visual Basic", False),
    ],
)
def test_what_comes_after_such_words_is_only_known_of(text: str, skill: str, hedged: bool) -> None:
    profile = Profile(roles=(Role(title="Software Engineer", bullets=(text,)),))
    field = FieldPath.of("roles", 0, "bullets", 0)
    assert is_hedged(field, Texts(profile), skill, V) is hedged


def test_expertise_is_not_said_of_what_is_only_known_of() -> None:
    def person(first: str, second: str) -> Profile:
        roles = (
            Role(company="Tern", title="Software Engineer", start="2020-01", bullets=(first,)),
            Role(company="Quay", title="Software Engineer", start="2016-01", end="2019-12", bullets=(second,)),
        )
        return Profile(title="Software Engineer", other_skills=("Kafka",), roles=roles, as_of="2026-03")

    backed = person("Wrote the queue of parcels on Kafka.", "Moved the bookings to Kafka.")
    known_of = person("Good knowledge of Kafka.", "Had exposure to Kafka and its tools.")
    assert [len(one.skills) for one in map(_persona, (backed, known_of))] == [1, 0]


def _persona(profile: Profile):  # type: ignore[no-untyped-def]
    found = derive(profile, V).insights.persona
    assert found is not None
    return found


def test_a_job_that_is_listed_twice_is_one() -> None:
    """Kafka in two listings of one job and in another role; a third of the same title elsewhere makes several."""

    def role(company: str, start: str | None, end: str | None = None) -> Role:
        return Role(
            company=company, title="Software Engineer", start=start, end=end, bullets=("Ran Kafka.", "Grew Kafka.")
        )

    def backing(*roles: Role) -> list[str]:
        said = derive(Profile(title="Baker", roles=roles, as_of="2026-01"), V).insights.highlights
        return [one.text for one in said if "role" in one.text]

    quay = role("Quay", "2016-01", "2019-01")
    twice = role("Tern Ltd", "2020-01"), role("TERN", "2021-01", "2022-12")
    assert backing(*twice, quay) == []
    assert backing(role("Tern", "2020-01"), role("Tern Inc.", None), quay) == []
    assert backing(*twice, quay, role("Bay", "2012-01", "2014-01")) == [_BACKED]
    split = msgspec.structs.replace(twice[0], title="Java Software Engineer")
    assert backing(twice[0], split, quay) == [], "one employer, from the same month on"
    assert backing(role("Tern", "2020-01"), role("Tern", "2010-01", "2013-01"), quay) == [_BACKED]
