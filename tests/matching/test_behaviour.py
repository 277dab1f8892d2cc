"""How ranking behaves where the right answer is known by construction."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from recommender.evaluation import ndcg
from recommender.matching import Matcher, Query
from recommender.profile import Contact, Education, Profile
from recommender.reading import read_bytes
from tests.matching.fakes import TRADES, VOCABULARY, encoder, matcher_of, people, person

NAMES = ("Ada Lovelace", "Ruby Okafor", "Li Wei", "José García-Marín", "Mary Ann O'Neill", "Sven Östberg", "Grace Park")
PRONOUNS = ("she/her", "he/him", "they/them")
SWAPS = 1_000

_Value = TypeVar("_Value")


def ranking(matcher: Matcher, profile: Profile, k: int = 30) -> list[tuple[str, float]]:
    return [(match.profile_id, match.score) for match in matcher.similar(Query(profile=profile, k=k)).matches]


def rich(number: int) -> Profile:
    """A backend engineer with something in every section."""
    studies = (Education(degree="BSc", field="Physics"), Education(degree="MSc", field="Statistics"))
    return person(
        number, "backend", id=f"rich-{number}", other_skills=("Terraform", "Redis", "Linux"), education=studies,
        about="Streams orders.", highlights=("Halved the latency.",),
    )  # fmt: skip


def permuted(profile: Profile, rng: random.Random) -> Profile:
    """The same profile with its skills, roles, their tags, and education in another order."""

    def mixed(values: tuple[_Value, ...]) -> tuple[_Value, ...]:
        return tuple(rng.sample(values, len(values)))

    roles = tuple(msgspec.structs.replace(role, skills=mixed(role.skills)) for role in mixed(profile.roles))
    return msgspec.structs.replace(
        profile,
        core_skills=mixed(profile.core_skills),
        other_skills=mixed(profile.other_skills),
        roles=roles,
        education=mixed(profile.education),
    )


def test_an_order_of_skills_roles_and_education_changes_no_score(tmp_path: Path) -> None:
    pool = [*people(20), *map(rich, range(10))]
    rng = random.Random(3)
    plain = matcher_of(pool, tmp_path / "plain")
    mixed = matcher_of([permuted(profile, rng) for profile in pool], tmp_path / "mixed")
    for number in range(10):
        expected = ranking(plain, rich(number))
        assert ranking(plain, permuted(rich(number), rng)) == expected
        assert ranking(mixed, permuted(rich(number), rng)) == expected


def test_sections_of_a_text_in_another_order_change_no_score(tmp_path: Path) -> None:
    matcher = matcher_of(people(20), tmp_path)
    sections = [
        "Summary\nStreams orders for shops.",
        "Experience\nBackend Engineer\nAcme, Oslo\nJanuary 2018 to Present\n- ran services that stream orders",
        "Education\nBSc in Physics, Northfield College, 2014",
        "Skills\nKafka, PostgreSQL, Python",
    ]
    found = []
    for order in ((0, 1, 2, 3), (3, 2, 0, 1), (2, 3, 1, 0)):
        text = "Backend Engineer\n\n" + "\n\n".join(sections[number] for number in order)
        found.append(ranking(matcher, read(text)))
    assert found[0] == found[1] == found[2]


def read(text: str) -> Profile:
    line = msgspec.json.encode({"id": "asked", "text": text})
    (profile,) = read_bytes(line, source="x.jsonl", vocabulary=VOCABULARY, on_notice=lambda _: None)
    assert isinstance(profile, Profile)
    return profile


def test_the_place_of_the_decisive_role_in_a_text_is_nothing(tmp_path: Path) -> None:
    """The welder's latest role is after 50 tokens or after 1,500: the same welders come first."""
    matcher = matcher_of(people(20), tmp_path)
    decisive = "Welder\nAcme, Oslo\nJanuary 2016 to Present\n- welded steel frames from drawings\n"
    early = [
        f"Clerk\nOffice {number}, Oslo\nMarch {2000 + number} to June {2000 + number}\n"
        f"- {'kept the books of a small shop and filed letters ' * 12}\n"
        for number in range(12)
    ]
    grades = {person(number, trade).id or "": float(trade == "welder") for trade in TRADES for number in range(20)}
    gains = []
    for place in (0, 12):
        text = "Welder\n\nExperience\n" + "\n".join([*early[:place], decisive, *early[place:]])
        assert len(text[: text.index("welded steel")].split()) > 100 * place
        gains.append(ndcg([who for who, _ in ranking(matcher, read(text))], grades))
    assert gains[0] > 0.9
    assert abs(gains[0] - gains[1]) <= 0.01


@pytest.mark.parametrize(("own", "points"), [(False, 2), (True, 4)], ids=["random", "the-seeds-own"])
def test_listing_a_hundred_skills_that_no_role_uses_wins_little(own: bool, points: float, tmp_path: Path) -> None:
    """Nurses stuff their lists, also with everything that the engineer who asks can do: they stay below every engineer.

    Places won among unlike people are `benchmarks/behaviour.py`'s to count.
    """
    rng, seed = random.Random(5), rich(0)
    matcher = matcher_of(people(33), tmp_path)
    before = dict(ranking(matcher, seed, 99))
    worst = min(score for who, score in before.items() if who.startswith("backend"))
    for number in range(5):
        stuffing = tuple(rng.sample(sorted(VOCABULARY.names), 100))
        if own:
            stuffing = (*seed.core_skills, *seed.other_skills, *stuffing[6:])
        matcher.collection.upsert(encoder().encode([person(number, "nurse", other_skills=stuffing)]))
        after = dict(ranking(matcher, seed, 99))[f"nurse-{number}"]
        assert after - before[f"nurse-{number}"] <= points
        assert after < worst


def somebody(swap: int, number: int) -> Profile:
    """The same engineer under another name, pronoun, e-mail, link and photo, also inside the text."""
    rng = random.Random(f"{swap}-{number}")
    name, pronoun = rng.choice(NAMES), rng.choice(PRONOUNS)
    mail, link = f"p{rng.randrange(10**6)}@mail{rng.randrange(99)}.example.org", f"https://example.org/{swap}"
    about = f"{name} ({pronoun}) streams orders. Write to {mail} or see {link} for {name.split()[0]}'s talks."
    contact = Contact(emails=(mail,), links=(link,), photo=f"{swap}.png")
    return msgspec.structs.replace(rich(number), name=name, about=about, contact=contact)


@pytest.mark.slow
def test_a_thousand_swaps_of_identity_change_no_ranking(tmp_path: Path) -> None:
    """Whoever asks and whoever is found may be anybody: ids and scores stay."""
    pool = [*people(5), *(somebody(0, number) for number in range(10))]
    matcher = matcher_of(pool, tmp_path)
    expected = [ranking(matcher, somebody(0, number)) for number in range(10)]
    for swap in range(1, SWAPS // 10 + 1):
        matcher.collection.upsert(encoder().encode([somebody(swap, number) for number in range(10)]))
        assert [ranking(matcher, somebody(-swap, number)) for number in range(10)] == expected, swap
