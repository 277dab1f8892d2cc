"""Dates as people write them, one by one. Spans of two dates are `spans.py`'s.

Forms read: "Oct 2023", "Sept. '16", "14 May 2016", "März 2016", "5 de maio de 2016", "05/2016", "2016-05",
"05/14/2016", "14.05.2016", "Q3 2021", "Summer 2016", "2016", "'16"; and years left open by a template, "20XX". Years
run from 1940 to 2099. Whether the day or the month of "03/09/2019" comes first is decided over the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from recommender.reading.text.date_words import MONTH, MONTH_OF, PRESENT, SEASON

Form = Literal["name", "number", "quarter", "season", "year"]

YEAR = r"(?:19[4-9]\d|20\d\d)"
_MASKED = r"(?:(?:19|20)(?:XX|__|\?\?)|XXXX|YYYY)"
_FORMS = (
    (
        rf"(?:(?<!\d)[0-3]?\d(?:st|nd|rd|th|er|º|\.)?[ ]?(?:de[ ])?)?(?<![^\W\d_])(?P<name>{MONTH})\.?"
        r"(?:[ ]?[0-3]?\d(?:st|nd|rd|th)?,)?(?:[ ](?:del?|of)[ ]|[ ]{0,2}[,/.'’`-]?[ ]?['’`]?)"
        rf"(?P<nameyear>{YEAR}|{_MASKED}|\d\d(?!\d|[/-]\d))"
    ),
    rf"(?<![\w/.$-])(?:[QT](?P<quarter>[1-4])|(?P<quarter2>[1-4])Q)[ /-]?['’]?(?P<quarteryear>{YEAR}|\d\d)(?!\d)",
    rf"(?<![\w/.$-])(?P<quarteryear2>{YEAR})[ /-]?Q(?P<quarter3>[1-4])(?!\w)",
    rf"(?<![\w/.$-]){SEASON}(?:[ ]of)?,?[ ](?P<seasonyear>{YEAR}|['’]\d\d)(?:/\d\d(?:\d\d)?)?(?!\d)",
    rf"(?<![\d/.$-])(?P<isoyear>{YEAR})[-/.](?P<isomonth>0[1-9]|1[0-2])(?:[-/.][0-3]\d)?(?!\d)",
    rf"(?<![\d/.$-])(?P<one>[0-3]?\d)(?P<mark>[/.-])(?P<two>[0-3]?\d)(?P=mark)(?P<dayyear>{YEAR}|\d\d(?!\d))(?!\d)",
    rf"(?<![\d/.$-])(?P<month>1[0-2]|0?[1-9])[ ]?[/.-][ ]?(?P<monthyear>{YEAR}|{_MASKED})(?!\d)",
    r"(?<![\d/.$-])(?P<shortmonth>1[0-2]|0?[1-9])/(?P<shortyear>\d\d)(?![\d/])",
    rf"(?<![\w/.$-])(?P<year>{YEAR}|{_MASKED})(?:/(?:1[3-9]|[2-9]\d)(?!\d))?(?![\w]|[/.]\d|%)",
    r"(?<![\w'’])['’](?P<twoyear>\d\d)(?!\d)",
)
_DATE = re.compile("|".join(_FORMS), re.IGNORECASE)
#: The second date of a span may follow a dash at once.
_AFTER_DASH = re.compile("|".join(_FORMS).replace(".$-])", ".$])"), re.IGNORECASE)
_PRESENT = re.compile(PRESENT, re.IGNORECASE)
#: The year, which no date lacks; how far before it a date can begin, and after it end.
_CLUE = re.compile(r"\d+(?:XX|__|\?\?)?|XXXX|YYYY")
_BEFORE, _AFTER = 22, 8
#: Years of two digits below this are of this century.
_PIVOT = 40
_PLAIN = rf"(?:(?:{MONTH})\.?,? ?{YEAR}|(?:1[0-2]|0?[1-9])[/.]{YEAR}|{YEAR}(?:-(?:0[1-9]|1[0-2])(?!\d))?)"
#: A span on a page, where nothing need separate the two ends ("Oct 2023Present"); one date alone has no `end`.
PAGE_SPAN = re.compile(
    rf"(?P<start>{_PLAIN})(?:\s*(?:(?:-{{1,2}}|[–—−~]|to)\s*)?(?P<end>{_PLAIN}|{PRESENT}))?", re.IGNORECASE
)
_DURATION = re.compile(
    r"(?:(?P<years>\d{1,2})\s*(?:yrs?|years?))?\s*(?:(?P<months>\d{1,2})\s*(?:mos?|months?))?\Z", re.IGNORECASE
)


class Date(msgspec.Struct, frozen=True):
    """A date in a text: "YYYY-MM" or "YYYY", None for a year left open ("20XX"); how it is written, and where."""

    value: str | None
    form: Form
    at: int
    until: int


def find_dates(text: str) -> list[Date]:
    """Every date in `text`, in order."""
    return read_dates(text)[0]


def read_dates(text: str) -> tuple[list[Date], bool]:
    """Every date in `text`, in order, and whether its days come first: "03/09/2019" is the third of September."""
    matches = list(_matches(text))
    day_first = _is_day_first(matches)
    return [_date(match, day_first) for match in matches], day_first


def date_at(text: str, at: int, day_first: bool = False) -> Date | None:
    """The date that begins at an offset, where a dash may be right before it."""
    match = _AFTER_DASH.match(text, at)
    return _date(match, day_first) if match else None


def parse_date(text: str, day_first: bool = False) -> str | None:
    """The date that is the whole of `text`, None where it is none."""
    match = _DATE.fullmatch(text.strip())
    return _date(match, day_first).value if match else None


def is_present(text: str) -> bool:
    """Whether `text` says that something goes on."""
    return _PRESENT.fullmatch(text.strip()) is not None


def _is_day_first(matches: list[re.Match[str]]) -> bool:
    """Whether the days of dates like "03/09/2019" come first: one number is no month, or one of the places holds
    nothing but ones, as the first days of months do."""
    pairs = [(int(match["one"]), int(match["two"])) for match in matches if match["one"] and match["mark"] != "."]
    if any(one > 12 for one, _ in pairs):
        return True
    if len(pairs) < 2 or any(two > 12 for _, two in pairs):
        return False
    return all(one == 1 for one, _ in pairs) and any(two != 1 for _, two in pairs)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The dates of a text, looked for around its years alone: most of a text has none."""
    done = 0
    for clue in _CLUE.finditer(text):
        if clue.start() < done or len(clue[0]) not in (2, 4) or (len(clue[0]) == 4 and clue[0][0] not in "12XY"):
            continue
        if len(clue[0]) == 2 and text[max(0, clue.start() - 1) : clue.start()] in ("+", "(", "#", "$", "€", "£"):
            continue  # of a number, an amount
        found = _DATE.search(text, max(done, clue.start() - _BEFORE), clue.end() + _AFTER)
        if found:
            done = found.end()
            yield found


