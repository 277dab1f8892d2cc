"""What each unit of a match costs, and which is cited."""

from __future__ import annotations

import dataclasses

import numpy as np

from recommender.encoding.text.passages import PassageKind
from recommender.encoding.units import Place
from recommender.facts.facts import Facts
from recommender.matching.compared.pairs import Pairs
from recommender.matching.explaining.attribution import attributions
from recommender.matching.explaining.cited import Attributions, Shows
from recommender.matching.explaining.sections import Sections
from recommender.matching.query_profile import QueryProfile
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig, Signal
from recommender.profile import Profile
from tests.matching.test_signals import features

#: A title and two bullets of one match, a bullet and a list of another, nothing of a third.
LOSSES = Attributions(
    matches=3,
    match=np.array([0, 0, 0, 1, 1]),
    place=np.array([Place.TITLE, Place.BULLET, Place.BULLET, Place.BULLET, Place.CORE_SKILLS], np.uint8),
    number=np.array([0, 2, 2, 1, 0], np.uint8),
    part=np.array([0, 4, 5, 0, 0], np.uint16),
    section=np.array([0, -1, -1, -1, 1]),
    points=np.array([9.0, 3.0, 3.0, 0.2, -1.0]),
    # the title names core skill 3, the first bullet 0 and 1, the second 2; of the other the bullet 1, its list 1 and 3
    shows=Shows(np.array([0, 1, 1, 2, 3, 4, 4]), np.array([3, 0, 1, 2, 1, 1, 3]), np.zeros(7, bool)),
)


def test_the_greatest_of_each_match_is_among_those_asked_for_and_the_first_of_equals() -> None:
    bullets = LOSSES.place == Place.BULLET
    assert LOSSES.greatest(bullets & (LOSSES.points >= 0.1)).tolist() == [1, 3, -1]
    assert LOSSES.greatest(bullets & (LOSSES.points >= 0.5)).tolist() == [1, -1, -1]


def test_core_skills_are_cited_by_the_fewest_fields_that_name_them_each_once() -> None:
    showing = [[(str(one.cited.path), one.skills) for one in of_match] for of_match in LOSSES.showing()]
    assert showing == [
        [("roles[2].bullets[4]", (0, 1)), ("roles[2].bullets[5]", (2,))],
        [("core_skills", (1, 3))],
        [],
    ]


def test_a_unit_is_cited_by_the_name_of_its_field() -> None:
    cited, nothing = LOSSES.cited(np.array([2, -1]))
    assert cited is not None
    assert tuple(cited) == (Place.BULLET, 2, 5)
    assert str(cited.path) == "roles[2].bullets[5]"
    assert nothing is None


def test_a_field_that_writes_the_name_goes_before_one_whose_loss_is_greater() -> None:
    by_name = Shows(np.array([0, 1, 2]), np.array([0, 0, 0]), np.array([False, False, True]))
    (first, *_) = dataclasses.replace(LOSSES, shows=by_name).showing()
    assert [(str(one.cited.path), one.skills) for one in first] == [("roles[2].bullets[5]", (0,))]


def test_a_title_shows_a_skill_only_where_it_writes_its_name() -> None:
    for written, fields in ((False, []), (True, ["title"])):
        shows = Shows(np.array([0]), np.array([0]), np.array([written]))
        (first, *_) = dataclasses.replace(LOSSES, shows=shows).showing()
        assert [str(one.cited.path) for one in first] == fields


def test_three_fields_are_cited_for_core_skills_at_most() -> None:
    """Four bullets show one each: the three without which the score would lose most are cited."""
    bullets = np.zeros(4, np.int64)
    found = Attributions(
        matches=1,
        match=bullets,
        place=np.full(4, Place.BULLET, np.uint8),
        number=bullets.astype(np.uint8),
        part=np.arange(4, dtype=np.uint16),
        section=bullets,
        points=np.array([1.0, 4.0, 2.0, 3.0]),
        shows=Shows(np.arange(4), np.array([3, 2, 1, 0]), np.ones(4, bool)),
    )
    (showing,) = found.showing()
    assert [(str(one.cited.path), one.skills) for one in showing] == [
        ("roles[0].bullets[1]", (2,)), ("roles[0].bullets[3]", (0,)), ("roles[0].bullets[2]", (1,)),
    ]  # fmt: skip


def test_two_lists_share_what_the_career_loses_without_the_one_section_they_make() -> None:
    """The query profile's career is (4, 3) / 5; both matches' are .8 (1, 0), their title, and .6 (0, 1), their skills.

    The cosine is 1, without the title 3/5, without the skills 4/5: what these cost is shared by the first match's two
    lists, and the second's one list costs it alone.
    """
    own = features(
        section_kind=[[PassageKind.TITLE]],
        section_number=[[0]],
        section_code=[[[5, 0]]],
        section_scale=[[0.2]],
        career_code=[[[4, 3]]],
        career_scale=[[0.2]],
    )
    matches = features(
        section_kind=[[PassageKind.TITLE, PassageKind.SKILLS]] * 2,
        section_number=[[0, 0]] * 2,
        section_share=[[0.8, 0.6]] * 2,
        section_left=[[0.6, 0.8]] * 2,
        section_code=[[[5, 0], [0, 5]]] * 2,
        section_scale=[[0.2, 0.2]] * 2,
        unit_place=[[Place.TITLE, Place.CORE_SKILLS, Place.OTHER_SKILLS], [Place.TITLE, Place.OTHER_SKILLS]],
        unit_number=[[0, 0, 0], [0, 0]],
        unit_part=[[0, 0, 0], [0, 0]],
        unit_words=[[1, 1, 1], [1, 1]],
        unit_skills=[[1, 1, 1], [1, 1]],
    )
    signals = {name: Signal(0.0, 1.0, weight) for name, weight in (("career", 1.0), ("words", 0.0), ("skills", 0.0))}
    scorer = Scorer(ScoringConfig(version="made up", very_close=65, close=50, signals=signals), {})
    query_profile = QueryProfile(Profile(), Facts(), np.zeros(2, np.float32), own)
    pairs = Pairs.of_one(own, matches)
    found = attributions([query_profile], pairs, np.zeros((2, 2), np.float32), Sections(pairs), scorer)
    assert found.match.tolist() == [0, 0, 0, 1, 1]
    np.testing.assert_allclose(found.points, [40, 10, 10, 40, 20], atol=1e-4)
