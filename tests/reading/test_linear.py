"""Reading takes time in proportion to its input, whatever is there.

Each input is so long that work growing with its square would take minutes; the bound is against that, not a
measurement.
"""

from __future__ import annotations

import time

import msgspec
import pytest

from recommender.profile import Profile
from recommender.reading.changes import changed
from recommender.reading.page.experience import read_roles
from recommender.reading.resume.bullets import bullets_of
from recommender.reading.resume.education import read_education
from recommender.reading.resume.reader import MOST_SPANS
from recommender.reading.text.lines import Line
from tests.reading.conftest import Reader

LENGTH = 120_000
SOON = 20.0
PAGE = "Li Wen\n\nWelder\n\nLeeds3 yrs experience\n\nExperience\n\nAcme\n\nWelder\n\nOct 2010Nov 2011 · 2 yrs\n\n"


def filled(unit: str, length: int = LENGTH) -> str:
    return unit * (length // len(unit))


@pytest.mark.parametrize("before", ["", "Skills\n", "Education\n"])
@pytest.mark.parametrize(
    "unit",
    ["a", "1", "(", "<", " ", "\n", "-", ",", "a@", "a.", "2010-", "2010 - 2011 ", "<!--", "<style>", "<p ", "</head ",
     "BS in Nursing 2010 ", "University in ", "Skills\n", "a\n", "St. ", "Company Name "],
)  # fmt: skip
def test_a_resume_of_one_thing_over_and_over(read: Reader, before: str, unit: str) -> None:
    start = time.process_time()
    read(f"{before}{filled(unit)}x", "text")
    assert time.process_time() - start < SOON


@pytest.mark.parametrize(
    "unit",
    ["1 ", "1" + " " * 300, "2010" + " " * 300, "a \t", "<!--", "About\n", "Skills\n", "Experience\n",
     "Acme\n\nNurse\n\n", "found 1 more professionals with a & ", "Oct 2010Nov 2011 · 2 mos\n"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", PAGE])
def test_a_page_of_one_thing_over_and_over(read: Reader, before: str, unit: str) -> None:
    start = time.process_time()
    read(f"{before}{filled(unit)}x", "page")
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("text", ["1", "2010"], ids=["years", "a span"])
def test_one_line_of_blanks_after_a_number_on_a_page(read: Reader, text: str) -> None:
    start = time.process_time()
    read(f"{PAGE}{text}{' ' * LENGTH}x", "page")
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("opening", ["<!--", "<style>", "<script>", "<head>"])
def test_what_is_opened_and_never_closed_stays(read: Reader, opening: str) -> None:
    profile = read.one(f"I weld {opening} at night.", "text")
    assert profile.about is not None
    assert "at night." in profile.about


def test_what_is_opened_and_closed_is_not_seen(read: Reader) -> None:
    profile = read.one("I weld<!-- a --><STYLE>p{}</style ><script x>1</SCRIPT> at<!---->\nnight.<!-- b", "text")
    assert profile.about == "I weld\nat\nnight.<!-- b"


def test_a_role_of_many_unfinished_lines_is_one_bullet() -> None:
    assert bullets_of("- Ran a ward\n" + "and more\n" * 100_000) == ["Ran a ward" + " and more" * 100_000]


def test_thousands_of_roles_without_dates_are_all_read() -> None:
    texts = ["Acme", "Welder", "2010 – 2011 · 1 yr", *["- Worked.", "Globex", "Nurse"] * 5_000, "- Worked."]
    lines = [Line(number, text, text.startswith("-"), True) for number, text in enumerate(texts, start=1)]
    roles, stray = read_roles(lines)
    assert (len(roles), stray) == (5_001, [])
    assert {(role.company, role.title) for role in roles} == {("Acme", "Welder"), ("Globex", "Nurse")}


def test_a_line_of_many_courses_is_read_in_proportion() -> None:
    start = time.process_time()
    courses, _ = read_education("BS in Nursing, Leeds College 2010 " * 20_000)
    assert len(courses) == 20_000
    assert time.process_time() - start < SOON


def test_spans_of_dates_beyond_what_anyone_has_are_told_of(read: Reader) -> None:
    read("Experience\n" + "2010 - 2011\n" * (MOST_SPANS + 5), "text")
    message = "only the first 300 of 305 spans of dates were taken for dates of roles"
    assert message in [notice.message for notice in read.notices]


def test_of_changes_inside_one_another_the_first_is_made() -> None:
    changes = [{"at": ["a", "b"], "new": 1}, {"at": ["a"], "new": 2}, {"at": ["a", "b", "c"], "new": 3}]
    assert changed({"a": {}}, changes) == {"a": {"b": 1}}


def test_thousands_of_changes_to_one_document(read: Reader) -> None:
    members = {f"k{number}": number for number in range(10_000)}
    own = {"extras": members, "changes": [{"at": ["extras", key], "was": "0"} for key in members]}
    own["changes"] += [{"at": [], "was": "0"}] * 10_000  # type: ignore[operator]
    start = time.process_time()
    content = msgspec.json.encode({"basics": {"name": "Li Wen"}, "meta": {"recommender": own}})
    profile = read.one(content, "json-resume")
    assert isinstance(profile, Profile)
    assert time.process_time() - start < SOON


@pytest.mark.parametrize(
    "unit", ["2019 - 2020\n", "Experience\n2019 - 2020\n", "Experience\nFoo\nFoo\n", "+49 221 123456 ", "20XX - 20XX\n"]
)
def test_a_megabyte_of_dates_heads_or_numbers_takes_no_longer_than_one_of_prose(read: Reader, unit: str) -> None:
    start = time.process_time()
    read(unit * (1_000_000 // len(unit)), "text")
    assert time.process_time() - start < 4
