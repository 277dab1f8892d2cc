"""Dates as people write them: single dates, spans, durations.

Forms read: "Oct 2023", "September 2016", "Sept. '16", "05/2016", "2016-05", "05/14/2016", "14 May 2016", "2016";
an open end as "Present", "Current", "to date", "till now". Years run from 1940 to 2099.
"""

from __future__ import annotations

import re

import msgspec

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    r"Jan(?:uary|urary|uray)?|Feb(?:ruary|uary|urary|uruary|raury)?|Mar(?:ch)?|Apr(?:il|l)?|May|Jun(?:e)?|Jul(?:y)?"
    r"|Aug(?:ust|est|st)?|Sep(?:t(?:ember|emeber|mber)?|etember)?|Oct(?:ober|uber)?|Ocotber"
    r"|Nov(?:ember|emeber|mber)?|Dec(?:ember|emeber|mber)?"
)
_YEAR = r"(?:19[4-9]\d|20\d\d)"
_DATE = (
    r"(?:"
    rf"(?:(?P<{{0}}day>[0-3]?\d)(?:st|nd|rd|th)?[ ]?)?(?<![A-Za-z])(?P<{{0}}name>{_MONTH_NAMES})(?![a-z])\.?"
    rf"(?:[ ]?[0-3]?\d(?:st|nd|rd|th)?,)?[ ]?[,/.'’`-]?[ ]?['’`]?(?P<{{0}}nyear>{_YEAR}|\d\d(?!\d|[/-]\d))"
    rf"|(?<![\d/.$-])(?P<{{0}}iyear>{_YEAR})[-/.](?P<{{0}}imonth>0[1-9]|1[0-2])(?:[-/.][0-3]\d)?(?!\d)"
    rf"|(?<![\d/.$-])(?P<{{0}}smonth>1[0-2]|0?[1-9])[ ]?[/.-][ ]?(?:[0-3]?\d[/.-])?(?P<{{0}}syear>{_YEAR})(?!\d)"
    rf"|(?<![\d/.$-])(?P<{{0}}zmonth>1[0-2]|0[1-9]|[1-9])/(?P<{{0}}zyear>\d\d)(?![\d/])"
    rf"|(?<![\w/.$-])(?:(?:Spring|Summer|Fall|Autumn|Winter)[ ])?(?P<{{0}}year>{_YEAR})(?!\d|[/.]\d|%)"
    rf"|(?<![\w'’])['’](?P<{{0}}short>\d\d)(?!\d)"
    r")"
)
_PRESENT = (
    r"(?:(?:the )?present(?:ly)?(?: day| time| date)?|currently|current|now|to ?date|till ?date|until now|ongoing|today"
    r"|till ?now|till present|onwards?|date)(?![a-z])"
)
_DASH = r"(?:-{1,2}|[–—−~]|to|until|till|through|thru)"

DATE = re.compile(_DATE.replace("{0}", "a_"), re.IGNORECASE)
# the second date of a span may follow its dash at once
_SECOND = _DATE.replace("{0}", "b_").replace(".$-])", ".$])")
#: A span in running text: its two ends are separated by a dash or a word.
SPAN = re.compile(
    _DATE.replace("{0}", "a_") + rf"[ ]?(?:{_DASH})[ ]?(?:(?P<open>{_PRESENT})|{_SECOND})",
    re.IGNORECASE,
)
_PLAIN = rf"(?:(?:{_MONTH_NAMES})\.?,? ?{_YEAR}|(?:1[0-2]|0?[1-9])[/.]{_YEAR}|{_YEAR}(?:-(?:0[1-9]|1[0-2])(?!\d))?)"
#: A span on a page, where nothing need part the two ends ("Oct 2023Present", "20092011"); one date alone has no `end`.
PAGE_SPAN = re.compile(rf"(?P<start>{_PLAIN})(?:\s*(?:{_DASH}\s*)?(?P<end>{_PLAIN}|{_PRESENT}))?", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(?P<years>\d{1,2})\s*(?:yrs?|years?))?\s*(?:(?P<months>\d{1,2})\s*(?:mos?|months?))?\Z", re.IGNORECASE
)


class Span(msgspec.Struct, frozen=True):
    """A span of dates found in a text. `end` is None for the present; `at` and `until` are offsets into the text."""

    start: str
    end: str | None
    at: int
    until: int


def _full_year(two: str, pivot: int = 40) -> int:
    return (2000 if int(two) < pivot else 1900) + int(two)


def _date_of(match: re.Match[str], part: str) -> str:
    """The "YYYY-MM" or "YYYY" of one date of a match; `part` is the prefix of its groups."""
    group = {name[2:]: text for name, text in match.groupdict().items() if text and name.startswith(part)}
    if "name" in group:
        year = group["nyear"]
        month = _MONTHS.index({"oco": "oct"}.get(group["name"][:3].lower(), group["name"][:3].lower())) + 1
        return f"{year if len(year) == 4 else _full_year(year)}-{month:02}"
    for letter in "iszq":
        if f"{letter}month" in group:
            year = group[f"{letter}year"]
            return f"{year if len(year) == 4 else _full_year(year)}-{int(group[f'{letter}month']):02}"
    return group["year"] if "year" in group else str(_full_year(group["short"]))


def parse_date(text: str) -> str | None:
    """The date that is the whole of `text`, None where it is none."""
    match = DATE.fullmatch(text.strip())
    return _date_of(match, "a_") if match else None


def is_present(text: str) -> bool:
    """Whether `text` says that something goes on."""
    return re.fullmatch(_PRESENT, text.strip(), re.IGNORECASE) is not None


def find_spans(text: str) -> list[Span]:
    """Every span of dates in `text`, in order; "2009 to 2014" and "May 2016 to Present" are spans, "2014" is none."""
    return [span_of(match) for match in SPAN.finditer(text)]


def span_of(match: re.Match[str]) -> Span:
    """The span of a match of `SPAN`."""
    end = None if match["open"] else _date_of(match, "b_")
    return Span(_date_of(match, "a_"), end, match.start(), match.end())


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
