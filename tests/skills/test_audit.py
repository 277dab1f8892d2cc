"""The audit finds the way of writing that stands in for something else, by the words around it."""

from __future__ import annotations

import pytest

from recommender.skills import Vocabulary
from recommender.skills.audit import Examined, audit, lower_bound
from recommender.skills.entries import Prose, Skill, Surface

WEAVING = Skill("Weaving", (Surface("Weaving", Prose.ANY), Surface("loom", Prose.ANY)), "crafts", "crafts")
POTTERY = Skill("Pottery", (Surface("Pottery", Prose.ANY),), "kiln", "kiln")


def people() -> list[Examined]:
    weavers = [Examined("weaver", ["fine linen threads by weaving wool and flax cloth"]) for _ in range(60)]
    potters = [Examined("potter", ["wet clay bowls by pottery glaze and fired kilns"]) for _ in range(60)]
    strange = [Examined("potter", ["wet clay bowls by loom glaze and fired kilns"]) for _ in range(20)]
    return [*weavers, *potters, *strange]


def test_a_writing_found_among_other_words_is_the_most_ambiguous() -> None:
    first, *others = audit(people(), Vocabulary([WEAVING, POTTERY]))
    assert (first.written, first.name, first.hits, first.strange) == ("loom", "Weaving", 20, 1.0)
    assert first.occupations == ("potter",)
    assert "clay" in first.words
    assert first.examples[0].text == "wet clay bowls by [loom] glaze and fired kilns"
    assert [(one.written, one.strange) for one in others] == [("pottery", 0.0), ("weaving", 0.0)]


def test_a_writing_seen_too_rarely_is_not_judged() -> None:
    assert [one.written for one in audit(people(), Vocabulary([WEAVING, POTTERY]), fewest=21)] == ["pottery", "weaving"]


def test_wilson_by_hand() -> None:
    """Of 10 in 10: 10 / (10 + 1.96²) = 0.7225; of 0 nothing is sure."""
    assert lower_bound(10, 10) == pytest.approx(0.7225, abs=1e-4)
    assert lower_bound(0, 7) == 0.0
