"""Dated jobs of real résumés as histories that a model of job changes is made of and measured by.

`resumes.dev.jsonl.gz` holds the dates of every job ("spans"), and the titles and employers of the latest of them in a
text. A job of which the text is cut off has the résumé's title and an employer of its own.

A résumé says that a job goes on as of the day on which it was last edited, which nobody wrote down; all were collected
by August 2019. Of who has a job, that day is drawn from the days on which people without one ended theirs, of those
that the résumé's own dates leave, by a hash of the id: always the same. What came after it is unknown (right-censored).
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from recommender.facts import tenure_of, title_info
from recommender.insights.moving.career import Career, Employment, employments_of, history, is_beyond
from recommender.insights.moving.occupations import group_of
from recommender.insights.moving.signals import BANDS, Job
from recommender.profile import Profile, Role, month_number
from recommender.reading import read_bytes
from recommender.skills import Vocabulary

#: The month in which the last of the résumés were collected.
COLLECTED: Final = "2019-08"
#: Nobody is taken to have edited a résumé last before this month.
_EARLIEST_EDIT: Final = 2013 * 12
_AT_ONCE: Final = 500


class Person(NamedTuple):
    """Somebody's jobs.

    Attributes:
        known_until: the month after the last of which anything is known.
    """

    id: str
    roles: tuple[Role, ...]
    employments: tuple[Employment, ...]
    known_until: int

    @property
    def half(self) -> int:
        """0 for those that are chosen on, 1 for those that are reported on."""
        return sha256(self.id.encode()).digest()[0] & 1


class Held(NamedTuple):
    """A job that somebody has in some month.

    Attributes:
        months: since when, in months.
        ahead: months from then until it was left, or until nothing more is known.
        left: whether it was left then.
    """

    person: str
    career: Career
    job: Job
    months: int
    ahead: int
    left: bool


def people(folder: Path, kept: Path | None = None) -> list[Person]:
    """Everybody in the folder's résumés who has dated jobs.

    Args:
        kept: a file of the roles that the texts were read as, which is written where there is none.
    """
    with gzip.open(folder / "resumes.dev.jsonl.gz") as stream:
        entries = [entry for entry in map(msgspec.json.decode, stream) if entry["spans"]]
    if kept is not None and kept.exists():
        return histories(entries, msgspec.json.decode(kept.read_bytes(), type=dict[str, tuple[Role, ...]]))
    vocabulary, read = Vocabulary.shipped(), dict[str, tuple[Role, ...]]()
    for start in range(0, len(entries), _AT_ONCE):
        read |= _read(entries[start : start + _AT_ONCE], vocabulary)
    if kept is not None:
        kept.write_bytes(msgspec.json.encode(read))
    return histories(entries, read)


def _read(entries: Sequence[dict[str, Any]], vocabulary: Vocabulary) -> dict[str, tuple[Role, ...]]:
    """Id → the roles that the product reads in the text."""
    lines = b"\n".join(msgspec.json.encode({"id": one["id"], "text": _text(one)}) for one in entries)
    found = read_bytes(lines, source="resumes.jsonl", vocabulary=vocabulary, on_notice=lambda notice: None)
    return {one.id or "": one.roles for one in found if isinstance(one, Profile)}


def _text(entry: dict[str, Any]) -> str:
    skills = ", ".join(name for name, _ in entry["skills"])
    return "\n".join(filter(None, [entry["title"], entry["text"], f"\nSkills\n{skills}" if skills else ""]))


def histories(entries: Sequence[dict[str, Any]], read: dict[str, tuple[Role, ...]]) -> list[Person]:
    """The people of these résumés.

    Args:
        read: id → the roles in its text.
    """
    edits = sorted(_latest(entry) for entry in entries if all(end != "present" for _, end in entry["spans"]))
    edits = edits[bisect_left(edits, _EARLIEST_EDIT) :]
    found = []
    for entry in entries:
        roles = tuple(role for role in _roles(entry, read.get(entry["id"], ())) if tenure_of(role, COLLECTED))
        if roles:
            until = _last_edit(entry["id"], _latest(entry), edits) + 1
            found.append(Person(entry["id"], roles, tuple(employments_of(roles, COLLECTED)), until))
    return found


def _roles(entry: dict[str, Any], read: Sequence[Role]) -> Iterator[Role]:
    """A role for each of the dates: that of the text which has them, else one of which no more is known."""
    known = {(role.start, role.end): role for role in read if role.title}
    for number, (start, end) in enumerate(entry["spans"]):
        dates = (start, None if end == "present" else end)
        role = known.get(dates) or Role(title=entry["title"])
        # employers that are not known are not each other
        yield Role(title=role.title, company=role.company or f"?{number}", start=dates[0], end=dates[1])


def _latest(entry: dict[str, Any]) -> int:
    """The latest month that a résumé names, of those that can be."""
    collected = month_number(COLLECTED) or 0
    dates = (month_number(date) or 0 for span in entry["spans"] for date in span if date != "present")
    return min(max(dates, default=0), collected)


def _last_edit(name: str, latest: int, edits: Sequence[int]) -> int:
    left = edits[bisect_left(edits, latest) :]
    drawn = int.from_bytes(sha256(f"edit {name}".encode()).digest()[:6]) / 2**48
    return left[int(drawn * len(left))] if left else month_number(COLLECTED) or 0


def held(person: Person, month: int) -> list[Held]:
    """The jobs that somebody has in a month, of those whose months and occupation are known."""
    having = [one for one in person.employments if one.first <= month < _known_after(person, one)]
    found = (_held(person, one, month) for one in having if _is_to_the_month(person, one))
    return [one for one in found if one is not None]


def _held(person: Person, present: Employment, month: int) -> Held | None:
    begun = [at for at in present.roles if (month_number(person.roles[at].start) or 0) <= month]
    title = title_info(person.roles[begun[-1]].title or "")
    group, career = group_of(title.occupation), history(present, person.employments, month)
    if group is None or is_beyond(career):
        return None
    job = Job(group, BANDS[title.seniority or "mid"])
    return Held(person.id, career, job, career.months, _known_after(person, present) - month, _is_left(person, present))


def _is_left(person: Person, one: Employment) -> bool:
    return all(person.roles[at].end is not None for at in one.roles)


def _known_after(person: Person, one: Employment) -> int:
    """The month in which it was left, or from which on nothing is known of it."""
    return one.after if _is_left(person, one) else person.known_until


def _is_to_the_month(person: Person, one: Employment) -> bool:
    dates = (date for at in one.roles for date in (person.roles[at].start, person.roles[at].end) if date)
    return all(len(date) > len("YYYY") for date in dates)
