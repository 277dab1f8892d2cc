from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.encoding import load_encoder
from recommender.encoding.encoder import Encoder
from recommender.encoding.titles.head import NO_HEAD
from recommender.encoding.titles.known import NO_KNOWN_TITLES, KnownTitles, packed, stored, unpacked
from recommender.training import known_titles as training
from recommender.training.title_pairs import Titles
from tests.encoding.test_title_head import MISSED, TRADES
from tests.matching.fakes import HashEncoder


@cache
def _encoder() -> Encoder:
    return load_encoder()


def shipped() -> KnownTitles:
    return KnownTitles.shipped(_encoder().fingerprint)


def vectors(titles: Sequence[str]) -> NDArray[np.float32]:
    return shipped().vectors(titles, _encoder().encode(titles))


@pytest.mark.parametrize(("title", "same", "other"), TRADES)
def test_the_same_work_by_another_name_is_nearer_than_another_work_in_like_words(
    title: str, same: str, other: str
) -> None:
    asked, near, far = vectors([title, same, other])
    assert asked @ near > asked @ far + 0.05


@pytest.mark.parametrize(
    ("title", "same", "other"),
    [MISSED[0], pytest.param(*MISSED[1], marks=pytest.mark.xfail(reason="the shared word weighs more than the trade"))],
)
def test_the_same_work_is_nearer_also_where_the_head_follows_the_words(title: str, same: str, other: str) -> None:
    asked, near, far = vectors([title, same, other])
    assert asked @ near > asked @ far


def test_a_titles_largest_share_is_the_occupation_it_names() -> None:
    known, titles = shipped(), ["registered nurse", "Registered Nurses"]
    embeddings = _encoder().encode(titles)
    shares = known.shares(embeddings, known.head.vectors(titles, embeddings))
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)
    assert [known.ids[at] for at in shares.argmax(axis=1)] == ["29-1141.00", "29-1141.00"]
    assert len(known.ids) == shares.shape[1] == known.occupation.max() + 1


def test_a_titles_bits_do_not_depend_on_the_others() -> None:
    titles = [title for trade in TRADES for title in trade]
    together = vectors(titles)
    assert together.dtype == np.float32
    assert np.array_equal(together[::-1], vectors(titles[::-1]))
    assert np.array_equal(together[7], vectors([titles[7]])[0])


def test_vectors_are_of_unit_length_but_for_a_title_without_a_word() -> None:
    np.testing.assert_allclose(np.linalg.norm(vectors(["Welder", "zzz qqq"]), axis=1), 1, rtol=1e-4)
    assert not vectors([""]).any()
    assert len(vectors([])) == 0


def test_another_model_has_none() -> None:
    assert KnownTitles.shipped(HashEncoder.fingerprint) is NO_KNOWN_TITLES


def test_the_file_is_small_and_holds_numbers_only() -> None:
    content = files("recommender.encoding.titles").joinpath("known.npz").read_bytes()
    assert len(content) < 800_000
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        assert {str(array.dtype) for array in arrays.values()} == {"int8", "float32", "uint8", "uint16"}


def test_the_arithmetic() -> None:
    """Centres at cosines 1 and 0: all of it is the first occupation's, and so is what the vector adds to the others."""
    eye = np.eye(2, dtype=np.float32)
    known = KnownTitles(NO_HEAD, np.vstack([eye, eye]), eye, np.array([0, 1]), ("a", "b"), "test")
    found = known.vectors(["cook"], np.array([[1, 0]], np.float32))
    np.testing.assert_allclose(found**2, [[0.3 / 1.2, 0, 0.7 / 1.2, 0, 0.2 / 1.2, 0]], atol=1e-6)


def test_half_bytes_come_back() -> None:
    codes = np.random.default_rng(0).integers(-7, 8, (5, 8)).astype(np.int8)
    assert packed(codes).shape == (5, 4)
    assert np.array_equal(unpacked(packed(codes)), codes)


def test_making_them_knows_alternates_and_gives_the_same_file_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "WIDTH", 16)
    own = {"o1": "welder", "o2": "nurse", "o3": "baker"}
    pairs = [("joiner of steel", ("o1",)), ("carer", ("o2",)), ("matron", ("o2",)), ("bread maker", ("o3", "o1"))]
    titles, encoder = Titles(own, {"o1": "esco", "o2": "onet", "o3": "esco"}, {}, pairs), HashEncoder()
    content = training.make(titles, encoder, NO_HEAD)
    assert content == training.make(titles, encoder, NO_HEAD)
    known = stored(content, NO_HEAD)
    assert known.occupation.tolist() == [0, 1, 1, 2]
    embeddings = encoder.encode(["carer", "baker"])
    assert known.shares(embeddings, embeddings).argmax(axis=1).tolist() == [1, 2]
