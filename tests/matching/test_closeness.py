"""How close the gist and the passages of a request are to people's sections, of vectors that are given."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.asking import Request
from recommender.encoding.features import Features
from recommender.encoding.text.passages import PassageKind
from recommender.matching.asked.asked import Asked
from recommender.matching.asked.wording import AskedWords

TITLE, ROLE, EDUCATION, OVERVIEW = (
    PassageKind.TITLE, PassageKind.ROLE, PassageKind.EDUCATION, PassageKind.OVERVIEW,
)  # fmt: skip
#: Profiles by their sections, a kind and a direction each; two of them have none.
PEOPLE = [
    [(TITLE, (1, 0)), (ROLE, (3, 4)), (OVERVIEW, (0, 1))],
    [],
    [(EDUCATION, (1, 0)), (OVERVIEW, (-1, 0))],
    [(ROLE, (4, 3))],
    [],
]


def pool() -> Features:
    sections = [section for one in PEOPLE for section in one]
    codes = np.array([direction for _, direction in sections], np.int8)
    columns = {
        "section_kind": np.array([kind for kind, _ in sections], np.uint8),
        "section_code": codes,
        "section_scale": (1 / np.linalg.norm(codes, axis=1)).astype(np.float32),
    }
    ends = np.cumsum([0, *map(len, PEOPLE)])
    return Features({"sections": ends, "one": np.arange(len(PEOPLE) + 1)}, columns)


def asked(*vectors: tuple[float, float]) -> Asked:
    return Asked(Request(), (), AskedWords(""), np.array(vectors, np.float32).reshape(-1, 2))


def test_a_gist_is_as_close_as_the_overview_and_passages_as_their_best_sections() -> None:
    gist, passages = asked((1, 0), (0, 1), (0.6, 0.8))._closeness(pool())
    assert gist.tolist() == [0, 0, 0, 0, 0]
    # the mean of what is closest to (0, 1) and to (.6, .8); schools do not count, nothing is less than 0
    assert passages == pytest.approx([(1 + 1) / 2, 0, 0, (0.6 + 0.96) / 2, 0])


def test_a_short_text_is_its_one_passage() -> None:
    gist, passages = asked((0, 1))._closeness(pool())
    assert gist == pytest.approx([1, 0, 0, 0, 0])
    assert passages == pytest.approx([1, 0, 0, 0.6, 0])


def test_of_a_request_without_words_nothing_is_known() -> None:
    assert all(np.isnan(values).all() for values in asked()._closeness(pool()))
