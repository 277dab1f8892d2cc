"""Nobody is an answer to a question about themselves, under whatever id it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.collection import LocalCollection, kept
from recommender.encoding import ProfileEncoder
from recommender.matching import Matcher, Query
from recommender.profile import Contact, Profile
from tests.matching.fakes import VOCABULARY, HashEncoder, encoder, matcher_of, person

ADA = person(1, "nurse", contact=Contact(emails=("ada@example.org",)))
OTHERS = [person(number, "nurse") for number in range(2, 6)]


def asked(matcher: Matcher, **changes: object) -> set[str]:
    profile = msgspec.structs.replace(ADA, **changes)
    return {match.profile_id for match in matcher.similar(Query(profile=profile)).matches}


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": "elsewhere"},
        {"id": None, "contact": None},
        {"id": None, "as_of": "2026-03"},
        {"id": None, "extras": {"source": "a file"}},
        {"title": "Head Nurse"},
        {"title": "Head Nurse", "name": "Ada Married"},
    ],
    ids=str,
)
def test_a_profile_does_not_answer_itself(changes: dict[str, object], tmp_path: Path) -> None:
    """Another id with the same content, or the same id with whatever content."""
    matcher = matcher_of([ADA, *OTHERS], tmp_path)
    assert asked(matcher, **changes) == {profile.id for profile in OTHERS}
    answer = matcher.similar(Query(profile=msgspec.structs.replace(ADA, **changes)))
    assert answer.headline is not None
    assert answer.headline.count == len(OTHERS)


@pytest.mark.parametrize("changes", [{"name": "Bea Example"}, {"title": "Head Nurse"}, {"location": "Leeds"}], ids=str)
def test_somebody_else_is_an_answer_however_alike(changes: dict[str, object], tmp_path: Path) -> None:
    matcher = matcher_of([ADA, *OTHERS], tmp_path)
    assert ADA.id in asked(matcher, id=None, **changes)


def test_every_copy_of_a_person_is_that_person(tmp_path: Path) -> None:
    copies = [msgspec.structs.replace(ADA, id=f"copy-{number}") for number in range(30)]
    matcher = matcher_of([*copies, *OTHERS], tmp_path)
    assert asked(matcher, id=None) == {profile.id for profile in OTHERS}


def test_stubs_that_tell_nobody_apart_are_not_one_person(tmp_path: Path) -> None:
    stub = Profile(title="Registered Nurse", core_skills=("Triage",), as_of="2026-01")
    matcher = matcher_of([msgspec.structs.replace(stub, id=f"stub-{number}") for number in range(4)], tmp_path)
    assert len(matcher.similar(Query(profile=stub)).matches) == 4


class OtherProcessor(HashEncoder):
    """The same encoder on a processor whose sums come out a little otherwise."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = super().encode(texts)
        noise = np.random.default_rng(5).normal(0, 0.02, vectors.shape).astype(np.float32)
        moved = vectors + noise * (vectors != 0)
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.where(lengths > 0, lengths, 1), np.float32)


def test_stored_and_given_have_the_same_scores_on_any_processor(tmp_path: Path) -> None:
    made = LocalCollection(tmp_path)
    made.upsert(ProfileEncoder(OtherProcessor(), VOCABULARY).encode([ADA, *OTHERS]))
    matcher = Matcher(made, encoder())
    scores = [(match.profile_id, match.score) for match in matcher.similar(Query(like=(str(ADA.id),))).matches]
    for changes in ({}, {"id": None}, {"id": "x", "contact": None}):
        given = msgspec.structs.replace(ADA, **changes)
        found = matcher.similar(Query(profile=given)).matches
        assert [(match.profile_id, match.score) for match in found] == scores


def test_what_is_put_back_as_it_was_keeps_its_numbers(tmp_path: Path) -> None:
    pool = LocalCollection(tmp_path)
    (stored,) = ProfileEncoder(OtherProcessor(), VOCABULARY).encode([ADA])
    pool.upsert([stored])
    with pool.view() as view:
        back = kept(view, msgspec.structs.replace(ADA, contact=None), encoder())
        assert back is not None
        assert back.profile.contact is None
        assert np.array_equal(back.vector, stored.vector)
        assert np.array_equal(back.features.columns["section_code"], stored.features.columns["section_code"])
        for changes in ({"title": "Head Nurse"}, {"location": "Leeds"}, {"id": "new"}, {"years_of_experience": 20}):
            assert kept(view, msgspec.structs.replace(ADA, **changes), encoder()) is None
