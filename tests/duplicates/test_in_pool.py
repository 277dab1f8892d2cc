"""The people of a pool who are there more than once, but for those who were taken apart."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from recommender.collection import LocalCollection
from recommender.duplicates import duplicates_in
from tests.collection.people import person
from tests.duplicates.people import changed, people, reordered


def test_who_was_taken_apart_from_a_linked_profile_is_from_whoever_represents_it(tmp_path: Path) -> None:
    one = people()[3]
    profiles = [*people()[:6], changed(one, "same"), reordered(one, "again")]
    with closing(LocalCollection(tmp_path / "pool")) as pool:
        pool.upsert([replace(person(str(each.id), random.Random(1)), profile=each) for each in profiles])

        def found(*, again: bool = False) -> list[set[str]]:
            with pool.view() as view:
                return [set(person.profile_ids) for person in duplicates_in(view, again=again)]

        assert found() == [{"p3", "same", "again"}]
        pool.link([["same", "again"]])
        assert found() == [{"p3", "same"}]
        pool.unlink(["again"])
        pool.link([["p3", "again"]])
        assert found() == []  # p3 represents what is not of the same person as "same"
        assert found(again=True) == [{"p3", "same"}]
