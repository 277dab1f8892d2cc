"""Profiles as JSON: lines, arrays, one object; `{"id", "text"}` records; what is wrong costs its record alone."""

from __future__ import annotations

import gzip
import json
from typing import Any

import msgspec
import pytest

from recommender.profile import Contact, Profile, profile_to_json
from recommender.reading import Rejected
from tests.reading.conftest import Reader
from tests.reading.people import person
from tests.reading.rendering import Layout, render_page

LINES = [profile_to_json(person(seed)) for seed in range(4)]


def line(**keys: Any) -> bytes:
    return json.dumps({"name": "Li Wen", "as_of": "2026-03", **keys}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"\n".join(LINES),
        b"\n\n".join(LINES) + b"\n",
        b"\r\n".join(LINES),
        b"\xef\xbb\xbf" + b"\n".join(LINES),
        b"[" + b",\n".join(LINES) + b"]",
        gzip.compress(b"\n".join(LINES)),
    ],
    ids=["lines", "empty lines between", "CRLF", "BOM", "array", "gzip"],
)
def test_every_container_gives_the_same_profiles(read: Reader, content: bytes) -> None:
    assert read(content) == [person(seed) for seed in range(4)]
    assert read.notices == []


def test_one_object_over_several_lines(read: Reader) -> None:
    assert read(json.dumps(json.loads(LINES[0]), indent=2)) == [person(0)]


def test_a_bad_record_costs_itself_alone(read: Reader) -> None:
    outcomes = read(b"\n".join([LINES[0], b'{"name": "cut', LINES[1], b"17", b'{"name": 3}', LINES[2]]))
    assert [outcome for outcome in outcomes if isinstance(outcome, Profile)] == [person(0), person(1), person(2)]
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    assert [(item.source, item.place, item.field) for item in rejected] == [
        ("given", "line 2", ""),
        ("given", "line 4", ""),
        ("given", "line 5", "name"),
    ]
    assert rejected[2].reason == "Expected `str | null`, got `int`; fix the value"


def test_a_bad_first_line_costs_itself_alone(read: Reader) -> None:
    outcomes = read(b"\n".join([b'{"name": "cut', LINES[1], LINES[2]]))
    assert [type(outcome) for outcome in outcomes] == [Rejected, Profile, Profile]


def test_an_array_cut_in_the_middle_keeps_what_stands_before(read: Reader) -> None:
    content = b"[" + b", ".join(LINES) + b"]"
    outcomes = read(content[: content.index(LINES[2]) + 40])
    assert outcomes[:2] == [person(0), person(1)]
    assert isinstance(outcomes[2], Rejected)
    assert (outcomes[2].place, len(outcomes)) == ("record 3", 3)


@pytest.mark.parametrize(
    "bad",
    [
        b'{"name": }',
        b'{"name": "a\nb"}',
        b'{"name": tru, "n": [1, {"b": "]}"}]}',
        b"[" * 5_000 + b"]" * 5_000,
        b'{"extras": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
        b'{"name": "a", "years_of_experience": 1e999}',
        b"x",
    ],
    ids=["no value", "line end", "no word", "deep list", "deep object", "huge", "no JSON"],
)
def test_a_bad_member_of_an_array_costs_itself_alone(read: Reader, bad: bytes) -> None:
    first, rejected, last = read(b"[" + LINES[0] + b" , " + bad + b",\n" + LINES[1] + b"]\n")
    assert (first, last) == (person(0), person(1))
    assert isinstance(rejected, Rejected)
    assert rejected.place == "record 2"


def test_bytes_that_are_no_utf8_in_an_array_are_told_of(read: Reader) -> None:
    outcomes = read(b"[" + LINES[0] + b"," + line(about="cafe").replace(b"cafe", b"caf\xff") + b"]")
    assert isinstance(outcomes[1], Profile)
    assert outcomes[1].about == "caf\ufffd"
    assert [notice.place for notice in read.notices] == ["record 2"]


