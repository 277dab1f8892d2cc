"""A pool that another encoder made: whoever would compare its numbers with new ones refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.collection import LocalCollection, kept, made_by
from recommender.encoding import ProfileEncoder
from recommender.errors import FingerprintMismatch
from recommender.matching import Matcher, Query
from recommender.settings import Settings
from tests.matching.fakes import VOCABULARY, HashEncoder, encoder, person
from tests.service.people import Rooms


class Other(HashEncoder):
    fingerprint = "other"


OWN, OTHER = encoder(), ProfileEncoder(Other(), VOCABULARY)


class OtherRooms(Rooms):
    """A recommender whose model is the other one."""

    profile_encoder = OTHER


def test_numbers_are_their_encoders_and_nothing_stored_is_anybodys(tmp_path: Path) -> None:
    with LocalCollection(tmp_path).view() as new:
        assert (made_by(new, OWN), made_by(new, OTHER)) == (True, True)
    LocalCollection(tmp_path).upsert(OWN.encode([person(1, "nurse")]))
    with LocalCollection(tmp_path).view() as filled:
        assert (made_by(filled, OWN), made_by(filled, OTHER)) == (True, False)
        assert kept(filled, person(1, "nurse"), OWN) is not None
        assert kept(filled, person(1, "nurse"), OTHER) is None


def test_the_matcher_and_the_recommender_refuse_the_same_pool(tmp_path: Path) -> None:
    LocalCollection(tmp_path).upsert(OWN.encode([person(1, "nurse")]))
    with pytest.raises(FingerprintMismatch, match="ask with the model and vocabulary that made it"):
        Matcher(LocalCollection(tmp_path), OTHER).similar(Query(like=("nurse-1",)))
    with (
        OtherRooms(Settings.load(data=tmp_path)) as rooms,
        pytest.raises(FingerprintMismatch, match="another model or vocabulary"),
    ):
        rooms.similar(Query(like=("nurse-1",)))
