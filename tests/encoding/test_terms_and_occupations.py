from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from recommender.encoding import load_encoder
from recommender.encoding.search_vector import WORDS_WIDTH, Projections
from recommender.encoding.sparse import END, OCCUPATIONS, SPACES, sparse
from recommender.encoding.text.terms import counted, rarity, word_id, word_weights, words
from recommender.encoding.titles.occupations import KEPT, Occupations
from tests.matching.fakes import encoder, people


def test_words_keep_their_signs_and_lose_their_plural() -> None:
    assert words("C++ and C# services, policies; Node.js analysis") == [
        "c++",
        "and",
        "c#",
        "service",
        "policy",
        "node.js",
        "analysis",
    ]


def test_rare_words_tell_more() -> None:
    assert rarity("the") == 0
    assert 0 < rarity("team") < rarity("kubernetes") <= 1


def test_a_word_weighs_by_how_often_it_counts_and_how_rare_it_is() -> None:
    counts = counted([("kafka kafka welding", 1.0), ("kafka", 0.5), ("triage", 0.0)])
    assert counts == {"kafka": 2.5, "welding": 1.0, "triage": 0.0}
    weights = word_weights(counts)
    assert weights[word_id("kafka")] == pytest.approx(math.log1p(2.5) * rarity("kafka"))
    assert weights[word_id("triage")] == 0
    assert word_id("triage") not in sparse(weights).ids


def test_sparse_vectors_are_of_unit_length_by_ascending_id() -> None:
    found = sparse({9: 3.0, 2: 4.0, 5: 0.0})
    assert found.ids.tolist() == [2, 9]
    np.testing.assert_allclose(found.weights, [0.8, 0.6])
    assert len(sparse({}).ids) == 0


def test_ids_of_words_skills_and_occupations_lie_apart() -> None:
    for space in SPACES:
        assert space.start <= space.hashed("Kafka") < space.start + space.size <= END
    assert all(one.start + one.size <= two.start for one, two in pairwise(SPACES))


def test_an_occupations_own_text_is_nearest_to_it() -> None:
    occupations = Occupations.shipped(load_encoder().fingerprint)
    assert len(occupations.titles) == len(occupations.prototypes) == len(occupations.title_prototypes) == 1016
    nurses = occupations.titles.index("Registered Nurses")
    own = occupations.prototypes[[nurses]]
    ids, weights = occupations.mixture(["Registered Nurses"], np.array([False]), own, np.ones(1, np.float32))
    assert int(ids[weights.argmax()]) - OCCUPATIONS.start == nurses
    assert len(ids) == KEPT
    np.testing.assert_allclose(np.linalg.norm(weights), 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("title", "occupation", "least"),
    [
        ("STAFFING DEVELOPMENT LEAD", "Human Resources Managers", 0.09),  # "development" misleads the model
        ("Sr. Staff Nurse II, ICU", "Registered Nurses", 0.0),
    ],
)
def test_a_title_counts_by_its_own_vector_too(title: str, occupation: str, least: float) -> None:
    encoder_ = load_encoder()
    occupations, embedding = Occupations.shipped(encoder_.fingerprint), encoder_.encode([title])

    def share(as_title: bool) -> float:
        ids, weights = occupations.mixture([title], np.array([as_title]), embedding, np.ones(1, np.float32))
        return float(weights[ids == OCCUPATIONS.start + occupations.titles.index(occupation)][0])

    assert share(True) > share(False) + least


def test_another_model_has_no_occupations() -> None:
    other = Occupations.shipped("another-model-of-384")
    found = other.mixture(["a", "b"], np.array([True, False]), np.ones((2, 32), np.float32), np.ones(2, np.float32))
    assert len(found.ids) == len(found.weights) == 0


def test_search_vectors_are_of_unit_length_but_for_rounding_and_find_the_trade() -> None:
    encoded = encoder().encode(people(5))
    vectors = np.stack([each.vector for each in encoded])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=5e-3)
    products = vectors @ vectors.T
    for row, each in enumerate(encoded):
        best = [encoded[other].profile_id.split("-")[0] for other in np.argsort(-products[row])[:5]]
        assert set(best) == {each.profile_id.split("-")[0]}


def test_a_projection_keeps_what_two_sparse_vectors_share() -> None:
    """Twenty of forty words that no advert knows in common: .5, give or take what random signs do."""
    words_of, rng = Projections.shipped().each[0], np.random.default_rng(3)
    unknown = np.setdiff1d(np.arange(1 << 18), words_of.ids)
    apart = []
    for _ in range(50):
        ids = rng.choice(unknown, 60, replace=False).tolist()
        one, other = (sparse(dict.fromkeys(half, 1.0)) for half in (ids[:40], ids[20:]))
        apart.append(float(words_of.of(one) @ words_of.of(other)) - 0.5)
    assert abs(np.mean(apart)) < 0.03
    assert np.std(apart) < 1 / WORDS_WIDTH**0.5


def test_words_that_stand_in_the_same_adverts_lie_nearer() -> None:
    words_of = Projections.shipped().each[0]
    spring, hibernate, tally = (words_of.of(sparse({word_id(word): 1.0})) for word in ("spring", "hibernate", "tally"))
    assert words_of.of(sparse({})).tolist() == [0] * WORDS_WIDTH
    np.testing.assert_allclose(np.linalg.norm(spring), 1, rtol=1e-5)
    assert spring @ hibernate > 0.3 > abs(spring @ tally)