def _date(match: re.Match[str], day_first: bool) -> Date:
    value, form = _value(match, day_first)
    return Date(value, form, match.start(), match.end())


def _value(match: re.Match[str], day_first: bool) -> tuple[str | None, Form]:
    if match["name"]:
        return _month(match["nameyear"], MONTH_OF[match["name"].lower()]), "name"
    if quarter := match["quarter"] or match["quarter2"] or match["quarter3"]:
        return _month(match["quarteryear"] or match["quarteryear2"], 3 * int(quarter) - 2), "quarter"
    if match["seasonyear"]:
        return _year(match["seasonyear"]), "season"
    if match["isoyear"]:
        return _month(match["isoyear"], int(match["isomonth"])), "number"
    if match["one"]:
        one, two = int(match["one"]), int(match["two"])
        month = two if (day_first or match["mark"] == "." or one > 12) and two <= 12 else one
        return _month(match["dayyear"], month) if 1 <= month <= 12 else _year(match["dayyear"]), "number"
    if match["month"] or match["shortmonth"]:
        return _month(match["monthyear"] or match["shortyear"], int(match["month"] or match["shortmonth"])), "number"
    return _year(match["year"] or match["twoyear"]), "year"


def _year(written: str) -> str | None:
    digits = written.strip("'’")
    if not digits.isdigit():
        return None
    return digits if len(digits) == 4 else str(int(digits) + (2000 if int(digits) < _PIVOT else 1900))


def _month(year: str, month: int) -> str | None:
    full = _year(year)
    return full and f"{full}-{month:02}"


def parse_duration(text: str) -> int | None:
    """Months of "2 yrs 5 mos", "9 mos", "4 years"; None where `text` is no duration."""
    match = _DURATION.match(text.strip())
    if not match or not (match["years"] or match["months"]):
        return None
    return int(match["years"] or 0) * 12 + int(match["months"] or 0)


def add_months(date: str, months: int) -> str:
    """The month `months` after a "YYYY-MM" date."""
    number = int(date[:4]) * 12 + int(date[5:7]) - 1 + months
    return f"{number // 12:04}-{number % 12 + 1:02}"
