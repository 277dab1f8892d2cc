"""`Recommender.ingest`: what it says of each record is what a reader finds afterwards."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from recommender.encoding import EncodedProfile, ProfileEncoder, load_encoder
from recommender.encoding.fingerprint import Fingerprint
from recommender.errors import CollectionError, EncoderError, FingerprintMismatch
from recommender.insights import Derived
from recommender.matching import Matcher, Query
from recommender.matching.scoring_config import ScoringConfig
from recommender.profile import Profile, Role
from recommender.reading import Found, Rejected
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.storing import BATCH
from recommender.wiring import Recommender
from tests.service.people import Rooms, nurse


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with Rooms(Settings.load(data=tmp_path / "pool")) as recommender:
        yield recommender


def stored(rooms: Rooms) -> dict[str | None, Profile]:
    with rooms.collection.view() as view:
        return {profile.id: profile for profile in view.profiles(view.rows())}


def changed(profile: Profile, **fields: Any) -> Profile:
    return msgspec.structs.replace(profile, **fields)


IMPOSSIBLE: list[dict[str, Any]] = [
    {"years_of_experience": -5},
    {"years_of_experience": 10**30},
    {"as_of": "0001-01"},
    {"roles": (Role(start="9999"),)},
    {"extras": {"n": float("nan")}},
    {"extras": {"n": "\ud800"}},
    {"title": 7},
    {"id": ""},
    {"id": None},
    {"id": "a/../b"},
]


@pytest.mark.parametrize("fields", IMPOSSIBLE, ids=lambda fields: str(fields)[:30])
def test_what_no_pool_may_hold_costs_itself_alone(rooms: Rooms, fields: dict[str, Any]) -> None:
    message: list[Rejected] = []
    bad = changed(nurse(1), **fields)
    totals = list(rooms.ingest([nurse(0), Found(bad, "crew.csv", "record 7"), nurse(2)], message.append))
    assert totals == [(2, 0, 1)]
    assert [(one.source, one.place, one.field.partition("[")[0]) for one in message] == [
        ("crew.csv", "record 7", next(iter(fields)))
    ]
    assert stored(rooms) == {"nurse-0": nurse(0), "nurse-2": nurse(2)}


@pytest.mark.parametrize("fields", IMPOSSIBLE, ids=lambda fields: str(fields)[:30])
def test_the_pool_itself_is_the_last_to_refuse(rooms: Rooms, fields: dict[str, Any]) -> None:
    """Whoever encodes a sound profile and gives the pool another stores nothing."""
    one, other = rooms.profile_encoder.encode([nurse(0), nurse(1)])
    with pytest.raises(CollectionError, match="cannot be stored"):
        rooms.collection.upsert([one, dataclasses.replace(other, profile=changed(nurse(1), **fields))])
    assert stored(rooms) == {}


@pytest.mark.parametrize("apart", [1, BATCH, 3 * BATCH])
def test_of_two_with_one_id_in_a_run_the_first_stays_and_the_second_is_told_of(rooms: Rooms, apart: int) -> None:
    message: list[Rejected] = []
    people = [changed(nurse(0), id=f"nurse-{number}") for number in range(apart)] + [changed(nurse(0), title="Midwife")]
    *_, total = rooms.ingest(people, message.append)
    assert total == (apart, 0, 1)
    [refused] = message
    assert (refused.place, refused.field) == (f"profile {apart + 1}", "id")
    assert refused.reason.startswith("'nurse-0' is the id of profile 1 too, and neither replaces the other")
    assert stored(rooms) == {one.id: one for one in people[:-1]}


def test_another_run_replaces_and_counts_what_it_left_alone(rooms: Rooms) -> None:
    list(rooms.ingest([nurse(0), nurse(1)]))
    assert list(rooms.ingest([nurse(0), changed(nurse(1), title="Midwife")])) == [(1, 1, 0)]
    assert stored(rooms)["nurse-1"].title == "Midwife"


def test_a_profile_made_of_lists_is_stored_as_read_back_and_is_unchanged_then(rooms: Rooms) -> None:
    made: Any = changed(nurse(0), roles=list(nurse(0).roles), core_skills=list(nurse(0).core_skills))
    assert [list(rooms.ingest([made])) for _ in range(2)] == [[(1, 0, 0)], [(0, 1, 0)]]
    assert stored(rooms) == {"nurse-0": nurse(0)}


def test_what_is_refused_is_logged_where_nobody_listens(rooms: Rooms, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        list(rooms.ingest([changed(nurse(0), years_of_experience=-1)]))
    assert "profile 1: years_of_experience: -1 lies outside 0 to 80" in caplog.text


def test_a_record_that_cannot_be_encoded_costs_itself_alone(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    encode = ProfileEncoder.encode

    def fragile(self: ProfileEncoder, profiles: Sequence[Profile]) -> list[EncodedProfile]:
        if any(profile.id == "nurse-3" for profile in profiles):
            raise OverflowError("300 is out of bounds for uint8")
        return encode(self, profiles)

    monkeypatch.setattr(ProfileEncoder, "encode", fragile)
    message: list[Rejected] = []
    assert list(rooms.ingest([nurse(number) for number in range(6)], message.append)) == [(5, 0, 1)]
    assert [one.place for one in message] == ["profile 4"]
    assert "OverflowError: 300 is out of bounds" in message[0].reason
    assert sorted(map(str, stored(rooms))) == [f"nurse-{number}" for number in (0, 1, 2, 4, 5)]


def test_what_is_encoded_comes_in_the_order_it_was_given_in(rooms: Rooms) -> None:
    list(rooms.ingest([nurse(1)]))
    people = [nurse(0), changed(nurse(1), about="New."), nurse(2)]
    done = rooms.store([Found(profile, "", "") for profile in people])
    assert (done.ids, done.unchanged, done.rejected) == (("nurse-0", "nurse-1", "nurse-2"), 0, ())
    with rooms.collection.view() as view:
        assert [profile.id for profile in view.profiles(view.rows())] == ["nurse-0", "nurse-1", "nurse-2"]


def test_a_model_that_is_not_there_is_no_records_fault(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(self: ProfileEncoder, profiles: Sequence[Profile]) -> list[EncodedProfile]:
        raise EncoderError("no model")

    monkeypatch.setattr(ProfileEncoder, "encode", absent)
    with pytest.raises(EncoderError):
        list(rooms.ingest([nurse(0)]))


def test_a_pool_whose_facts_alone_are_old_is_brought_up_without_encoding(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(rooms.ingest([nurse(0), nurse(1)]))
    monkeypatch.setattr("recommender.encoding.profile_encoder.derived_fingerprint", lambda: "newer")
    monkeypatch.setattr("recommender.encoding.profile_encoder.derive", lambda profile, _: Derived(years=7))
    with Rooms(rooms.settings) as newer:
        with pytest.raises(FingerprintMismatch, match="older rules; recommender refresh"):
            newer.similar(Query(like=("nurse-0",)))
        monkeypatch.setattr(ProfileEncoder, "encode", lambda *_: pytest.fail("nothing is to be encoded"))
        assert list(newer.ingest([nurse(0), nurse(1)])) == [(0, 2, 0)]
        with newer.collection.view() as view:
            assert (view.fingerprint, view.count()) == (newer.profile_encoder.fingerprint, 2)
            assert [facts.years for facts in view.facts(view.rows())] == [7, 7]
            assert view.features(view.rows()).columns["years"].tolist() == [7, 7]
        assert [match.profile_id for match in newer.similar(Query(like=("nurse-0",))).matches] == ["nurse-1"]
        assert newer.refresh() == 0


def test_a_pool_whose_numbers_were_not_rounded_yet_is_brought_up_without_encoding(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And gives back the room that it needs no more."""
    people = [nurse(number) for number in range(4)]
    with monkeypatch.context() as before:
        before.setattr("recommender.encoding.profile_encoder.REPRESENTATION", 15)
        before.setattr("recommender.encoding.profile_encoder.rounded_columns", lambda columns: columns)
        before.setattr("recommender.encoding.profile_encoder.rounded", lambda vector: vector)
        list(Rooms(rooms.settings).ingest(people))
    wanted = rooms.profile_encoder.encode(people)
    with Rooms(rooms.settings) as newer:
        with pytest.raises(FingerprintMismatch, match="recommender refresh"):
            newer.similar(Query(like=("nurse-0",)))
        monkeypatch.setattr(ProfileEncoder, "encode", lambda *_: pytest.fail("nothing is to be encoded"))
        assert newer.refresh() == 4
        with newer.collection.view() as view:
            assert view.fingerprint == newer.profile_encoder.fingerprint
            for one in wanted:
                row = [view.row(one.profile_id)]
                assert view.vectors(row)[0].tobytes() == one.vector.tobytes()
                columns = view.features(row).columns
                assert {n: c.tobytes() for n, c in columns.items()} == {
                    n: c.tobytes() for n, c in one.features.columns.items()
                }
        assert newer.collection.check() == []
        assert newer.refresh() == 0


