"""Questions in words: stated conditions weigh, exclusions hold, and what is said of a match is true of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec
import pytest

from recommender import facts
from recommender.asking import Part, Request, YearsPart
from recommender.collection import Filter
from recommender.field_path import FieldPath
from recommender.matching import Matcher, Query
from recommender.matching.asked import places
from recommender.matching.asked.places import FirstPlaces
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary
from tests.matching.fakes import matcher_of

NAMES = dict(
    zip(
        ("both", "one", "php", "far", "new", "nurse", "speaks"),
        ("Person One", "Person Two", "Person Three", "Person Four", "Person Five", "Person Six", "Person Seven"),
        strict=True,
    )
)


def somebody(
    name: str, title: str, text: str, *, years: int = 6, place: str = "London", languages: tuple[str, ...] = ()
) -> Profile:
    role = Role(company="Northwind", title=title, start="2015-01", bullets=(text,))
    held = {"name": NAMES[name], "title": title, "location": place, "languages": languages, "roles": (role,)}
    return msgspec.convert({"id": name, "years_of_experience": years, "as_of": "2024-01", **held}, Profile)


POOL = [
    somebody("both", "Data Engineer", "built pipelines in Scala and Kafka"),
    somebody("one", "Data Engineer", "built pipelines in Kafka"),
    somebody("php", "Data Engineer", "built pipelines in Scala and Kafka, and pages in PHP"),
    somebody("far", "Data Engineer", "built pipelines in Scala and Kafka", place="Lagos, Nigeria"),
    somebody("new", "Data Engineer", "built pipelines in Scala and Kafka", years=1),
    somebody("nurse", "Nurse", "triage at night"),
    somebody("speaks", "Nurse", "triage at night", languages=("German (native)",)),
]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return matcher_of(POOL, Path(tmp_path_factory.mktemp("asked")))


def ids(matcher: Matcher, text: str, **more: object) -> list[str]:
    return [match.profile_id for match in matcher.similar(Query(text=text, **more)).matches]  # type: ignore[arg-type]


def test_who_meets_everything_is_first_and_nobody_vanishes(matcher: Matcher) -> None:
    found = ids(matcher, "data engineer, Scala, Kafka, London, 5+ years, not PHP")
    assert found[0] == "both"
    assert set(found) == {"both", "one", "far", "new", "nurse", "speaks"}
    assert ids(matcher, "data engineer, Scala, Kafka, Lagos")[0] == "far"


def test_a_list_of_skills_with_a_place_asks_for_the_place_too(matcher: Matcher) -> None:
    """A bare list is compared as a profile that lists them; beside a place or years it is bare no more."""
    assert ids(matcher, "Scala, Kafka, triage, in Lagos")[0] == "far"
    assert ids(matcher, "Scala, Kafka, triage")[0] != "far"


def test_a_skill_counts_the_more_the_more_of_the_work_it_is(tmp_path: Path) -> None:
    """Both have it: one works with it in every role, one lists it among twenty others."""
    others = ("Java", "Python", "Oracle", "Linux", "Bash", "Docker", "Redis", "Git", "Jenkins", "Ansible", "Perl")
    central = somebody("both", "Data Engineer", "built pipelines in Kafka; tuned Kafka")
    listed = msgspec.structs.replace(
        somebody("one", "Data Engineer", "built pipelines"), other_skills=("Kafka", *others)
    )
    matcher = matcher_of([central, listed, *POOL[5:]], tmp_path)
    first, second, *_ = matcher.similar(Query(text="Kafka")).matches
    assert [(one.profile_id, one.asked) for one in (first, second)] == [("both", "1 of 1 must"), ("one", "1 of 1 must")]
    points = [one.points for match in (first, second) for one in match.contributions if one.signal == "asked"]
    assert points[0] > points[1] > 0


def test_an_exclusion_is_held_and_counted(matcher: Matcher) -> None:
    answer = matcher.similar(Query(text="data engineer, Scala, Kafka, not PHP"))
    assert answer.counts is not None
    assert answer.counts.every_must == 3
    assert {one.condition: one.count for one in answer.counts.without} == {"Scala": 4, "Kafka": 3}
    within = matcher.similar(Query(text="data engineer, Scala, not PHP", where=Filter(location=("London",))))
    assert within.counts is not None
    assert within.counts.every_must == 2


def test_what_a_match_meets_is_said_with_its_field(matcher: Matcher) -> None:
    answer = matcher.similar(Query(text="data engineer, Scala, Kafka, London, 5+ years, not PHP"))
    by_id = {match.profile_id: match for match in answer.matches}
    assert by_id["both"].asked == "4 of 4 musts"
    assert [(met.condition, met.field) for met in by_id["both"].conditions] == [
        ("Scala", "roles[0].bullets[0]"),
        ("Kafka", "roles[0].bullets[0]"),
        ("London", "location"),
        ("5+ years", "years_of_experience"),
    ]
    assert by_id["one"].asked == "3 of 4 musts; missing: Scala"
    assert by_id["far"].asked == "3 of 4 musts; missing: London"
    assert by_id["new"].asked == "3 of 4 musts; missing: 5+ years"


def test_points_add_up_to_the_score(matcher: Matcher) -> None:
    for match in matcher.similar(Query(text="data engineer, Scala, London, 5+ years")).matches:
        assert sum(one.points for one in match.contributions) == pytest.approx(match.score, abs=1e-6)


def test_a_strict_part_is_a_filter_and_a_changed_request_is_asked_as_it_is(matcher: Matcher) -> None:
    asked = Request(titles=(Part(("data engineer",)),), skills=(Part(("Scala",), strict=True),), years=YearsPart(min=5))
    answer = matcher.similar(Query(request=asked))
    assert {match.profile_id for match in answer.matches} == {"both", "php", "far", "new"}
    assert answer.request == asked
    assert set(ids(matcher, "must:Scala years:5.. data engineer")) == {"both", "php", "far", "new"}


def test_a_language_on_the_profile_is_never_called_missing(matcher: Matcher) -> None:
    answer = matcher.similar(Query(text="nurse, fluent German"))
    by_id = {match.profile_id: match.conditions[0] for match in answer.matches}
    assert (by_id["speaks"].met, by_id["speaks"].field) == (True, "languages[0]")
    assert by_id["nurse"].met is False


def test_a_level_asks_for_the_years_that_are_usual_at_it(matcher: Matcher) -> None:
    found = ids(matcher, "junior data engineer, Scala, Kafka, London, not PHP")
    assert found.index("new") < found.index("both")
    assert ids(matcher, "senior data engineer, Scala, Kafka, London, not PHP")[0] == "both"


def test_a_name_finds_people_and_touches_no_score(matcher: Matcher) -> None:
    plain = {match.profile_id: match.score for match in matcher.similar(Query(text="data engineer, Scala")).matches}
    answer = matcher.similar(Query(text='data engineer, Scala name:"person two"'))
    assert [(match.profile_id, match.score) for match in answer.matches] == [("one", plain["one"])]
    assert answer.counts is not None
    assert {one.condition: one.count for one in answer.counts.without} == {"Scala": 1, "person two": 4}


def test_conditions_alone_can_be_asked(matcher: Matcher) -> None:
    answer = matcher.similar(Query(text="in Lagos"))
    assert answer.matches[0].profile_id == "far"
    assert answer.notice is None


def test_examples_are_asked_as_before(matcher: Matcher) -> None:
    answer = matcher.similar(Query(like=("both",), text="not PHP"))
    assert answer.request is None
    assert "php" in {match.profile_id for match in answer.matches}


def test_where_somebody_shows_a_skill_is_looked_for_once_while_they_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[str | None]()

    def first_places(profile: Profile, vocabulary: Vocabulary, skills: Collection[str]) -> dict[str, FieldPath]:
        looked.append(profile.id)
        return facts.first_places(profile, vocabulary, skills)

    monkeypatch.setattr(places, "first_places", first_places)
    matcher = matcher_of(POOL, tmp_path)

    def field() -> str | None:
        (match,) = (m for m in matcher.similar(Query(text="engineer, Kafka")).matches if m.profile_id == "one")
        (kafka,) = (met for met in match.conditions if met.condition == "Kafka")
        return kafka.field

    assert field() == "roles[0].bullets[0]"
    assert looked.count("one") == 1
    assert field() == "roles[0].bullets[0]"
    assert looked.count("one") == 1
    anew = msgspec.structs.replace(POOL[1], about="Kafka for years.")
    matcher.collection.upsert(matcher.profile_encoder.encode([anew]))
    assert field() == "about"
    assert looked.count("one") == 2


def test_of_many_places_those_asked_for_last_are_remembered(tmp_path: Path) -> None:
    remembered, matcher = FirstPlaces(most=2), matcher_of(POOL, tmp_path)
    vocabulary = matcher.profile_encoder.vocabulary
    with matcher.collection.view() as view:
        for row in (0, 1, 0, 2):
            (profile,) = view.profiles([row])
            assert remembered.of(view, row, profile, vocabulary, ["Kafka"]).keys() <= {"Kafka"}
        assert [row for _, _, row, _ in remembered._places] == [0, 2]