@pytest.mark.parametrize("rest", [b"[" + LINES[1] + b"]", LINES[1], b"and more"])
def test_what_follows_an_array_is_told_of(read: Reader, rest: bytes) -> None:
    first, rejected = read(b"[" + LINES[0] + b"]\n" + rest)
    assert first == person(0)
    assert isinstance(rejected, Rejected)
    assert rejected.reason.startswith("what follows the end of the array was not read")


def test_an_unclosed_string_of_quotes_is_parted_once(read: Reader) -> None:
    """A scan that began again at each quote would take hours."""
    first, rejected = read(b"[" + LINES[0] + b', "' + b'\\"' * 3_000_000)
    assert first == person(0)
    assert isinstance(rejected, Rejected)


def test_a_gzip_cut_in_the_middle_keeps_what_stands_before(read: Reader) -> None:
    many = b"\n".join(LINES * 300)
    outcomes = read(gzip.compress(many)[:-2_000])
    assert outcomes[0] == person(0)
    assert isinstance(outcomes[-1], Rejected)
    assert "gzip" in outcomes[-1].reason


def test_bytes_that_are_no_utf8_are_told_of(read: Reader) -> None:
    [outcome] = read(line(about="café").replace(b"caf\\u00e9", b"caf\xff"))
    assert isinstance(outcome, Profile)
    assert outcome.about == "caf\ufffd"
    assert [notice.place for notice in read.notices] == ["line 1"]


def test_unknown_keys_go_to_extras_and_are_told_of(read: Reader) -> None:
    profile = read.one(
        line(nickname="W", extras={"kept": 1}, roles=[{"title": "Welder", "shift": "night"}], contact={"fax": "1"})
    )
    assert profile.extras == {"kept": 1, "nickname": "W", "roles[0].shift": "night"}
    assert profile.contact == Contact(extras={"fax": "1"})
    assert [notice.field for notice in read.notices] == ["contact.fax", "nickname", "roles[0].shift"]


@pytest.mark.parametrize(
    ("written", "read_as", "message"),
    [
        ("2020-13", "2020", True),
        ("2020-02-31", "2020-02", True),
        ("2020-02-28", "2020-02", False),
        ("2020-2", "2020-02", False),
        ("soon", None, True),
        ("", None, False),
    ],
)
def test_dates_that_cannot_be(read: Reader, written: str, read_as: str | None, message: bool) -> None:
    profile = read.one(line(roles=[{"title": "Welder", "start": written}]))
    assert profile.roles[0].start == read_as
    assert [notice.field for notice in read.notices] == (["roles[0].start"] if message else [])


@pytest.mark.parametrize("written", ["0000-01", "9999-12-31", "0001", "12020-05", "-0044-03", "1000000000-01", "1066"])
@pytest.mark.parametrize("field", ["roles[0].start", "roles[0].end", "education[0].end", "as_of"])
def test_dates_out_of_any_life_cost_the_record_alone(read: Reader, written: str, field: str) -> None:
    part, _, key = field.partition("[0].")
    bad = line(**({part: [{"company": "Alder", key: written}]} if key and part == "roles" else {}))
    if part == "education":
        bad = line(education=[{"school": "Harbour University", key: written}])
    elif part == "as_of":
        bad = line(as_of=written)
    before, rejected, after = read(b"\n".join([LINES[0], bad, LINES[1]]))
    assert (before, after) == (person(0), person(1))
    assert isinstance(rejected, Rejected)
    assert (rejected.place, rejected.field) == ("line 2", field)
    assert written in rejected.reason


@pytest.mark.parametrize("written", ["201905", "20190501", "1588291200", "-5", "44 BC"])
def test_a_number_that_is_no_year_is_no_date(read: Reader, written: str) -> None:
    assert read.one(line(roles=[{"title": "Welder", "start": written}])).roles[0].start is None
    assert [notice.field for notice in read.notices] == ["roles[0].start"]


