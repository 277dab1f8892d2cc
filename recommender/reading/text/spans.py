"""Spans of dates in a text: "May 2016 to Present", "2018–21", "since 2019"."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from recommender.reading.text.date_words import PRESENT, SINCE, TO, UNTIL
from recommender.reading.text.dates import Date, date_at, read_dates

#: "sure": two ends with a dash or a word between, as in any text; "loose": since, until, a lost dash, a dash that
#: nothing follows; "single": one date. The last two mean a span only on a line that is about one.
Kind = Literal["sure", "loose", "single"]

_DASH = re.compile(rf"[ \t]{{0,3}}(?:-{{1,3}}|[–—−~→‐‑‒―\ufffd]|\?(?=\s)|{TO}:?)[ \t]{{0,3}}", re.IGNORECASE)
_GOES_ON = re.compile(PRESENT, re.IGNORECASE)
#: A dash was here, before it was lost: nothing else is between the ends, and nothing goes on after them.
_GAP = re.compile(r"[ \t]{1,4}")
_LOST_PRESENT = re.compile(rf"[ \t]{{1,4}}{PRESENT}(?=[ \t]*(?:\n|\Z|[).,;|\]]|[ \t]{{2}}|(?-i:[A-Z])))", re.IGNORECASE)
_ALSO = re.compile(r"(?:, ?| ?& ?| and | ?/ ?)")
_NOTHING_AFTER = re.compile(r"[ \t]?[-–—](?=\s*(?:\n|\Z)|[ \t]{2}|\)|\]|,|\|)")
_TWO_DIGITS = re.compile(r"[-–—](\d\d)(?![\d/.%-]|\w)")
_SINCE = re.compile(rf"{SINCE}[ :]{{1,3}}\Z", re.IGNORECASE)
_UNTIL = re.compile(rf"{UNTIL}[ :]{{1,3}}\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra|tussen) \Z", re.IGNORECASE)
_AND = re.compile(r" (?:and|und|et|y|e|en) ")
_LEAD = 16


class Span(msgspec.Struct, frozen=True):
    """A span of dates in a text. `start` is None where it is not known; `end` is None for the present, and where the
    years are left open ("20XX"). `at` and `until` are offsets into the text, `form` how the first date is written."""

    start: str | None
    end: str | None
    at: int
    until: int
    kind: Kind = "sure"
    form: str = "name"
    open: bool = False


def find_spans(text: str) -> list[Span]:
    """Every sure span of dates in `text`, in order; "2009 to 2014" and "May 2016 to Present" are spans, "2014" is
    none."""
    return [span for span in every_span(text) if span.kind == "sure"]


def every_span(text: str) -> list[Span]:
    """Every span in `text`, in order, with single dates and all else that may be one."""
    dates, day_first = read_dates(text)
    spans: list[Span] = []
    done = 0
    for index, date in enumerate(dates):
        if date.at < done:
            continue
        following = dates[index + 1] if index + 1 < len(dates) else None
        span = _dashed(text, date, day_first) or _loose(text, date, following)
        spans.append(span)
        done = span.until
    return spans


def _dashed(text: str, date: Date, day_first: bool) -> Span | None:
    """The span that a date and a dash or "to" after it begin."""
    dash = _DASH.match(text, date.until)
    if dash is None and _BETWEEN.search(text[max(0, date.at - _LEAD) : date.at]):
        dash = _AND.match(text, date.until)
    if dash is None:
        return None
    if goes_on := _GOES_ON.match(text, dash.end()):
        return Span(date.value, None, date.at, goes_on.end(), form=date.form, open=True)
    if second := date_at(text, dash.end(), day_first):
        return Span(date.value, _last(second), date.at, second.until, form=date.form)
    return _short(text, date)


def _short(text: str, date: Date) -> Span | None:
    """The span of a year and two digits of another ("2018–21")."""
    short = _TWO_DIGITS.match(text, date.until)
    if short and date.form == "year" and date.value and int(short[1]) > int(date.value[2:]):
        return Span(date.value, date.value[:2] + short[1], date.at, short.end(), form="year")
    return None


def _loose(text: str, date: Date, following: Date | None) -> Span:
    """What a date without a dash may be."""
    before = text[max(0, date.at - _LEAD) : date.at]
    if until := _UNTIL.search(before):
        return Span(None, _last(date), date.at - len(before) + until.start(), date.until, "loose", date.form)
    named = following is not None and "year" not in (date.form, following.form)
    if following and named and _GAP.fullmatch(text, date.until, following.at):
        return Span(date.value, _last(following), date.at, following.until, "loose", date.form)
    if lost := _LOST_PRESENT.match(text, date.until) or _NOTHING_AFTER.match(text, date.until):
        return Span(date.value, None, date.at, lost.end(), "loose", date.form, open=True)
    if since := _SINCE.search(before):
        at = date.at - len(before) + since.start()
        return Span(date.value, None, at, date.until, "loose", date.form, open=True)
    if (
        following
        and date.value
        and _ALSO.fullmatch(text, date.until, following.at)
        and following.form in ("year", "season")
    ):
        return Span(date.value, following.value, date.at, following.until, "single", date.form)
    return Span(date.value, _last(date), date.at, date.until, "single", date.form)


def _last(date: Date) -> str | None:
    """A date as an end: of a quarter, its last month."""
    if date.form == "quarter" and date.value:
        return f"{date.value[:5]}{int(date.value[5:]) + 2:02}"
    return date.value
