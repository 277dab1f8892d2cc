"""Which profiles are of one person, and which are not, of made-up people."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import msgspec
import pytest

from recommender.duplicates import find, find_duplicates
from recommender.duplicates.evidence import ENOUGH, POINTS
from recommender.profile import Education, Profile, Role
from tests.duplicates.people import (
    changed,
    contact,
    elsewhere,
    in_another_format,
    people,
    reordered,
    shortened,
    with_a_job,
)

WELDER = Profile(
    id="welder",
    title="Welder",
    roles=(
        Role(title="Welder", company="Fennick Boilers", start="2019-04", end="2023-01", bullets=("Welds boilers.",)),
        Role(
            title="Apprentice", company="Brasswick Yard", start="2016-09", end="2019-03", bullets=("Learned to weld.",)
        ),
    ),
    education=(Education(school="Pellmoor Trades College", end="2016"),),
)


def found(*profiles: Profile) -> list[tuple[str, ...]]:
    return [person.profile_ids for person in find_duplicates(profiles)]


def test_people_are_not_taken_for_one_another() -> None:
    assert found(*people()) == []


@pytest.mark.parametrize("again", [in_another_format, reordered, shortened, with_a_job])
def test_every_kind_of_copy_is_found_and_nobody_else(again: Callable[[Profile, str], Profile]) -> None:
    copies = [again(one, f"copy-{one.id}") for one in people()[:30]]
    assert {frozenset(ids) for ids in found(*people(), *copies)} == {
        frozenset((f"p{at}", f"copy-p{at}")) for at in range(30)
    }


def test_all_copies_of_one_person_are_one_cluster_headed_by_the_newest() -> None:
    one = people()[3]
    kinds = (in_another_format, reordered, shortened, with_a_job)
    copies = [again(one, f"{one.id}-{at}") for at, again in enumerate(kinds)]
    (person,) = find_duplicates([*people(), *copies])
    assert person.profile_ids[0] == "p3-3"  # which has the latest job
    assert sorted(person.profile_ids) == ["p3", "p3-0", "p3-1", "p3-2", "p3-3"]
    assert [pair.score for pair in person.pairs] == sorted((pair.score for pair in person.pairs), reverse=True)


def test_who_copied_a_resume_and_worked_elsewhere_is_another_person() -> None:
    copies = [elsewhere(one, f"copy-{one.id}") for one in people()[:30]]
    assert found(*people(), *copies) == []


def test_a_name_is_never_enough() -> None:
    for one, other in combinations([changed(p, p.id or "", name="Ruth Pellwether") for p in people()[:12]], 2):
        assert found(one, other) == []
    one, other = (
        Profile(id=i, name="Ruth Pellwether", title="Welder", education=(Education(school="Pellmoor Trades College"),))
        for i in "ab"
    )
    assert found(one, other) == []  # nor with a school


def test_two_jobs_with_employers_of_the_same_months_are_enough_and_say_so() -> None:
    other = msgspec.structs.replace(
        WELDER,
        id="other",
        title="Fabricator",
        roles=tuple(msgspec.structs.replace(role, bullets=("Said anew.",), title=None) for role in WELDER.roles),
    )
    (person,) = find_duplicates([WELDER, other])
    (pair,) = person.pairs
    assert [(one.kind, one.points, one.left, one.right) for one in pair.evidence] == [
        ("job", 0.3, ("roles[1]",), ("roles[1]",)),
        ("job", 0.6, ("roles[0]",), ("roles[0]",)),
        ("school", 0.15, ("education[0].school",), ("education[0].school",)),
    ]
    assert pair.score == 1.05
    assert pair.evidence[1].text == "a job with fennick boilers from 2019-04"


def test_one_job_is_not_enough_and_two_with_one_employer_are_not() -> None:
    first = changed(WELDER, "first", roles=WELDER.roles[:1], education=())
    assert found(WELDER, first) == []
    same = tuple(msgspec.structs.replace(role, company="Fennick Boilers") for role in WELDER.roles)
    assert found(changed(WELDER, "a", roles=same, education=()), changed(WELDER, "b", roles=same, education=())) == []


def test_contact_details_want_a_name_or_a_job_beside_them() -> None:
    one, other = people()[:2]
    mail = contact("ruth@example.org")
    assert found(changed(one, "a", contact=mail), changed(other, "b", contact=mail)) == []  # an agency's
    named = {"contact": mail, "name": "Ruth Pellwether"}
    other_name = changed(other, "b", contact=mail, name="Tobias Arkwright")
    assert found(changed(one, "a", **named), other_name) == []
    (person,) = find_duplicates([changed(one, "a", **named), changed(other, "b", **named)])
    (contact_evidence,) = (e for e in person.pairs[0].evidence if e.kind == "contact")
    assert (contact_evidence.left, contact_evidence.right) == (("contact.emails[0]",), ("contact.emails[0]",))


def test_another_name_outweighs_a_text_that_was_copied() -> None:
    one = changed(people()[5], "a", name="Ruth Pellwether")
    assert found(one, changed(one, "b")) == [("a", "b")]
    assert found(changed(one, "a", roles=()), changed(one, "b", roles=(), name="Tobias Arkwright")) == []


def test_points_add_up_to_the_score_and_weak_kinds_do_not_suffice() -> None:
    for person in find_duplicates([*people(), *(reordered(one, f"r-{one.id}") for one in people())]):
        for pair in person.pairs:
            assert pair.score == round(sum(one.points for one in pair.evidence), 4) >= ENOUGH
    assert POINTS["name"] + POINTS["school"] + POINTS["likely_job"] < ENOUGH
    assert POINTS["contact"] + POINTS["school"] < ENOUGH


def test_of_more_pieces_than_are_held_every_second_is_left_out_on_all_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = [*people(), *(reordered(one, f"r-{one.id}") for one in people())]
    whole = {frozenset(ids) for ids in found(*everybody)}
    monkeypatch.setattr(find, "MOST_PIECES", 15_000)
    assert {frozenset(ids) for ids in found(*everybody)} == whole
    assert len(whole) == 60


def test_progress_is_told_to_the_end() -> None:
    told: list[int] = []
    find_duplicates(people()[:7], told.append)
    assert told == [7]


def test_who_was_taken_apart_is_never_one_person_however_much_is_shared() -> None:
    one = people()[3]
    same, again = changed(one, "same"), reordered(one, "again")
    apart = frozenset({frozenset(("again", "p3"))})
    ((*ids,),) = [person.profile_ids for person in find_duplicates([*people(), same], apart=apart)]
    assert set(ids) == {"p3", "same"}
    clusters = [set(person.profile_ids) for person in find_duplicates([*people(), same, again], apart=apart)]
    assert all(not {"again", "p3"} <= cluster for cluster in clusters)
    assert len(clusters) == 1  # the third profile is with one of the two, not with both
