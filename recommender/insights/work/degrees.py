"""Degrees that somebody has, as they are said: a degree that is known and a subject that is."""

from __future__ import annotations

from functools import lru_cache

from recommender.facts import is_later
from recommender.insights.prose.words import rows
from recommender.profile import Education

#: Degree as it is written, in small letters → how it is said, and its rank: 3 a doctor's, 2 a master's, 1 a bachelor's.
_DEGREES = {
    form: (row[1], int(row[0])) for row in rows("work/degrees.tsv") if row[0].isdigit() for form in row[2].split("|")
}
_SUBJECTS = {row[1].casefold(): row[1] for row in rows("work/degrees.tsv") if row[0] == "subject"}
#: Said without a subject: it has one.
_WHOLE = frozenset(("Master of Business Administration", "Bachelor of Business Administration"))


def degree_held(education: Education, as_of: str | None) -> tuple[int, str] | None:
    """The rank of a degree and how it is said; None where it is not known, or not known to have been finished."""
    if education.degree is None or education.end is None or as_of is None or is_later(education.end, as_of):
        return None
    return _said(education.degree, education.field or "")


@lru_cache(4_096)
def _said(degree: str, subject: str) -> tuple[int, str] | None:
    found = _DEGREES.get(" ".join(degree.split()).casefold().removesuffix(" degree"))
    of = _SUBJECTS.get(" ".join(subject.split()).casefold())
    if found is None or (of is None and found[0] not in _WHOLE):
        return None
    said, rank = found
    return rank, said if said in _WHOLE else f"{said} in {of}"
