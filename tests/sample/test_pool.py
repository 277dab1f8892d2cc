"""The sample pool: what a draw of the generator promises, and what the committed files hold."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index_data.generator.__main__ import SEED, SIZE, write_lines
from index_data.generator.build import Latent, build
from index_data.generator.content import LEVELS, trades
from recommender.profile import Profile, month_number, profile_from_json, profile_to_json

SAMPLE = Path(__file__).parents[2] / "index_data" / "sample"
#: People everybody knows, and companies nobody invented: none may appear.
REAL_PEOPLE = {
    "Jeff Dean", "Satya Nadella", "Sundar Pichai", "Parag Agrawal", "Daniel Ek", "Grace Hopper", "Jack Ma", "Amit Shah",
    "Narendra Modi", "Virat Kohli", "Rafael Nadal", "Simone Biles", "Naomi Osaka", "Wayne Rooney", "Andre Agassi",
    "Chimamanda Adichie", "Wole Soyinka", "Lewis Hamilton", "Serena Williams", "Javier Milei", "Felipe Massa",
    "Rory McIlroy", "Vikram Seth", "Aditya Birla", "Sanjay Gandhi", "Russell Crowe", "Raymond Chandler", "Elon Musk",
}  # fmt: skip
REAL_COMPANIES = re.compile(
    r"\b(Google|Amazon|Netflix|Twitter|Walmart|Meta|Facebook|Microsoft|Apple|IBM|Infosys|Wipro|Siemens|Bosch|Cisco|Apstra|Stackforce)\b"
)


@cache
def drawn() -> tuple[tuple[Profile, Latent], ...]:
    return tuple(build(seed=7, size=330))


@cache
def committed() -> tuple[Profile, ...]:
    with gzip.open(SAMPLE / "profiles.jsonl.gz") as file:
        return tuple(profile_from_json(line) for line in file)


@cache
def latent() -> tuple[dict[str, Any], ...]:
    with gzip.open(SAMPLE / "latent.jsonl.gz") as file:
        return tuple(json.loads(line) for line in file)


def bullets(profile: Profile) -> list[str]:
    return [bullet for role in profile.roles for bullet in role.bullets]


def words(profile: Profile) -> int:
    return len(" ".join([profile.about or "", *bullets(profile)]).split())


def held_months(profile: Profile) -> int | None:
    """Union of the months of all roles; None where a role has no exact dates."""
    held: set[int] = set()
    as_of = month_number(profile.as_of)
    for role in profile.roles:
        start, end = month_number(role.start), month_number(role.end)
        if start is None or as_of is None or len(role.start or "") != 7:
            return None
        held.update(range(start, as_of if end is None else end))
    return len(held)


def test_same_seed_same_people_other_seed_others() -> None:
    once = [profile_to_json(profile) for profile, _ in build(seed=3, size=40)]
    assert once == [profile_to_json(profile) for profile, _ in build(seed=3, size=40)]
    assert once != [profile_to_json(profile) for profile, _ in build(seed=4, size=40)]


def test_the_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    lines = [b'{"id": "a"}', b'{"id": "b"}']
    for name in ("one.gz", "two.gz"):
        write_lines(tmp_path / name, lines)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert gzip.decompress((tmp_path / "one.gz").read_bytes()) == b'{"id": "a"}\n{"id": "b"}\n'


@pytest.mark.slow
def test_the_committed_pool_is_what_the_generator_writes() -> None:
    made = list(build(SEED, SIZE))
    assert [profile for profile, _ in made] == list(committed())
    assert [hidden.id for _, hidden in made] == [line["id"] for line in latent()]


def test_ids_count_up_and_nobody_is_there_twice() -> None:
    people = [profile for profile, _ in drawn()]
    assert [profile.id for profile in people] == [f"sample-{number:04d}" for number in range(1, 331)]
    assert len({(profile.name, profile.title) for profile in people}) == 330


def test_dates_join_up() -> None:
    for profile, _ in drawn():
        as_of = month_number(profile.as_of)
        assert as_of == 2026 * 12 + 9
        for role in profile.roles:
            start, end = month_number(role.start), month_number(role.end)
            if start is None:
                assert end is None
                continue
            assert start <= (as_of if end is None else end) <= as_of
        for course in profile.education:
            if course.start and course.end:
                assert int(course.start) < int(course.end) <= 2026


def test_stated_years_are_the_union_of_the_months() -> None:
    stated = [(profile, held_months(profile)) for profile, _ in drawn() if profile.years_of_experience is not None]
    known = [(profile.years_of_experience, months) for profile, months in stated if months is not None]
    assert len(known) > 250
    assert all(years == months // 12 for years, months in known)


def test_core_skills_are_the_closing_tags_in_order_of_first_appearance() -> None:
    for profile, _ in drawn():
        if not profile.core_skills:
            continue
        closing = [tag for role in profile.roles for tag in role.skills[-2:] if tag in profile.core_skills]
        assert list(dict.fromkeys(closing)) == list(profile.core_skills)
        opening = [tag for role in profile.roles for tag in role.skills if tag not in profile.core_skills]
        assert len(profile.other_skills) <= 15
        assert list(dict.fromkeys(opening))[:5] == list(profile.other_skills[: min(5, len(set(opening)))])
        assert all(len(role.skills) <= 5 for role in profile.roles)
        assert not {skill.lower() for skill in profile.core_skills} & {skill.lower() for skill in profile.other_skills}


def test_no_two_bullets_alike_and_none_unfinished() -> None:
    every = [bullet for profile, _ in drawn() for bullet in bullets(profile)]
    assert len(set(every)) / len(every) > 0.97
    for profile, _ in drawn():
        own = bullets(profile)
        assert len(set(own)) == len(own)
    assert not [bullet for bullet in every if re.search(r"[\[\]{}|]|::|  | ,|\.\.|\ba [aeio][a-z]+ (?<!one )", bullet)]


def test_titles_rise_with_the_years() -> None:
    early = [hidden.level for profile, hidden in drawn() if (profile.years_of_experience or 99) <= 3]
    late = [hidden.level for profile, hidden in drawn() if (profile.years_of_experience or 0) >= 15]
    assert sum(late) / len(late) > sum(early) / len(early) + 1.5


def test_every_trade_can_be_written_at_every_level() -> None:
    """Each specialism has a base title, a persona, something about itself, and topics for its ladder."""
    for trade in trades():
        assert trade.lines["companies"]
        for specialism in trade.specialisms:
            assert specialism.lines["base"], specialism.name
            assert specialism.lines["persona"], specialism.name
            assert specialism.lines["about"], specialism.name
            assert [*specialism.lines.get("strength", []), *trade.lines["strength"]]
            for topic in specialism.topics:
                assert topic.core
                assert len(topic.tags) >= 3, (specialism.name, topic.tags)
                assert topic.acts


def test_deeds_begin_with_a_verb_in_the_past_tense() -> None:
    irregular = frozenset(
        """Wrote Ran Led Built Cut Took Found Set Put Shut Held
        Sat Won Gave Made Taught Grew Met Kept Split Brought Let Rewrote
        Rebuilt Chose Drew Sold Bought Spoke Caught Beat Shot Sent Read Broke Stood Fed Forecast Got Hung
        Saw Went Told Laid""".split()  # noqa: SIM905
    )
    acts = [act for trade in trades() for topic in trade.every_topic() for act in topic.acts]
    assert len(acts) > 1200
    first = {act.split()[0].rstrip(",") for act in acts}
    assert not {word for word in first if not word.endswith("ed") and word not in irregular}


def test_the_committed_pool_is_large_enough() -> None:
    assert len(committed()) >= 3200
    assert (SAMPLE / "profiles.jsonl.gz").stat().st_size <= 4 * 1024 * 1024
    assert len({line["occupation"] for line in latent()}) >= 24
    both = [p for p in committed() if {"Distributed Systems", "Platform Infrastructure"} <= set(p.core_skills)]
    assert len(both) >= 200
    assert len({profile.location.rpartition(", ")[2] for profile in committed() if profile.location}) >= 8


def test_the_headline_pair_is_held_at_many_levels() -> None:
    by_id = {line["id"]: line for line in latent()}
    holders = [
        by_id[p.id or ""]
        for p in committed()
        if {"Distributed Systems", "Platform Infrastructure"} <= set(p.core_skills)
    ]
    assert len({line["occupation"] for line in holders}) >= 4
    assert {line["level"] for line in holders} >= {2, 3, 4, 5, 6}


def test_latent_names_every_profile_and_stays_in_its_scales() -> None:
    assert [line["id"] for line in latent()] == [profile.id for profile in committed()]
    known = {(trade.occupation, s.name) for trade in trades() for s in trade.specialisms}
    assert {(line["occupation"], line["specialism"]) for line in latent()} == known
    assert all(1 <= line["level"] < len(LEVELS) for line in latent())


def test_odd_but_real_people_are_there() -> None:
    people = committed()
    assert any(profile.about is None for profile in people)
    assert any(not profile.core_skills and profile.roles for profile in people)
    assert any(role.start is None for profile in people for role in profile.roles)
    assert any(role.start and len(role.start) == 4 for profile in people for role in profile.roles)
    assert sum(words(profile) > 2500 for profile in people) >= 3
    assert sum(words(profile) < 40 for profile in people) >= 20
    assert any(sum(role.end is None for role in profile.roles) > 1 for profile in people)


def test_nobody_real_and_nothing_reachable() -> None:
    for profile in committed():
        assert profile.name not in REAL_PEOPLE
        assert not any(REAL_COMPANIES.search(role.company or "") for role in profile.roles)
        if profile.contact:
            assert all(mail.endswith("@example.org") for mail in profile.contact.emails)
            assert all(" 555 01" in phone for phone in profile.contact.phones)
            assert all(".example.org/" in link for link in profile.contact.links)


def test_bullets_of_the_committed_pool_hardly_repeat() -> None:
    counts = Counter(bullet for profile in committed() for bullet in bullets(profile))
    assert sum(count - 1 for count in counts.values()) / sum(counts.values()) < 0.03
