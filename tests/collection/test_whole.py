"""Whole numbers: exact products of bytes, and the nearest of many rows without scoring them all."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.collection.common import packing
from recommender.collection.common.damage import Decoded, Insert
from recommender.collection.local.generation.growing import GrowingVectors
from recommender.collection.local.sealed import vectors as vectors_
from recommender.collection.local.sealed import whole as whole_
from recommender.collection.local.sealed.vectors import About, Vectors
from recommender.collection.local.sealed.whole import LARGEST, biased, off_by, products, rounded, unbiased, whole
from recommender.encoding.quantisation import rounded as rounded_


@pytest.mark.parametrize("width", [1, 15, 96, 384, 1000, 1024])
def test_products_of_whole_numbers_are_exact(width: int) -> None:
    numbers = np.random.default_rng(width)
    codes = numbers.integers(-128, 128, (70, width)).astype(np.int8)
    asked = numbers.integers(-LARGEST, LARGEST + 1, width)
    wanted = codes.astype(np.int64) @ asked
    assert unbiased(biased(codes)).tolist() == codes.tolist()
    assert products(biased(codes), asked.astype(np.float32)).tolist() == wanted.tolist()


def test_a_question_is_rounded_to_a_byte_and_what_that_took_is_known() -> None:
    vector = np.array([0.5, -0.25, 0.001, 0.0], np.float32)
    asked = rounded(vector)
    assert asked.numbers.tolist() == [127.0, -64.0, 0.0, 0.0]
    assert asked.step == np.float32(0.5 / 127)
    rest = asked.rest(vector)
    assert rest.tolist() == pytest.approx((vector - asked.numbers * asked.step).tolist(), abs=1e-7)
    assert off_by(rest, vector, 2.0) == pytest.approx(2 * np.linalg.norm(rest), rel=1e-2)
    again = rounded(rest)
    assert np.linalg.norm(again.rest(rest)) < np.linalg.norm(rest) / 100
    assert rounded(np.zeros(3, np.float32)).numbers.tolist() == [0.0, 0.0, 0.0]
    assert whole(np.array([[0.2, -9.0]], np.float32), np.float32(100)).tolist() == [[20.0, -127.0]]


def test_products_of_more_rows_than_are_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_, "_AT_ONCE", 32)
    numbers = np.random.default_rng(5)
    codes, asked = numbers.integers(-128, 128, (70, 64)).astype(np.int8), numbers.integers(-LARGEST, LARGEST + 1, 64)
    assert products(biased(codes), asked.astype(np.float32)).tolist() == (codes.astype(np.int64) @ asked).tolist()
    assert not len(products(biased(codes[:0]), asked.astype(np.float32)))


@pytest.mark.parametrize("k", [1, 10, 161])
def test_of_many_rows_the_nearest_are_scored_and_hardly_any_other(k: int) -> None:
    """The k best and who ties with the last, whatever power of two each row is multiplied by."""
    numbers = np.random.default_rng(k)
    codes = numbers.integers(-127, 128, (900, 64)).astype(np.int8)
    exponents = numbers.choice((9, 10, 11), 900).astype(np.int8)
    codes[400:420], exponents[400:420] = codes[5], exponents[5]  # copies
    lengths = np.sqrt((codes.astype(float) ** 2).sum(axis=1)) * 2.0 ** -exponents.astype(float)
    vectors, rows = Vectors(biased(codes), exponents, float(lengths.max())), np.sort(numbers.permutation(900)[:800])
    for question in (vectors.take(np.array([5]))[0], numbers.standard_normal(64).astype(np.float32)):
        near, scores = vectors.nearest(rows, question, k)
        assert scores.tolist() == vectors.scores(near, question).tolist()
        every = vectors.scores(rows, question)
        last = np.sort(every)[-k]
        assert set(rows[every >= last].tolist()) <= set(near.tolist())
        assert len(near) <= k + 68  # 20 copies among them, and 48 who may be off
        assert np.all(np.diff(near) > 0)


@pytest.mark.parametrize("aside", [-1.0, 0.0, 0.1])
def test_the_nearest_are_found_where_the_last_of_them_is_farther_than_it_seems(
    aside: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With less than nothing to spare it always is, and who is looked for is looked for anew."""
    monkeypatch.setattr(vectors_, "_ASIDE", aside)
    numbers = np.random.default_rng(11)
    codes = numbers.integers(-127, 128, (2_000, 64)).astype(np.int8)
    longest = float(np.sqrt((codes.astype(float) ** 2).sum(axis=1)).max()) / 2**10
    vectors = Vectors(biased(codes), np.full(2_000, 10, np.int8), longest)
    for question in numbers.standard_normal((20, 64)).astype(np.float32):
        near, scores = vectors.nearest_of_all(question, 10)
        every = vectors.scores(slice(None), question)
        assert scores.tolist() == every[near].tolist()
        assert set(np.flatnonzero(every >= np.sort(every)[-10]).tolist()) <= set(near.tolist())


