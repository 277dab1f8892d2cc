"""Reasons cite the field that the score rests on."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.encoding.units import Place
from recommender.facts.facts import Facts
from recommender.matching import Match, Query
from recommender.matching.compared.pairs import Pairs
from recommender.matching.explaining.attribution import attributions
from recommender.matching.explaining.cited import Attributions
from recommender.matching.explaining.explain import EVIDENT, own_skills, shared_skills
from recommender.matching.explaining.reasons import QUOTED
from recommender.matching.explaining.sections import Sections
from recommender.matching.query_profile import QueryProfile
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig
from recommender.matching.signals import dot_sparse
from recommender.profile import Profile, Role
from tests.matching.fakes import encoder, matcher_of, person

SEED = person(1, "nurse")
TELLING = "cared for patients on a surgical ward and did wound care"
MATCH = msgspec.structs.replace(
    SEED,
    id="match",
    title="Ward Sister",
    core_skills=("Gardening",),
    other_skills=("Patient Care", "Bookkeeping"),
    roles=(
        Role(
            title="Ward Sister",
            company="Elm Hospital",
            start="2019-01",
            bullets=("kept the books of a bowls club", TELLING, "grew tomatoes behind the shed"),
        ),
        Role(title="Gardener", company="Parks", start="2015-01", end="2018-12", bullets=("mowed lawns",)),
    ),
)
OTHERS = [person(number, "welder") for number in range(6)]


def explained(seed: Query, folder: Path, match: Profile = MATCH) -> Match:
    matcher = matcher_of([SEED, match, *OTHERS], folder)
    return next(found for found in matcher.similar(seed).matches if found.profile_id == match.id)


def attributions_of(seed: Profile, match: EncodedProfile, scorer: Scorer) -> Attributions:
    """What a match would lose of its similarity to a seed."""
    one = encoder().encode([seed])[0]
    query_profile = QueryProfile(one.profile, one.facts, one.vector, one.features)
    pairs = Pairs.of_one(one.features, match.features)
    cosines = np.nan_to_num(dot_sparse(pairs)[:2]).T
    return attributions([query_profile], pairs, cosines, Sections(pairs), scorer)


def cited(match: Match, beginning: str) -> str | None:
    return next((reason.field for reason in match.reasons if reason.text.startswith(beginning)), None)


def test_similar_work_cites_the_bullet_that_says_so(tmp_path: Path) -> None:
    match = explained(Query(like=("nurse-1",)), tmp_path)
    assert cited(match, "similar work") == "roles[0].bullets[1]"
    text = next(reason.text for reason in match.reasons if reason.text.startswith("similar work"))
    assert text.endswith(f"“Ward Sister, Elm Hospital: {TELLING}”")


def test_a_text_is_answered_with_evidence_too(tmp_path: Path) -> None:
    match = explained(Query(text="somebody who cared for patients on a surgical ward"), tmp_path)
    assert cited(match, "similar work") == "roles[0].bullets[1]"


def test_each_field_is_cited_for_the_skills_that_it_shows(tmp_path: Path) -> None:
    """Two of three core skills: one is listed, one is in a bullet; the first list shows neither."""
    match = explained(Query(like=("nurse-1",)), tmp_path)
    assert [(reason.text, reason.field) for reason in match.reasons if "core skills" in reason.text] == [
        ("1 of 3 core skills: Wound Care", "roles[0].bullets[1]"),
        ("1 more of 3 core skills: Patient Care; missing: Triage", "other_skills"),
    ]


def test_skills_are_named_as_the_question_writes_them(tmp_path: Path) -> None:
    asked = msgspec.structs.replace(SEED, id="asked", core_skills=("wound care", "TRIAGE", "patient care"))
    match = explained(Query(profile=asked), tmp_path)
    named = [reason.text.partition(": ")[2] for reason in match.reasons if "core skills" in reason.text]
    assert named == ["wound care", "patient care; missing: TRIAGE"]


def test_a_long_bullet_is_cut_at_a_word(tmp_path: Path) -> None:
    long = TELLING + " night after night" * 20
    role = msgspec.structs.replace(MATCH.roles[0], bullets=(long, *MATCH.roles[0].bullets[::2]))
    match = explained(Query(like=("nurse-1",)), tmp_path, msgspec.structs.replace(MATCH, roles=(role,)))
    text = next(reason.text for reason in match.reasons if reason.text.startswith("similar work"))
    quoted = text.rpartition(": ")[2]
    assert len(quoted) <= QUOTED + 3
    assert long.startswith(quoted.removesuffix(" …”"))


def test_nothing_is_cited_that_the_score_does_not_rest_on(tmp_path: Path) -> None:
    role = Role(title="Welder", start="2018-01", bullets=("joined steel frames from drawings",))
    stranger = person(3, "welder", id="match", roles=(role,))
    match = explained(Query(like=("nurse-1",), k=100), tmp_path, stranger)
    assert cited(match, "similar work") is None
    assert cited(match, "comparable occupation") is None


@pytest.mark.parametrize(("gone", "career", "within"), [("title", 1.0, 0.15), ("other_skills", 0.0, 0.01)])
def test_a_loss_is_what_scoring_without_the_field_gives(
    gone: str, career: float, within: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of words and skills exactly, before they are rounded; of the career, which is in whole bytes, nearly.

    Occupations are let be.
    """
    monkeypatch.setattr("recommender.encoding.profile_encoder.rounded_columns", lambda columns: columns)
    without = msgspec.structs.replace(MATCH, core_skills=(), **{gone: None if gone == "title" else ()})
    whole = msgspec.structs.replace(MATCH, core_skills=())
    one, other = encoder().encode([whole, without])
    scorer = Scorer(ScoringConfig.shipped(), {"years": 0.0, "seniority": 0.0, "occupation": 0.0, "career": career})
    found = attributions_of(SEED, one, scorer)
    place = Place.TITLE if gone == "title" else Place.OTHER_SKILLS
    seed = encoder().encode([SEED])[0].features
    scores = scorer.points(seed, Features.concatenate([one.features, other.features])).sum(axis=1)
    assert scores[0] - scores[1] == pytest.approx(float(found.points[found.place == place][0]), abs=within)


def test_the_greatest_loss_is_the_one_that_costs_most() -> None:
    found = attributions_of(SEED, encoder().encode([MATCH])[0], Scorer(ScoringConfig.shipped(), {}))
    bullets = found.place == Place.BULLET
    best = found.greatest(bullets & (found.points >= EVIDENT))
    assert found.points[best[0]] == found.points[bullets].max()
    assert found.greatest(bullets & (found.points >= 1e9)).tolist() == [-1]
    (cited,) = found.cited(best)
    assert cited is not None
    assert str(cited.path) == "roles[0].bullets[1]"


def test_shared_skills_stand_in_the_order_of_the_core_skills_then_of_the_rest() -> None:
    query_profile = QueryProfile(
        SEED,
        Facts(skills=("A", "B", "C", "D"), core_skills=("C", "B")),
        np.zeros(1, np.float32),
        encoder().encode([SEED])[0].features,
    )
    own = own_skills([query_profile])
    assert own == ("C", "B", "A", "D")
    assert shared_skills(own, {"A", "C", "D", "E"}) == ("C", "A", "D")
