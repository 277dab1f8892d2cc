"""Which unit of a match is cited."""

from __future__ import annotations

import numpy as np

from recommender.encoding.evidence import Place
from recommender.matching.losses import Losses

#: A title and two bullets of one match, a bullet and a list of another, nothing of a third.
LOSSES = Losses(
    matches=3,
    match=np.array([0, 0, 0, 1, 1]),
    place=np.array([Place.TITLE, Place.BULLET, Place.BULLET, Place.BULLET, Place.CORE_SKILLS], np.uint8),
    number=np.array([0, 2, 2, 1, 0], np.uint8),
    part=np.array([0, 4, 5, 0, 0], np.uint16),
    section=np.array([0, -1, -1, -1, 1]),
    points=np.array([9.0, 3.0, 3.0, 0.2, -1.0]),
    shown=np.array([0, 1, 0, 0, 2]),
)


def test_the_greatest_of_each_match_is_among_those_asked_for_and_the_first_of_equals() -> None:
    bullets = LOSSES.place == Place.BULLET
    assert LOSSES.greatest(bullets & (LOSSES.points >= 0.1)).tolist() == [1, 3, -1]
    assert LOSSES.greatest(bullets & (LOSSES.points >= 0.5)).tolist() == [1, -1, -1]
    assert LOSSES.greatest(LOSSES.shown > 0).tolist() == [1, 4, -1]


def test_a_unit_is_cited_by_the_name_of_its_field() -> None:
    cited, nothing = LOSSES.cited(np.array([2, -1]))
    assert cited is not None
    assert tuple(cited) == (Place.BULLET, 2, 5)
    assert cited.field == "roles[2].bullets[5]"
    assert nothing is None
