"""Facts derived anew in a pool: vectors and columns stay, everybody who reads sees the new facts at once, or none."""

from __future__ import annotations

import dataclasses
import random
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.collection import Filter, LocalCollection, Refresh, check
from recommender.collection.local.truth.place import FILE_NAME
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.errors import CollectionCorrupt, FingerprintMismatch
from recommender.insights import Derived
from recommender.profile import Profile
from tests.collection.people import person

PEOPLE = 300  # more than are taken into memory at a time


def people(facts: Derived | None = None) -> list[EncodedProfile]:
    rng = random.Random(4)
    made = [dataclasses.replace(person(f"p-{number:03}", rng), fingerprint="n.old") for number in range(PEOPLE)]
    return made if facts is None else [dataclasses.replace(one, facts=facts) for one in made]


def anew(fingerprint: str) -> Refresh:
    def derive(profile: Profile, vector: Any, features: Features) -> EncodedProfile:
        return EncodedProfile(profile, Derived(skills=(f"of {profile.id}",), years=3), vector, features, fingerprint)

    return derive


@pytest.fixture
def pool(tmp_path: Path) -> LocalCollection:
    made = LocalCollection(tmp_path / "pool")
    made.upsert(people(Derived(skills=("Old",), years=1)))
    made.seal()
    return made


def test_everybody_gets_new_facts_and_keeps_their_numbers(pool: LocalCollection) -> None:
    reader = LocalCollection(pool.path)
    with pool.view() as view:
        before = dict(zip(view.ids(view.rows()), view.vectors(view.rows()), strict=True))
        assert (view.fingerprint, view.count(Filter(skills_all=("Old",)))) == ("n.old", PEOPLE)
    assert pool.refresh(anew("n.new")) == PEOPLE
    for each in (pool, reader, LocalCollection(pool.path)):
        with each.view() as view:
            rows = view.rows()
            assert (view.fingerprint, len(view), view.count(Filter(skills_all=("Old",)))) == ("n.new", PEOPLE, 0)
            assert view.count(Filter(skills_all=("of p-007",))) == 1
            assert view.facts(rows) == [Derived(skills=(f"of {i}",), years=3) for i in view.ids(rows)]
            for profile_id, vector in zip(view.ids(rows), view.vectors(rows), strict=True):
                np.testing.assert_array_equal(vector, before[profile_id])
            assert view.features(rows).columns["sparse_id"].size > 0
    assert check(pool.path) == []


def test_an_empty_pool_has_nobody_to_refresh(tmp_path: Path) -> None:
    assert LocalCollection(tmp_path).refresh(anew("n.new")) == 0


def test_other_numbers_are_refused_and_nothing_is_changed(pool: LocalCollection) -> None:
    def shorter(profile: Profile, vector: Any, features: Features) -> EncodedProfile:
        return anew("n.new")(profile, vector[:-1], features)

    with pytest.raises(FingerprintMismatch, match="recommender ingest"):
        pool.refresh(shorter)
    with pool.view() as view:
        assert (view.fingerprint, view.count(Filter(skills_all=("Old",)))) == ("n.old", PEOPLE)


@pytest.mark.parametrize("fails_at", [5, PEOPLE - 1])
def test_a_failure_on_the_way_changes_nothing(pool: LocalCollection, fails_at: int) -> None:
    seen: list[str | None] = []

    def failing(profile: Profile, vector: Any, features: Features) -> EncodedProfile:
        seen.append(profile.id)
        if len(seen) > fails_at:
            raise RuntimeError("no")
        return anew("n.new")(profile, vector, features)

    with pytest.raises(RuntimeError, match="no"):
        pool.refresh(failing)
    with LocalCollection(pool.path).view() as view:
        assert (view.fingerprint, view.count(Filter(skills_all=("Old",)))) == ("n.old", PEOPLE)


def test_a_damaged_profile_stops_it_and_is_named(pool: LocalCollection) -> None:
    with sqlite3.connect(pool.path / FILE_NAME) as connection:
        connection.execute("UPDATE profiles SET facts = x'00' WHERE id = 'p-200'")
    connection.close()
    with pytest.raises(CollectionCorrupt, match=r"'p-200'.*check --repair"):
        pool.refresh(anew("n.new"))
    with pool.view() as view:
        assert view.fingerprint == "n.old"