def test_rows_come_on_one_scale() -> None:
    """With 2 to the 9th: codes of that exponent as they are, of 10 halved, of 8 doubled and cut off, of 30 nothing."""
    codes = np.array([[5, -3, 127], [5, -3, 127], [5, -3, 127], [100, -3, -128]], np.int8)
    vectors = Vectors(biased(codes), np.array([9, 10, 8, 30], np.int8), 1.0)
    found = vectors.on_scale(np.array([0, 1, 2, 3, 1]), np.float32(512))
    wanted = [[5, -3, 127], [3, -1, 64], [10, -6, 127], [0, 0, 0], [3, -1, 64]]
    assert unbiased(found).tolist() == wanted
    plain = Vectors(vectors.take(slice(None)))
    assert np.abs(unbiased(plain.on_scale(np.arange(4), np.float32(512))).astype(int) - wanted[:4]).max() <= 1
    assert unbiased(vectors.on_scale(np.array([0]), np.float32(768))).tolist() == [[8, -4, 127]]


def test_products_of_all_rows_serve_those_who_are_looked_for_after() -> None:
    """The same rows and scores as without; half of the rows are many, a sixth of them are not."""
    numbers = np.random.default_rng(3)
    codes = numbers.integers(-127, 128, (1_800, 64)).astype(np.int8)
    longest = float(np.sqrt((codes.astype(float) ** 2).sum(axis=1)).max()) / 2**10
    vectors = Vectors(biased(codes), np.full(1_800, 10, np.int8), longest)
    question, every = numbers.standard_normal(64).astype(np.float32), np.arange(1_800)
    about, few = About(vectors, question), np.sort(numbers.permutation(1_800)[:300])
    gathered = about.of(few)
    for rows in (few, every[::2], few, every):
        near, scores = vectors.nearest(rows, question, 9, about)
        alone = vectors.nearest(rows, question, 9)
        assert (near.tolist(), scores.tolist()) == (alone[0].tolist(), alone[1].tolist())
        assert len(near) < 0.5 * len(rows)
    assert about.of(few).tolist() == gathered.tolist()
    assert (np.abs(about.of(every) - vectors.scores(every, question)) <= about.off).all()


def test_few_rows_are_scored_as_they_are() -> None:
    vectors = Vectors(biased(np.eye(4, dtype=np.int8)), np.zeros(4, np.int8), 1.0)
    near, scores = vectors.nearest(np.array([3, 1]), np.array([1, 2, 3, 4], np.float32), 1)
    assert (near.tolist(), scores.tolist()) == ([3, 1], [4.0, 2.0])


def test_vectors_of_those_who_come_are_codes_until_one_is_none() -> None:
    """Who reads codes keeps them; whatever they are kept as, vectors and scores are the same."""
    numbers = np.random.default_rng(4)
    plain = numbers.standard_normal((300, 40)).astype(np.float32)
    coded = np.stack([packing.unpack_vectors([packing.pack_vector(rounded_(one))], 40)[0] for one in plain])
    growing, question = GrowingVectors(40), numbers.standard_normal(40).astype(np.float32)
    growing.append(batch(coded[:200]))
    growing.append(batch(coded[200:]))
    before = growing.vectors
    assert before.is_coded
    assert before.take(slice(None)).tolist() == coded.tolist()
    near, scores = before.nearest(np.arange(300), question, 3)
    assert len(near) < 30
    assert set(np.argsort(-np.vecdot(coded, question))[:3]) <= set(near.tolist())
    growing.append(batch(plain[:1]))
    assert not growing.vectors.is_coded
    assert before.take(slice(None)).tolist() == coded.tolist()
    assert growing.vectors.take(slice(None)).tolist() == np.concatenate([coded, plain[:1]]).tolist()
    assert growing.vectors.scores(near, question).tolist() == scores.tolist() == before.scores(near, question).tolist()


def batch(vectors: NDArray[np.float32]) -> Decoded:
    inserts = [Insert(1, "p", None, b"", b"", packing.pack_vector(vector), b"", 0) for vector in vectors]
    return Decoded(inserts, [], vectors, None)  # type: ignore[arg-type]
