"""What is stored is made small and comes back as it was; a pool of the format before is packed when it is opened."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from recommender.collection import LocalCollection
from recommender.collection.common import packing
from recommender.collection.local.sealed.file.reader import open_sealed
from recommender.collection.local.sealed.vectors import Vectors
from recommender.collection.local.sealed.whole import biased
from recommender.collection.local.truth.place import FILE_NAME
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.encoding.quantisation import rounded
from recommender.profile import profile_to_json
from tests.collection.people import person

#: Columns by which a segment's would not fit in few bits.
WIDE = ("sparse_weight", "section_share", "section_code")
GOLDEN = Path(__file__).parents[1] / "golden"


def vectors(count: int, dimension: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    numbers = np.random.default_rng(5)
    lengths = np.exp(numbers.normal(0, 3, (count, 1)))
    return (numbers.standard_normal((count, dimension)) * lengths).astype(np.float32)


@pytest.mark.parametrize(
    ("pack", "unpack"),
    [
        (packing.pack_document, packing.unpack_document),
        (packing.pack_facts, packing.unpack_facts),
        (lambda content: packing.pack_features([content[:9], content[9:]]), packing.unpack_features),
    ],
)
def test_bytes_come_back_and_what_is_cut_or_lengthened_is_refused(pack: object, unpack: object) -> None:
    assert callable(pack)
    assert callable(unpack)
    for content in (b"", b"{}", b'{"id":"a","title":"Senior Data Engineer"}' * 50, random.Random(1).randbytes(5_000)):
        packed = pack(content)
        assert unpack(packed) == content
        for wrong in (packed[:-1], packed + b"\0", b"\xff" + packed[1:]):
            with pytest.raises(ValueError, match="cannot be unpacked"):
                unpack(wrong)


def test_what_is_usual_in_a_document_takes_little() -> None:
    profile = person("p-1", random.Random(1)).profile
    document = profile_to_json(profile)
    assert len(packing.pack_document(document)) < 0.5 * len(document)


def test_a_rounded_vector_takes_a_byte_a_number_and_comes_back_to_the_bit() -> None:
    for vector in vectors(200, 24):
        near = rounded(vector)
        packed = packing.pack_vector(near)
        assert len(packed) == 25
        assert packing.unpack_vectors([packed], 24).tobytes() == near.tobytes() == rounded(near).tobytes()
        assert np.abs(near - vector).max() <= np.abs(vector).max() / 127
        assert vector @ near > 0.999 * np.sqrt((vector @ vector) * (near @ near))


def test_any_other_vector_keeps_every_bit_beside_rounded_ones() -> None:
    (one,) = vectors(1, 24)
    for other in (one, np.full(24, -0.0, np.float32), np.float32(1e-42) * one, np.float32(3e38) * (one > 0)):
        packed = [packing.pack_vector(rounded(one)), packing.pack_vector(other)]
        assert packing.unpack_vectors(packed, 24)[1].tobytes() == other.tobytes()
    assert packing.unpack_vectors([packing.pack_vector(np.zeros(24, np.float32))], 24).tolist() == [[0.0] * 24]
    for wrong in (b"", bytes(24), bytes(26), bytes(95)):
        with pytest.raises(ValueError, match="not of 24 numbers"):
            packing.unpack_vectors([wrong], 24)


def test_a_vector_whose_bytes_are_not_equally_frequent_takes_less_than_a_byte_a_number() -> None:
    codes = np.random.default_rng(8).normal(0, 20, (50, 512)).clip(-127, 127).round()
    codes[:, 0] = 127  # so that a 1 means the same in all
    codes += 0.0  # no zero is negative
    near = (codes / 256).astype(np.float32)
    plain = [packing.pack_vector(one) for one in near]
    tight = [packing.tightened(one, 512) for one in plain]
    assert {len(one) for one in plain} == {513}
    assert max(map(len, tight)) < 0.92 * 513
    for packed in (tight, [*tight[:9], *plain[9:]], plain):
        assert packing.are_codes(packed, 512)
        assert packing.unpack_vectors(packed, 512).tobytes() == near.tobytes()
    other = packing.pack_vector(vectors(1, 512)[0])
    assert packing.tightened(other, 512) == other, "not of a byte a number"
    for wrong in (tight[0][:-1], tight[0] + b"0", packing.tightened(bytes(513), 512)[:-2]):
        with pytest.raises(ValueError, match="not of 512 numbers"):
            packing.unpack_vectors([wrong], 512)


def test_scores_of_codes_are_those_of_the_vectors_to_the_bit() -> None:
    near = np.array([rounded(vector) for vector in vectors(700, 40)])
    plain = Vectors(near)
    codes, exponents = packing.codes_of([packing.pack_vector(vector) for vector in near], 40)
    coded = Vectors(biased(codes), exponents)
    rows = np.random.default_rng(2).integers(0, 700, 90)
    for vector in (*vectors(5, 40), near[3]):
        for some in (slice(0, 700), slice(130, 140), rows, rows[:1], rows[:0]):
            assert coded.scores(some, vector).tobytes() == plain.scores(some, vector).tobytes()
            assert coded.take(some).tobytes() == plain.take(some).tobytes()
    assert [coded.encoded(row) for row in (0, 699)] == [plain.encoded(row) for row in (0, 699)]


def unrounded(one: EncodedProfile, what: str) -> EncodedProfile:
    """The same person with numbers that no encoder of today gives."""
    columns, vector = dict(one.features.columns), one.vector
    if what == "vector":
        vector = vector * np.float32(0.7)
    else:
        columns[what] = columns[what] + np.asarray(0.3 if columns[what].dtype.kind == "f" else 100).astype(
            columns[what].dtype
        )
    return EncodedProfile(one.profile, one.facts, vector, Features(one.features.offsets, columns), one.fingerprint)


@pytest.mark.parametrize("what", ["nothing", "vector", "sparse_weight", "section_share", "section_code", "loss_weight"])
def test_tail_and_segment_hold_the_same_to_the_bit_whatever_the_numbers_are(tmp_path: Path, what: str) -> None:
    """One that is not rounded has a segment keep all as they are, the others in few bits."""
    rng = random.Random(7)
    people = [person(f"p{number:02}", rng) for number in range(61)]
    some = next(n for n, one in enumerate(people) if min(map(max, one.features.offsets.values())) > 0)
    if what != "nothing":
        people[some] = unrounded(people[some], what)
    pool = LocalCollection(tmp_path / "pool")
    pool.upsert(people[:59])
    question = people[7].vector + np.float32(0.01)

    def found() -> tuple[list[str], bytes, bytes, dict[str, bytes]]:
        with pool.view() as view:
            near, every = view.search(question, 20), view.rows()
            columns = {name: column.tobytes() for name, column in view.features(every).columns.items()}
            return view.ids(near.rows), near.scores.tobytes(), view.vectors(every).tobytes(), columns

    before = found()
    pool.seal()
    assert found() == before
    whole = Features.concatenate([one.features for one in people])
    pool.upsert(people[59:])
    assert found()[3] == {name: whole.columns[name].tobytes() for name in before[3]}
    (derived,) = (tmp_path / "pool" / "derived").iterdir()
    held = (
        open_sealed(derived, "vectors").arrays["vectors"].dtype,
        open_sealed(derived, "entries-sparse").arrays["sparse"],
    )
    assert held[0] == (np.float32 if what == "vector" else np.uint8)
    assert held[1].shape[1] == (8 if what in WIDE else 4)
    assert pool.check() == []
    pool.close()


def test_a_row_that_was_damaged_before_it_could_be_packed_stays_so(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "pool-v3", tmp_path / "pool")
    with sqlite3.connect(tmp_path / "pool" / FILE_NAME) as connection:
        connection.execute("UPDATE profiles SET document = x'7b7d' WHERE id = 'golden-7'")
    connection.close()
    pool = LocalCollection(tmp_path / "pool")
    with pool.view() as view:
        assert [damaged.profile_id for damaged in view.damaged] == ["golden-7"]
        assert len(view) == 8
    assert [finding.place.split(" (")[0] for finding in pool.check() if "golden-7" in finding.place] == [
        "profile 'golden-7'"
    ]
    pool.close()