def test_scoring_is_no_matter_of_the_pool(rooms: Rooms) -> None:
    """Bands and weights are read when a question is asked: no pool is refused because they moved."""
    list(rooms.ingest([nurse(0), nurse(1)]))
    shipped = ScoringConfig.shipped()
    strict = msgspec.structs.replace(shipped, very_close=99.99, close=99.98)
    [match] = Matcher(rooms.collection, rooms.profile_encoder, strict).similar(Query(like=("nurse-0",))).matches
    assert match.band == "related"
    signals = {**shipped.signals, "years": msgspec.structs.replace(shipped.signals["years"], weight=0)}
    untimed = Matcher(rooms.collection, rooms.profile_encoder, msgspec.structs.replace(shipped, signals=signals))
    [match] = untimed.similar(Query(like=("nurse-0",))).matches
    assert "years" not in {contribution.signal for contribution in match.contributions}


@pytest.mark.parametrize("facts", ["as today", "older"])
def test_the_model_of_a_pool_is_named_whatever_its_facts_are_by(facts: str) -> None:
    made = ProfileEncoder(load_encoder("minilm-torch"), Vocabulary.shipped()).fingerprint
    held = made if facts == "as today" else str(Fingerprint(Fingerprint.parse(made).numbers, "older"))
    assert Recommender(Settings.load(model="minilm"))._maker(held) == "set RECOMMENDER_MODEL=minilm-torch"
    assert Recommender(Settings.load(model="minilm"))._maker("another.older") is None
