"""Dates out of formats with a field for each: as the format says, else as people write them in text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from recommender.reading.checks import legible
from recommender.reading.text.dates import is_present, parse_date
from recommender.reading.text.spans import find_spans
from recommender.validity import possible_date

Report = Callable[[str, str], None]

_NUMBERS = re.compile(r"\s*-?\d{4,}(?:-\d{1,2}){0,2}(?:[T ].*)?\s*\Z", re.ASCII | re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Characters of what is looked at as a date.
_LONGEST = 100


class Dates(NamedTuple):
    """When something began and ended, as a profile writes it; an `end` of None is the present."""

    start: str | None
    end: str | None


def read_date(value: Any, field: str, report: Report) -> str | None:
    """The date of one value: text, a number, or {"year", "month"}; `report(field, message)` is called where part of it,
    or all, cannot be read. Something of the present is None."""
    value = _from_parts(value)
    if not isinstance(value, str) or _NUMBERS.match(value) or not value.strip():
        return legible(value, field, report)
    text: str = value.strip()[:_LONGEST]
    if is_present(text):
        return None
    if found := parse_date(text):
        return found
    if len(years := _YEAR.findall(text)) == 1:
        report(field, f"{text!r} is no date that is known; its year was kept")
        return str(years[0])
    return legible(value, field, report)


def read_dates(start: Any, end: Any, fields: tuple[str, str], report: Report, *, over: bool = False) -> Dates:
    """The dates of a job or a course whose beginning and end have fields of their own.

    What has an end that cannot be read is over all the same, as is what is said to be `over` and states no end: it is
    taken to have ended when it began.
    """
    began = read_date(start, fields[0], report)
    if end is None or (isinstance(end, str) and (not end.strip() or is_present(end))):
        if not over:
            return Dates(began, None)
        said, messages = "no end is given", list[str]()
    else:
        said, messages = f"{end!r} is no date", []
        ended = read_date(end, fields[1], lambda _, message: messages.append(message))
        if ended is not None:
            for message in messages:
                report(fields[1], message)
            return Dates(began, ended)
    report(fields[1], f"{said}; taken to have ended in {began}" if began else f"{said}; left empty")
    return Dates(began, began)


def read_span(value: Any, field: str, report: Report) -> Dates:
    """The dates of one text for both ends ("Aug 2021 – Present"); of one date, that both are."""
    if isinstance(value, dict):
        start, end = value.get("start", value.get("from")), value.get("end", value.get("to"))
        return read_dates(start, end, (f"{field}.start", f"{field}.end"), report)
    spans = find_spans(value[:_LONGEST]) if isinstance(value, str) else []
    if spans:
        return Dates(spans[0].start, spans[0].end)
    date = read_date(value, field, report)
    return Dates(date, date)


def _from_parts(value: Any) -> Any:
    """A date of parts as one text: {"year": 2021, "month": 8}, [2021, 8]."""
    if isinstance(value, dict):
        parts = {str(key).casefold(): held for key, held in value.items()}
        if "year" not in parts:
            return value.get("date", value.get("text")) if len(value) < 4 else str(value)[:_LONGEST]
        value = [parts["year"], parts.get("month")]
    if isinstance(value, list) and value and all(isinstance(part, int | str | None) for part in value):
        year, month = str(value[0]), str(value[1] if len(value) > 1 and value[1] else "").lstrip("-0")
        if possible_date(year):
            if month.isdecimal() and int(month) <= 12:
                return f"{year}-{int(month):02}"
            return f"{month[:9]} {year}" if month else year
    return str(value)[:_LONGEST] if isinstance(value, dict | list) else value
