"""Dates in the forms that people write."""

from __future__ import annotations

import pytest

from recommender.reading.text.dates import add_months, is_present, parse_date, parse_duration
from recommender.reading.text.spans import every_span, find_spans


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Oct 2023", "2023-10"),
        ("October 2023", "2023-10"),
        ("Sept. 2016", "2016-09"),
        ("SEPT 2016", "2016-09"),
        ("May '16", "2016-05"),
        ("May-16", "2016-05"),
        ("Nov' 98", "1998-11"),
        ("Feburary 2015", "2015-02"),
        ("July, 2015", "2015-07"),
        ("14 May 2016", "2016-05"),
        ("May 14, 2016", "2016-05"),
        ("1st May 2016", "2016-05"),
        ("05/2016", "2016-05"),
        ("5/2016", "2016-05"),
        ("05/14/2016", "2016-05"),
        ("05-2016", "2016-05"),
        ("05.2016", "2016-05"),
        ("5/16", "2016-05"),
        ("2016-05", "2016-05"),
        ("2016/05/14", "2016-05"),
        ("2016", "2016"),
        ("'16", "2016"),
        ("’98", "1998"),
        ("Summer 2016", "2016"),
        ("13/2016", None),
        ("Marketing 2016", None),
        ("May", None),
        ("1066", None),
        ("12345", None),
        ("", None),
    ],
)
def test_single_dates(written: str, date: str | None) -> None:
    assert parse_date(written) == date


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("May 2016 to Present", [("2016-05", None)]),
        ("May 2016 – Sept. 2018", [("2016-05", "2018-09")]),
        ("05/2016-06/2018", [("2016-05", "2018-06")]),
        ("05/14/2016 to 06/16/2018", [("2016-05", "2018-06")]),
        ("'16 - '18", [("2016", "2018")]),
        ("2009 to 2014", [("2009", "2014")]),
        ("2015 through May 2016", [("2015", "2016-05")]),
        ("July 2015 - to date", [("2015-07", None)]),
        ("July 2015 – till date", [("2015-07", None)]),
        ("Jan-16 to Feb-17", [("2016-01", "2017-02")]),
        ("Mar 2012 until now, Apr 2010 until Mar 2012", [("2012-03", None), ("2010-04", "2012-03")]),
        ("January 2016 to Currently", [("2016-01", None)]),
        ("in 2016 I grew", []),
        ("SQL 2008 and 2012", []),
        ("call 555-2016 to 2018", []),
        ("$2016 to $2018", []),
        ("versions 1/2 to 3/4", []),
    ],
)
def test_spans_in_running_text(text: str, spans: list[tuple[str, str | None]]) -> None:
    assert [(span.start, span.end) for span in find_spans(text)] == spans


def test_a_span_knows_where_it_stands() -> None:
    text = "Welder, May 2016 to Present, Leeds"
    [span] = find_spans(text)
    assert text[span.at : span.until] == "May 2016 to Present"


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("2 yrs 5 mos", 29),
        ("1 yr", 12),
        ("9 mos", 9),
        ("1 mo", 1),
        ("4 years 3 months", 51),
        ("long", None),
        ("", None),
    ],
)
def test_durations(written: str, months: int | None) -> None:
    assert parse_duration(written) == months


@pytest.mark.parametrize("written", ["Present", "current", "to date", "Till Date", "now", "ongoing"])
def test_words_for_the_present(written: str) -> None:
    assert is_present(written)


def test_presents_are_not_the_present() -> None:
    assert not is_present("presented")


def test_adding_months_goes_over_the_year() -> None:
    # 2023-10 and 29 months: to 2024-10, to 2025-10, and five more
    assert add_months("2023-10", 29) == "2026-03"
    assert add_months("2026-01", -1) == "2025-12"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2018–21", [("2018", "2021", "sure")]),
        ("Q3 2021 – Present", [("2021-07", None, "sure")]),
        ("Q1 2018 – Q2 2021", [("2018-01", "2021-06", "sure")]),
        ("Fall 2017 – Spring 2019", [("2017", "2019", "sure")]),
        ("04/2019 – heute", [("2019-04", None, "sure")]),
        ("März 2016 – Mai 2019", [("2016-03", "2019-05", "sure")]),
        ("janvier 2019 – aujourd'hui", [("2019-01", None, "sure")]),
        ("enero de 2018 - actualidad", [("2018-01", None, "sure")]),
        ("set/2019 - out/2020", [("2019-09", "2020-10", "sure")]),
        ("gennaio 2018 – oggi", [("2018-01", None, "sure")]),
        ("maart 2018 – heden", [("2018-03", None, "sure")]),
        ("Jan 20XX – Present", [(None, None, "sure")]),
        ("Jun-2018 to till date", [("2018-06", None, "sure")]),
        ("01.03.2010 - 31.08.2019", [("2010-03", "2019-08", "sure")]),
        ("03/09/2019 – Current, 01/03/2010 – 31/08/2019", [("2019-09", None, "sure"), ("2010-03", "2019-08", "sure")]),
        ("01/09/2014 – now, 01/03/2010 – 01/04/2014", [("2014-09", None, "sure"), ("2010-03", "2014-04", "sure")]),
        ("05/14/2016 - 03/09/2019", [("2016-05", "2019-03", "sure")]),
        ("Aug 2021 \ufffd Present", [("2021-08", None, "sure")]),
        ("Jan. 2022 Present", [("2022-01", None, "loose")]),
        ("Mar. 2018 Dec. 2021", [("2018-03", "2021-12", "loose")]),
        ("since 2021", [("2021", None, "loose")]),
        ("seit 04/2019", [("2019-04", None, "loose")]),
        ("until 2019", [(None, "2019", "loose")]),
        ("2019–  Associate", [("2019", None, "loose")]),
        ("Summer 2016, 2017", [("2016", "2017", "single")]),
        ("phased out 2015 - 2016", [("2015", "2016", "sure")]),
        ("12 2019 and 98765 00000", [("2019", "2019", "single")]),
    ],
)
def test_every_kind_of_span(text: str, spans: list[tuple[str | None, str | None, str]]) -> None:
    assert [(span.start, span.end, span.kind) for span in every_span(text)] == spans