def test_an_end_before_its_start_is_never_swapped(read: Reader) -> None:
    role = read.one(line(roles=[{"title": "Welder", "start": "2021-05", "end": "2019-01"}])).roles[0]
    assert (role.start, role.end) == ("2021-05", "2019-01")
    assert [notice.field for notice in read.notices] == ["roles[0].end"]


def test_a_start_in_the_future_is_told_of(read: Reader) -> None:
    read.one(line(roles=[{"title": "Welder", "start": "2031-05"}]))
    assert [notice.message for notice in read.notices] == ["begins in 2031-05, after 2026-03; kept as read"]


def test_years_stand_as_stated_or_are_the_union_of_months(read: Reader) -> None:
    roles = [{"start": "2010-01", "end": "2014-01"}, {"start": "2013-01", "end": "2016-07"}]
    assert read.one(line(roles=roles)).years_of_experience == 6
    assert read.one(line(roles=roles, years_of_experience=11)).years_of_experience == 11


def test_as_of_is_the_month_of_reading_where_none_is_stated(read: Reader) -> None:
    as_of = read.one(b'{"name": "Li Wen"}').as_of
    assert as_of is not None
    assert as_of >= "2026-01"


def test_a_record_of_text_is_a_resume_with_its_id(read: Reader) -> None:
    record = {
        "id": "r-7", "title": "Welder", "text": "Experience\nWelder, Alder & Finch\nMay 2016 - Present\n• Welded.",
        "skills": [["TIG", 3], ["MIG", None]], "labels": ["yard"],
    }  # fmt: skip
    profile = read.one(json.dumps(record))
    assert (profile.id, profile.title, profile.other_skills) == ("r-7", "Welder", ("TIG", "MIG"))
    assert [(role.title, role.company, role.start) for role in profile.roles] == [
        ("Welder", "Alder & Finch", "2016-05")
    ]
    assert profile.extras == {"labels": ["yard"], "skills": [["TIG", 3], ["MIG", None]]}


def test_a_record_whose_text_is_a_page_is_read_as_a_page(read: Reader) -> None:
    profile = read.one(json.dumps({"id": "p", "text": render_page(person(3), Layout(glue=" · "))}))
    assert profile == msgspec.structs.replace(person(3), id="p")


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"id": "a", "text": 3}, "text"),
        ({"id": 5, "text": "I weld."}, "id"),
        ({"id": "a", "text": "  \n"}, "text"),
        ({"colour": "red"}, ""),
        ({"id": "only"}, ""),
        ({"name": "Li", "extras": []}, "extras"),
        ({"name": "Li", "roles": [{"bullets": [1]}]}, "roles[0].bullets[0]"),
    ],
)
def test_records_that_are_no_profile_are_rejected(read: Reader, record: dict[str, Any], field: str) -> None:
    rejected = read.rejected(json.dumps(record))
    assert rejected.field == field
    assert rejected.reason


def test_contact_is_read_as_contact(read: Reader) -> None:
    assert read.one(line(contact={"emails": ["li@example.org"]})).contact == Contact(emails=("li@example.org",))


def test_a_record_of_absurd_length_costs_itself_alone(read: Reader) -> None:
    long = b'{"name": "' + b"x" * (17 * 1024 * 1024) + b'"}'
    outcomes = read(b"\n".join([LINES[0], long, LINES[1]]))
    assert [type(outcome) for outcome in outcomes] == [Profile, Rejected, Profile]
    assert isinstance(outcomes[1], Rejected)
    assert (outcomes[1].place, outcomes[1].reason) == (
        "line 2",
        "the record is longer than 16,777,216 bytes (limits.record_bytes); split it",
    )


def test_deeply_nested_json_is_rejected(read: Reader) -> None:
    [first, second] = read(b'{"extras": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n" + LINES[0])
    assert isinstance(first, Rejected)
    assert second == person(0)
