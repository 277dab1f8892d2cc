from __future__ import annotations

import numpy as np

from recommender.encoding import load_encoder
from recommender.encoding.occupations import KEPT, Occupations
from recommender.encoding.search_vector import search_vector
from recommender.encoding.statistics import Statistics
from recommender.encoding.terms import bucket, rarity, weigh, words
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


def test_weights_are_of_unit_length_by_ascending_bucket() -> None:
    ids, weights = weigh([("kafka kafka welding", 1.0), ("triage", 0.0)])
    assert (
        ids.tolist()
        == sorted(
            {
                bucket("kafka"),
                bucket("welding"),
            }
        )
        or len(ids) == 2
    )
    np.testing.assert_allclose(np.linalg.norm(weights), 1, rtol=1e-6)
    assert bucket("triage") not in ids.tolist()


def test_an_occupations_own_text_is_nearest_to_it() -> None:
    occupations = Occupations.shipped(load_encoder().fingerprint)
    assert len(occupations.titles) == len(occupations.prototypes) == 1016
    nurses = occupations.titles.index("Registered Nurses")
    ids, weights = occupations.mixture(occupations.prototypes[[nurses]], np.ones(1, np.float32))
    assert int(ids[weights.argmax()]) == nurses
    assert len(ids) == KEPT
    np.testing.assert_allclose(np.linalg.norm(weights), 1, rtol=1e-5)


def test_another_model_has_no_occupations() -> None:
    ids, weights = Occupations.shipped("another-model-of-384").mixture(
        np.ones((2, 32), np.float32), np.ones(2, np.float32)
    )
    assert len(ids) == len(weights) == 0


def test_search_vectors_are_of_unit_length_and_find_the_trade() -> None:
    encoded = encoder().encode(people(5))
    vectors = np.stack([search_vector(each.features) for each in encoded])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    products = vectors @ vectors.T
    for row, each in enumerate(encoded):
        best = [encoded[other].profile_id.split("-")[0] for other in np.argsort(-products[row])[:5]]
        assert set(best) == {each.profile_id.split("-")[0]}


def test_fingerprints_tell_statistics_apart() -> None:
    shipped = Statistics.shipped()
    assert len(shipped.fingerprint) == 16
    assert encoder().fingerprint == encoder().fingerprint
