"""Sections of two matches, the one asked about has a title (0, 5), a role and a career (4, 3) / 5."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.encoding.features import Features
from recommender.encoding.text.passages import PassageKind
from recommender.matching.compared.pairs import Pairs
from recommender.matching.explaining.sections import Sections
from tests.matching.test_signals import features

SUBJECT = features(
    section_kind=[[PassageKind.TITLE, PassageKind.ROLE]],
    section_number=[[0, 3]],
    section_code=[[[0, 5], [5, 0]]],
    section_scale=[[0.2, 0.2]],
    career_code=[[[4, 3]]],
    career_scale=[[0.2]],
)
MATCHES = features(
    section_kind=[[PassageKind.TITLE, PassageKind.ROLE_TITLE, PassageKind.OVERVIEW], []],
    section_number=[[0, 7, 0], []],
    section_share=[[0.8, 0.6, 0], []],
    section_left=[[0.6, 0.8, 1], []],
    section_code=[[[5, 0], [0, 5], [3, 4]], []],
    section_scale=[[0.2, 0.2, 0.2], []],
)


def sections() -> Sections:
    return Sections(Pairs.of_one(SUBJECT, MATCHES))


def test_a_section_is_found_by_kind_and_number() -> None:
    """The first match's title of role 7 is section 1; it has none of role 6, and the second match has nothing."""
    found = sections().find(np.array([0, 0, 1]), int(PassageKind.ROLE_TITLE), np.array([7, 6, 7]))
    assert found.tolist() == [1, -1, -1]


def test_the_likest_is_the_greatest_cosine_and_there_is_none_with_what_is_not_there() -> None:
    """The title (0, 1) with (1, 0), (0, 1) and (.6, .8), and with no section at all; role 3, (1, 0); of skills none."""
    title, role, skills = (
        sections().likest(int(kind)) for kind in (PassageKind.TITLE, PassageKind.ROLE, PassageKind.SKILLS)
    )
    np.testing.assert_allclose(title.cosine, [0, 1, 0.8, -1], atol=1e-6)
    np.testing.assert_allclose(role.cosine, [1, 0, 0.6, -1], atol=1e-6)
    assert role.number[:3].tolist() == [3, 3, 3]
    assert skills.cosine.tolist() == [-1] * 4


def test_sections_are_compared_with_their_own_query_profile() -> None:
    """The same match of two: one has the title (0, 1), the other none and the roles 5, (1, 0), and 6, (.6, .8)."""
    other = features(
        section_kind=[[PassageKind.ROLE, PassageKind.ROLE]],
        section_number=[[5, 6]],
        section_code=[[[5, 0], [3, 4]]],
        section_scale=[[0.2, 0.2]],
        career_code=[[[5, 0]]],
        career_scale=[[0.2]],
    )
    both = Sections(Pairs([SUBJECT, other], Features.concatenate([MATCHES, MATCHES]), np.array([0, 2, 4])))
    np.testing.assert_allclose(both.likest(int(PassageKind.TITLE)).cosine, [0, 1, 0.8, -1, -1, -1, -1], atol=1e-6)
    likest = both.likest(int(PassageKind.ROLE))
    np.testing.assert_allclose(likest.cosine[3:], [1, 0.8, 1, -1], atol=1e-6)
    assert likest.number[3:6].tolist() == [5, 6, 6]
    alone = Sections(Pairs.of_one(other, MATCHES)).career_losses()
    assert both.career_losses().tolist() == [*sections().career_losses()[:3], *alone[:3], 0]


def test_a_career_loses_what_its_other_sections_do_not_hold() -> None:
    """.8 (1, 0) + .6 (0, 1) is the career itself, cosine 1; (0, .6) has 3/5, (.8, 0) has 4/5; the overview is none."""
    losses = sections().career_losses()
    np.testing.assert_allclose(losses[:3], [0.4, 0.2, 0], atol=1e-6)
    assert losses[-1] == 0


def test_a_career_of_one_section_loses_all() -> None:
    alone = features(
        section_kind=[[PassageKind.TITLE]],
        section_number=[[0]],
        section_share=[[1]],
        section_left=[[0]],
        section_code=[[[3, 4]]],
        section_scale=[[0.2]],
    )
    assert Sections(Pairs.of_one(SUBJECT, alone)).career_losses().tolist() == pytest.approx([0.96, 0])
