"""Lists of a free-form résumé: what is under "Skills" and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.reading.resume.bullets import SIGNS

#: An item of more words is prose.
_LONGEST_ITEM = 6
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w &/,()'’-]{1,48}?)\s*(?:[:：](?!//|\d)|\s[–—-]\s|[–—])\s*(?=\S)")
_YEARS = re.compile(
    r"\s*[(–-]?\s*(?:exp\w*\s*[-–:]?\s*)?(?P<years>\d+\+?|less than 1) (?:years?(?: months?)?|months?)\)?\s*\Z",
    re.IGNORECASE,
)
#: Characters at the end of an item that its years of practice can take.
_YEARS_REACH = 60
_BULLET = re.compile(rf"^\s*(?:[{SIGNS}*?§-]|o(?=\s))\s*")
#: A line of so many characters and commas goes on below it.
_WIDE, _MANY = 70, 3
_OPEN, _CLOSED = "([{", ")]}"
_QUOTED = re.compile(r"(?<![\w])['\"“‘]([^'\"“”‘’]{1,60})['\"”’](?![\w])")
#: How well somebody says to know it, drawn or named.
_RATED = re.compile(
    r"[ \t]*(?:[★☆●○◉◯■□▮▯⬤⭐]{2,}|[(–—:-][ \t]*(?:expert|advanced|proficient|intermediate|basic|beginner"
    r"|sehr gut|gut|grundkenntnisse|fortgeschritten|avancé|intermédiaire|débutant|avanzado|intermedio|básico)"
    r"\)?)[ \t]*\Z",
    re.IGNORECASE,
)
#: A label that only the gap of a column separates from its list.
_COLUMN_LABEL = re.compile(r"(?P<label>[^\W\d_][\w&/ ]{2,40}?)(?:\t|[ ]{2,})(?=\S[^\t]*,)(?!.*[ ]{3,}\S)")
#: Columns of a list.
_COLUMNS = re.compile(r"\s{3,}")
#: What a line ends with that goes on in the next.
_GOES_ON = re.compile(r"(?:[,&/(;-]|\b(?:and|of|with|for|und|et|y|e|en))\s*\Z", re.IGNORECASE)


def read_skills(text: str) -> tuple[list[str], list[str]]:
    """(skills, lines that are prose) of the text under a skills heading. Category labels ("Databases:") are left out of
    the skills; a line that is part list and part prose counts as prose."""
    skills: list[str] = []
    prose: list[str] = []
    lines = list(_whole_lines(text))
    columns = any(_COLUMN_LABEL.match(line) for line in lines)
    for line in lines:
        line = _RATED.sub("", _without_years(line))
        label = _LABEL.match(line) or (_COLUMN_LABEL.match(line) if columns else None)
        items = split_items(line[label.end() :] if label else line)
        if items and all(len(item.split()) <= _LONGEST_ITEM and not item.endswith(".") for item in items):
            skills.extend(items)
            if label:
                prose.append(line)
        else:
            prose.append(line)
    return list(dict.fromkeys(skills)), prose


def _whole_lines(text: str) -> Iterator[str]:
    """The lines of a list without bullets; one that ends inside brackets, or before what it announces, goes on in the
    next. Where one does, the text is wrapped, and the end of a line cuts items."""
    raws = [raw for raw in text.split("\n") if raw.strip()]
    wrapped = any(_is_open(raw) or _fills_its_line(raw) for raw in raws[:-1])
    joined = ""
    for at, raw in enumerate(raws):
        line = _BULLET.sub("", raw).strip()
        joined = f"{joined} {line}".strip() if joined else line
        following = raws[at + 1] if at + 1 < len(raws) else ""
        if not following or _BULLET.match(following) or not _unfinished(joined, following, wrapped):
            yield joined
            joined = ""
    if joined:
        yield joined


def _is_open(line: str) -> bool:
    """Whether a line ends inside brackets, or before what it announces."""
    return bool(_GOES_ON.search(line)) or sum(map(line.count, _OPEN)) > sum(map(line.count, _CLOSED))


def _fills_its_line(line: str) -> bool:
    """Whether a list is as long as a line of a page, on which the next item had no room."""
    return len(line) > _WIDE and line.count(",") >= _MANY and not line.endswith((".", ":"))


def _unfinished(line: str, following: str, wrapped: bool) -> bool:
    if len(line) > 2_000 or _LABEL.match(following.strip()):
        return False
    return _is_open(line) or (wrapped and "," in line)


def split_items(text: str) -> list[str]:
    """The items of a list separated by commas, semicolons, bars or bullets; not inside brackets. A list written as code
    ("['Python', 'SQL']") is one, too."""
    text = _COLUMNS.sub("\t", text.strip())
    if text and text[0] in _OPEN and text[-1] in _CLOSED and text.count(text[0]) == 1:
        text = _QUOTED.sub(r"\1", text[1:-1])
    items: list[str] = []
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter in _OPEN) - (letter in _CLOSED))
        if depth <= 0 and letter in ",;|•·●▪∙\t":
            items.append(text[begin:at])
            begin = at + 1
    items.append(text[begin:])
    stripped = (_without_years(item) for item in items)
    return [re.sub(r"^and (?=\S)", "", item).removesuffix(".") for item in stripped if item]


def _without_years(item: str) -> str:
    """An item without the years of practice at its end ("Java (5 years)")."""
    years = _YEARS.search(item, max(0, len(item) - _YEARS_REACH))
    return item[: years.start()].strip(" .*-–") if years else item.strip(" *-–")
