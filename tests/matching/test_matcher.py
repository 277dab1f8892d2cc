from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest

from recommender.collection.filter import Filter
from recommender.errors import ProfileNotFound, QueryError
from recommender.matching import Match, Matcher, Query
from recommender.matching.scoring_config import ScoringConfig
from recommender.profile import Profile, Role
from tests.matching.fakes import matcher_of, people, person


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return matcher_of(people(100), tmp_path_factory.mktemp("pool"))


def test_the_most_similar_are_of_the_same_trade(matcher: Matcher) -> None:
    for trade in ("nurse", "welder", "backend"):
        answer = matcher.similar(Query(like=(f"{trade}-3",), k=20))
        assert {match.profile_id.split("-")[0] for match in answer.matches} == {trade}
        assert f"{trade}-3" not in {match.profile_id for match in answer.matches}
        assert [match.rank for match in answer.matches] == list(range(1, 21))


def test_points_add_up_to_the_score_that_is_sorted_by(matcher: Matcher) -> None:
    answer = matcher.similar(Query(like=("nurse-1", "backend-2"), unlike=("welder-4",), k=250, diversity=0.5))
    scores = [match.score for match in answer.matches]
    assert scores == sorted(scores, reverse=True)
    for match in answer.matches:
        assert math.isclose(sum(part.points for part in match.contributions), match.score, abs_tol=1e-9)
        assert 0 <= match.score <= 100


def test_every_reason_names_a_field_that_the_match_has(matcher: Matcher) -> None:
    answer = matcher.similar(Query(like=("backend-1",), k=5))
    message = {reason.field for match in answer.matches for reason in match.reasons}
    assert {"title", "core_skills"} <= message
    assert any(field.startswith("roles[") for field in message)
    assert "3 of 3 core skills: Kafka, PostgreSQL, Python" in {r.text for m in answer.matches for r in m.reasons}


def test_the_headline_counts_every_other_profile_with_the_pair_whatever_is_filtered(matcher: Matcher) -> None:
    """100 nurses have both skills; one of them asks: 99 more. From outside the pool it is all 100."""
    answer = matcher.similar(Query(like=("nurse-0",), k=1, where=Filter(years=None, profile_ids=("nurse-5",))))
    assert answer.headline is not None
    assert answer.headline.text == "99 more professionals with Patient Care & Triage"
    outside = matcher.similar(Query(profile=person(500, "nurse"), k=1)).headline
    assert outside is not None
    assert (outside.text, outside.count) == ("100+ more professionals with Patient Care & Triage", 100)


def test_the_headline_falls_back_to_the_first_skill_and_to_none(matcher: Matcher) -> None:
    alone = matcher.similar(
        Query(profile=person(1, "nurse", id="x", core_skills=("Triage", "Falconry of Owls"), roles=()))
    )
    assert alone.headline is not None
    assert alone.headline.text == "100+ more professionals with Triage"
    assert (
        matcher.similar(Query(profile=person(1, "nurse", id="x", core_skills=("Falconry of Owls",), roles=()))).headline
        is None
    )


def test_a_like_query_uses_the_core_skills_that_its_profiles_share(matcher: Matcher) -> None:
    assert matcher.similar(Query(like=("nurse-0", "welder-0"))).headline is None
    two = matcher.similar(Query(like=("nurse-0", "nurse-1"))).headline
    assert two is not None
    assert two.count == 98


def test_a_text_names_its_skills_in_its_order(matcher: Matcher) -> None:
    answer = matcher.similar(Query(text="Looking for PostgreSQL first, and then Kafka, in a backend engineer"))
    assert answer.headline is not None
    assert answer.headline.skills == ("PostgreSQL", "Kafka")
    assert answer.headline.count == 100
    assert answer.matches[0].profile_id.startswith("backend")


def test_a_text_that_lists_many_skills_is_asked_as_a_list(matcher: Matcher) -> None:
    entries = ("PostgreSQL", "Kafka", "Frobnication", "Python", "Docker", "Redis", "Linux")
    typed = matcher.similar(Query(text=", ".join(entries)))
    given = matcher.similar(Query(profile=Profile(core_skills=entries)))
    assert [(m.profile_id, m.score) for m in typed.matches] == [(m.profile_id, m.score) for m in given.matches]
    assert typed.matches[0].profile_id.startswith("backend")
    assert typed.headline is not None
    assert typed.headline.skills == ("PostgreSQL", "Kafka")


