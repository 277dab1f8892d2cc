"""Plain lines of the work: which sentences fill what more telling lines leave."""

from __future__ import annotations

import pytest

from recommender.insights import derive
from recommender.insights.prose.deeds import verb_of
from recommender.insights.prose.plain import plain_beginnings, plain_lines
from recommender.insights.prose.written import Written, with_commas
from recommender.insights.texts import Texts
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

V = Vocabulary.shipped()


def written(*bullets: str) -> Written:
    lines = [with_commas(here) for here in Texts(Profile(roles=(Role(bullets=bullets),))).lines]
    return Written(lines, None, (1.0,), {}, frozenset(), frozenset())


def lines(*bullets: str) -> list[str]:
    return [one.clause for one in plain_lines(written(*bullets))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Manages the berths of all ferries and the crews of the tugs",
        "Installed, tested and repaired the lamps of the long pier",
        "Responsible for the winter timetable of the northern ferries",
        "Management of 20 berths and of the two dry docks of the port",
        "Test and repair the pumps of every ferry before the season",
        "Plan timetables for the ferries and the buses of the island",
    ],
)
def test_a_whole_sentence_of_something_done_is_a_line(sentence: str) -> None:
    assert lines(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Test results of the ferries and the tugs were kept on paper",
        "Program manager for the ferries and the tugs of the bay",
        "Painted the quay",
        "Secured the prize 2018 to 2018 in the mooring of ferries and tugs",
        "Maintained accounted for over 4000 lamps of the northern coast",
        "Manages our berths and the crews of the tugs in the bay",
        "Painted the long pier and then mended it before the season",
        "Manages the berths of ferries and trained the crews of tugs",
        "Negotiated the leases of berths and kept records of sales Pilot",
        "Managed the berths of all ferries of the harbour EDUCATION",
        "Managed and renewed the long lease of the pier from the U.S",
        "Managed the the berths of all ferries and crews of the tugs",
        "Implemented new and major projects of the harbour include",
        "Managed the berths of all ferries and the crews of 3 tugs in 10,obligating",
    ],
)
def test_no_heading_list_reference_or_broken_sentence_is_one(sentence: str) -> None:
    assert lines(sentence) == []


def test_among_lines_that_end_in_a_full_stop_one_without_may_be_cut_off() -> None:
    ended, cut_off = (
        "Manages the berths of all ferries of the bay",
        "Installed the lamps of the long pier to identify key",
    )
    assert lines(f"{ended}.", "Piers of the bay.", cut_off) == [ended]
    assert sorted(lines(ended, "Piers of the bay.", cut_off)) == [cut_off, ended]


def test_what_the_next_line_goes_on_with_is_not_whole() -> None:
    assert lines("Managed the berths of all ferries and the crews of", "tugs in the bay.") == []


def test_verbs_of_the_present_tell_less_than_of_the_past() -> None:
    done, now = verb_of("Designed the piers of all islands"), verb_of("Designs the piers of all islands")
    assert done is not None
    assert now is not None
    assert done > now
    assert verb_of("Based in the harbour of the town") is None


def said(profile: Profile) -> list[str]:
    return [one.text for one in derive(profile, V).insights.highlights]


def test_what_is_more_telling_comes_first_and_lines_begin_differently() -> None:
    bullets = (
        "Managed the winter timetable of the northern ferries.",
        "Raised $2.5 million for the museum of the town.",
        "Managed the berths and the lamps of the old harbour.",
        "Repaired the pumps and the winches of the small tugs.",
    )
    found = said(Profile(roles=(Role(bullets=bullets),), as_of="2026-01"))
    assert found[0] == bullets[1]
    assert sorted(found[1:]) == sorted((bullets[0], bullets[3]))


def test_what_was_done_within_the_last_so_many_years_is_of_then() -> None:
    bullet = "Taught 61 classes of knots over the last two years."
    assert said(Profile(roles=(Role(bullets=(bullet,)),), as_of="2026-01")) == []


def test_duties_and_lists_come_last() -> None:
    duty = "Maintained the lamps of the long northern pier"
    listed = "Repaired the pumps, the lamps and the winches of the tugs"
    done = "Located the wrecks of the northern bay for the museum"
    assert lines(duty, listed, done)[0] == done


@pytest.mark.parametrize(
    ("sentence", "beginning"),
    [
        (
            "Repaired the long pier and all of the lamps in a single season, using ladders that the town lent to crews",
            "Repaired the long pier and all of the lamps in a single season",
        ),
        ("Repaired the long pier and all of the lamps that stand on its northern and its southern end in winter", None),
        (
            "Repaired lamps, using the tall ladders that the town had lent to the crews of all the northern ferries",
            None,
        ),
        (
            "Repaired our long pier and all of the lamps in a single season, using ladders that the town lent to us",
            None,
        ),
        ("Repaired the long pier and all of the lamps in a single season", None),
    ],
    ids=["cut where more is told", "nowhere to cut", "too short", "of ours", "short enough as it is"],
)
def test_a_sentence_that_is_too_long_is_told_up_to_where_it_may_end(sentence: str, beginning: str | None) -> None:
    assert [one.clause for one in plain_beginnings(written(sentence))] == ([beginning] if beginning else [])


def test_beginnings_fill_what_whole_sentences_and_degrees_leave() -> None:
    long = "Repaired the long pier and all of the lamps in a single season, using ladders that the town lent to crews"
    role = Role(title="Painter", bullets=(long, "Installed, tested and repaired the lamps of the long pier"))
    found = derive(Profile(title="Painter", roles=(role,), as_of="2020-01"), V).insights.highlights
    assert [one.text for one in found] == [
        "Installed, tested and repaired the lamps of the long pier.",
        "Repaired the long pier and all of the lamps in a single season.",
    ]
