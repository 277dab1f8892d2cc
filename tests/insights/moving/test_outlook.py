"""`outlook`: the frozen numbers that it sums, the fields that it names, and None wherever a career is not whole."""

from __future__ import annotations

import random
from math import exp, isclose

import msgspec
import pytest

from recommender.facts import Facts
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights.moving import MoveOutlook, outlook
from recommender.insights.moving.hazard import HazardTable
from recommender.profile import Education, Profile, Role
from recommender.skills import Vocabulary
from tests.insights.moving.people import AS_OF, changed, mover, role, stayer

V = Vocabulary.shipped()


def said(profile: Profile, table: HazardTable | None = None) -> MoveOutlook | None:
    return outlook(profile, derive_facts(profile, V), table)


def sure(profile: Profile) -> MoveOutlook:
    found = said(profile)
    assert found is not None
    return found


def a_table(**changes: object) -> HazardTable:
    plain = HazardTable(
        version="test",
        made={},
        badge_from=1.5,
        intercept=-2.0,
        weights={},
        usual={"systems": {"mid": 0.4, "senior": 0.4}},
    )
    return msgspec.structs.replace(plain, **changes)


def test_four_periods_of_one_hazard_make_a_year() -> None:
    """A hazard of 1 / (1 + e²) = .1192 leaves .8808⁴ = .6019 after four periods: .398, just what is usual."""
    hazard = 1 / (1 + exp(2.0))
    found = said(mover(), a_table())
    assert found is not None
    assert found.probability == round(1 - (1 - hazard) ** 4, 3) == 0.398
    assert (found.ratio, found.badge, found.version) == (1.0, False, "test")


def test_a_signal_that_begins_within_the_year_counts_from_then_on() -> None:
    """Eight months in the job: in the third and fourth period, after 14 and 17 months, nobody leaves."""
    hazard = 1 / (1 + exp(2.0))
    found = said(mover(), a_table(weights={"from 12 months": -100.0}))
    assert found is not None
    assert isclose(found.probability, 1 - (1 - hazard) ** 2, abs_tol=5e-4)


def test_the_badge_begins_at_the_ratio_that_the_table_says() -> None:
    for usual, badge in ((0.398, False), (0.2655, False), (0.2653, True), (0.1, True)):
        found = said(mover(), a_table(usual={"systems": {"mid": usual}}))
        assert found is not None
        assert found.badge is badge


def test_the_numbers_that_ship_put_many_short_jobs_before_one_long_one() -> None:
    goes, stays = sure(mover()), sure(stayer())
    assert goes.probability > 0.4 > 0.2 > stays.probability
    assert (goes.badge, stays.badge) == (True, False)
    assert goes.ratio >= 1.5 > 0.8 > stays.ratio


def test_its_fields_are_the_dates_and_employers_of_the_jobs_and_the_present_title() -> None:
    found = sure(stayer())
    assert found.fields[:2] == ("as_of", "roles[0].title")
    assert found.fields[2:] == tuple(f"roles[{n}].{name}" for n in range(4) for name in ("company", "start", "end"))
    assert all(FieldPath.parse(field) is not None for field in found.fields)


def test_steps_up_at_one_employer_are_one_job_that_began_with_the_first() -> None:
    """Two steps up, and 135 months: not 64 since the last one."""
    found = said(stayer(), a_table(weights={"from 120 months": 10.0}))
    assert found is not None
    assert found.probability > 0.99
    one_step = said(stayer(), a_table(weights={"steps": 1.0}))
    hazard = 1 / (1 + exp(0.0))
    assert one_step is not None
    assert isclose(one_step.probability, 1 - (1 - hazard) ** 4, abs_tol=5e-4)


OTHERS = ("Zoë Ünal", "José García", "Wei Zhang", "Mohammed Al-Amin", "Olga Petrova", None)