def test_a_few_skills_are_a_request(matcher: Matcher) -> None:
    answer = matcher.similar(Query(text="PostgreSQL, Kafka; Frobnication, Python"))
    assert answer.matches[0].profile_id.startswith("backend")
    assert {one.signal for one in answer.matches[0].contributions} >= {"wording", "asked", "passages"}
    assert answer.headline is not None
    assert answer.headline.skills == ("PostgreSQL", "Kafka")


def test_counter_examples_move_down_and_do_not_vanish(matcher: Matcher) -> None:
    everyone = Query(like=("nurse-0", "welder-0"), k=300)
    before = {match.profile_id: match.rank for match in matcher.similar(everyone).matches}
    after = matcher.similar(msgspec.structs.replace(everyone, unlike=("welder-1",))).matches
    ranks = {match.profile_id: match.rank for match in after}
    assert ranks.keys() == before.keys()
    welders = [who for who in ranks if who.startswith("welder")]
    assert sum(ranks[who] for who in welders) > sum(before[who] for who in welders)


def test_filters_hold_and_all_who_qualify_come(matcher: Matcher) -> None:
    where = Filter(skills_all=("welding",))
    answer = matcher.similar(Query(like=("nurse-0",), where=where, k=1000))
    assert len(answer.matches) == 100
    assert answer.next_cursor is None
    fewer = matcher.similar(Query(like=("nurse-0",), where=where, exclude_ids=("welder-7",), k=1000))
    assert len(fewer.matches) == 99


def test_weights_of_a_question_decide_alone_when_the_others_are_nothing(matcher: Matcher) -> None:
    signals = ScoringConfig.shipped().signals
    only_years = {name: float(name == "years") for name in signals}
    answer = matcher.similar(Query(like=("nurse-0",), weights=only_years, k=10))
    assert {match.years_of_experience for match in answer.matches} <= {3, 4}  # a year apart is no difference
    assert {match.score for match in answer.matches} == {100.0}
    assert {part.signal for match in answer.matches for part in match.contributions} == {"years"}


def test_diversity_spreads_companies(matcher: Matcher) -> None:
    """Nurses work at five companies; with diversity the first five matches are at five different ones."""

    def companies(diversity: float) -> int:
        found = matcher.similar(Query(like=("nurse-0",), k=5, diversity=diversity)).matches
        return len({int(match.profile_id.split("-")[1]) % 5 for match in found})

    assert companies(1.0) == 5
    assert companies(1.0) >= companies(0.0)


def test_copies_of_one_person_take_one_place_on_request(tmp_path: Path) -> None:
    twins = [
        person(1, "nurse", id=f"twin-{n}", name=name) for n, name in enumerate(("Example, Person1", "PERSON1 EXAMPLE"))
    ]
    alike = [person(1, "nurse", id=f"colleague-{n}", name=f"Colleague{n} Other") for n in range(3)]
    nameless = [person(1, "nurse", id=f"nameless-{n}", name=None) for n in range(2)]
    matcher = matcher_of([*people(4), *twins, *alike, *nameless], tmp_path)
    answer = matcher.similar(Query(like=("welder-0",), k=100, fold_duplicates=True))
    places = [{match.profile_id, *match.duplicates} for match in answer.matches]
    assert {"twin-0", "twin-1", "nurse-1"} in places
    assert all({match.profile_id} in places for match in answer.matches if not match.duplicates)
    message = [who for match in answer.matches for who in (match.profile_id, *match.duplicates)]
    assert len(message) == len(set(message)) == 18
    assert len(places) == 16


def test_copies_beyond_a_window_leave_room_for_others(tmp_path: Path) -> None:
    """300 copies of one nurse, and 8 other people: nine places, whatever the page size."""
    copies = [person(1, "nurse", id=f"copy-{n:03}") for n in range(300)]
    others = [person(n, "welder") for n in range(9)]
    matcher = matcher_of([*copies, *others], tmp_path)
    for k in (2, 20):
        query = Query(like=("welder-0",), k=k, fold_duplicates=True)
        places: list[Match] = []
        while True:
            answer = matcher.similar(query)
            places += answer.matches
            if answer.next_cursor is None:
                break
            query = msgspec.structs.replace(query, cursor=answer.next_cursor)
        assert len(places) == 9
        assert sum(len(match.duplicates) for match in places) == 299


def test_a_question_without_any_basis_is_answered_by_nobody_and_says_so(matcher: Matcher) -> None:
    for query in (
        Query(text="🎉 …"),
        Query(text="he him"),
        Query(profile=Profile(name="Anna Neu")),
        Query(profile=Profile(location="Berlin", years_of_experience=7, languages=("English",))),
    ):
        answer = matcher.similar(query)
        assert (answer.matches, answer.headline, answer.next_cursor) == ((), None, None)
        assert answer.notice is not None
        assert "title, skills or experience" in answer.notice
    one_of_two = matcher.similar(Query(like=("nurse-0",), text="🎉"))
    assert one_of_two.notice is None
    assert len(one_of_two.matches) == 10
    signals = ScoringConfig.shipped().signals
    only_years = {name: float(name == "years") for name in signals}
    by_years = matcher.similar(Query(profile=Profile(years_of_experience=7), weights=only_years))
    assert by_years.notice is None
    assert {match.years_of_experience for match in by_years.matches} <= {6, 7, 8}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (Query(), "nothing to be similar to"),
        (Query(like=("nurse-0",), k=0), "k is 0"),
        (Query(like=("nurse-0",), k=10_000), "k is 10000"),
        (Query(like=("nurse-0",), weights={"charm": 1.0}), "unknown signal 'charm'"),
        (Query(like=("nurse-0",), weights={"years": -1.0}), "weight of years"),
        (Query(like=("nurse-0",), diversity=2.0), "diversity is 2.0"),
        (Query(like=("nurse-0",), cursor="nonsense"), "cursor"),
        (Query(text="  "), "nothing to be similar to"),
    ],
)
def test_what_cannot_be_asked_says_so_in_one_line(matcher: Matcher, query: Query, message: str) -> None:
    with pytest.raises(QueryError, match=message) as error:
        matcher.similar(query)
    assert "\n" not in str(error.value)


def test_an_unknown_id_is_named(matcher: Matcher) -> None:
    with pytest.raises(ProfileNotFound, match="nobody-here"):
        matcher.similar(Query(like=("nobody-here",)))


def test_a_pairs_score_does_not_depend_on_the_pool(matcher: Matcher, tmp_path: Path) -> None:
    small = matcher_of([person(0, "nurse"), person(1, "nurse"), person(2, "welder")], tmp_path)
    there = {match.profile_id: match.score for match in matcher.similar(Query(like=("nurse-0",), k=299)).matches}
    for match in small.similar(Query(like=("nurse-0",), k=2)).matches:
        assert match.score == there[match.profile_id]


@pytest.mark.parametrize("count", [255, 256, 257, 300])
def test_hundreds_of_roles_are_explained_like_others(tmp_path: Path, count: int) -> None:
    roles = tuple(Role(title="Welder", bullets=(f"Welds part {number} of hulls",)) for number in range(count))
    many = Profile(id="many", title="Welder", core_skills=("Welding",), roles=roles)
    answer = matcher_of([many, *people(3)], tmp_path).similar(Query(like=("welder-1",), k=10))
    assert "many" in {match.profile_id for match in answer.matches}
    assert [match.profile_id for match in matcher_of([], tmp_path).similar(Query(like=("many",), k=3)).matches]


def test_a_view_that_is_given_is_the_generation_that_answers(tmp_path: Path) -> None:
    """A nurse who comes, and one who goes, after the view was opened change nothing in what is asked of it."""
    matcher, query = matcher_of(people(3), tmp_path), Query(like=("nurse-0",), k=2)
    before = matcher.similar(query)
    with matcher.collection.view() as view:
        matcher.collection.upsert(matcher.profile_encoder.encode([person(7, "nurse")]))
        matcher.collection.delete(["nurse-1"])
        assert matcher.similar(query, view) == before
    after = matcher.similar(query)
    assert {match.profile_id for match in before.matches} == {"nurse-1", "nurse-2"}
    assert {match.profile_id for match in after.matches} == {"nurse-2", "nurse-7"}
    assert after.generation > before.generation


def test_an_empty_view_that_is_given_is_asked_too(tmp_path: Path) -> None:
    matcher = matcher_of([], tmp_path)
    with matcher.collection.view() as view:
        matcher.collection.upsert(matcher.profile_encoder.encode([person(1, "nurse")]))
        assert matcher.similar(Query(profile=person(2, "nurse")), view).matches == ()