@pytest.mark.parametrize("person", [mover, stayer])
def test_a_thousand_swaps_of_names_pronouns_and_school_years_change_nothing(person: object) -> None:
    rng, plain = random.Random(5), person()  # type: ignore[operator]
    before = sure(plain)
    for _ in range(1_000):
        name = rng.choice(OTHERS)
        begun = rng.randrange(1955, 2020)
        pronoun = rng.choice(("He", "She", "They", "Ze"))
        swapped = changed(
            plain,
            name=name,
            about=f"{pronoun} builds things. Born {begun - 19} in {rng.choice(('Lagos', 'Lima', 'Leeds'))}.",
            location=rng.choice(("Berlin, Germany", "Lagos", None)),
            years_of_experience=rng.choice((None, 3, 40)),
            languages=(rng.choice(("Turkish", "English", "Hindi")),),
            highlights=(f"Known for {pronoun.lower()} work",),
            education=(
                Education(
                    school=rng.choice(("Women's College", "Boys' School", "Example University")),
                    start=str(begun),
                    end=str(begun + 4),
                ),
            ),
        )
        assert said(swapped) == before


@pytest.mark.parametrize(
    "roles",
    [
        pytest.param((), id="a title alone"),
        pytest.param((role("Acme", "Software Engineer", None),), id="one undated job"),
        pytest.param((*mover().roles, role("Gone", "Software Engineer", None, None)), id="an undated job among others"),
        pytest.param((*mover().roles, role("Gone", "Software Engineer", None, "2020-01")), id="a job without a start"),
        pytest.param((role("Acme", "Software Engineer", "2024-01", "2025-01"),), id="nothing goes on"),
        pytest.param((role("Acme", "Software Engineer", "2024"),), id="a year alone"),
        pytest.param((role("Acme", "Software Engineer", "2027-01"),), id="it starts after the profile was made"),
        pytest.param(
            (role("Acme", "Software Engineer", "2024-01"), role("B", "Software Engineer", "2023-01", "2022-01")),
            id="dates that cannot be",
        ),
        pytest.param(
            (role("Acme", "Software Engineer", "2024-01"), role("Borealis", "Software Engineer", "2022-01")),
            id="two employers at once",
        ),
        pytest.param((role(" ", "Software Engineer", "2024-01"),), id="an employer without a name"),
        pytest.param((Role(company="Acme", start="2024-01"),), id="no title"),
        pytest.param((role("Acme", "Beekeeper", "2024-01"),), id="an occupation of which nothing is known"),
        pytest.param((role("Acme", "Software Engineer", "1966-01"),), id="sixty years in one job"),
        pytest.param(
            (role("Acme", "Software Engineer", "2024-01"), role("B", "Software Engineer", "1966-01", "2023-12")),
            id="a career of sixty years",
        ),
        pytest.param((role("Acme", "Ingeniero de software", "2024-01"),), id="Spanish"),
        pytest.param((role("Acme", "Desarrollador Java", "2024-01"),), id="Spanish, of one word"),
        pytest.param((role("Acme", "Développeur full stack", "2024-01"),), id="French"),
        pytest.param((role("Acme", "Softwareentwickler", "2024-01"),), id="German"),
        pytest.param((role("Acme", "Java Entwicklerin", "2024-01"),), id="German, of two words"),
        pytest.param((role("Acme", "ソフトウェアエンジニア", "2024-01"),), id="Japanese"),
        pytest.param(
            (role("Acme", "Software Engineer", "2024-01", None, "Entwicklung von Diensten und " * 10),),
            id="an English title over German text",
        ),
    ],
)
def test_where_a_career_is_not_whole_or_not_known_nothing_is_said(roles: tuple[Role, ...]) -> None:
    assert said(Profile(id="x", title="Software Engineer", as_of=AS_OF, roles=roles)) is None


def test_a_bare_list_of_skills_says_nothing() -> None:
    assert said(Profile(id="x", core_skills=("Python", "Kafka"), as_of=AS_OF)) is None


def test_without_the_date_of_the_profile_nothing_is_said() -> None:
    assert said(changed(mover(), as_of=None)) is None


def test_past_jobs_may_overlap() -> None:
    both = (*mover().roles, role("Harbour", "Software Engineer", "2023-02", "2024-02"))
    assert said(changed(mover(), roles=both)) is not None


def test_the_order_of_roles_does_not_count() -> None:
    turned = sure(changed(mover(), roles=mover().roles[::-1]))
    assert msgspec.structs.replace(turned, fields=()) == msgspec.structs.replace(sure(mover()), fields=())


def test_of_an_occupation_and_level_that_too_few_have_nothing_is_said() -> None:
    assert said(mover(), a_table(usual={"systems": {"lead": 0.3}})) is None


def test_nothing_but_the_jobs_is_asked_for() -> None:
    assert outlook(mover(), Facts(companies_now=("acme",))) == sure(mover())
