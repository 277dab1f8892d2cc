"""Bodies that hold profiles → profiles, with what was refused and what was lost named by place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from ulid import ULID

from recommender.errors import ReadingError
from recommender.messages import ReadNotice, RejectedRecord
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.reading import Found, Notice, Once, Rejected, Trace, read_bytes, read_values
from recommender.service.json_body import Records, json_records
from recommender.service.problems import ProblemError
from recommender.validity import fault_of_id
from recommender.wiring import Recommender

SOURCE = "body"
GZIP = b"\x1f\x8b"
#: Rejections, and notices, that an answer lists; it tells how many more there are.
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """What a body held: profiles with their places, no two of one id; what was refused, and what was lost."""

    found: tuple[Found, ...]
    rejected: tuple[Rejected, ...]
    notices: tuple[ReadNotice, ...]


def read_body(body: bytes, content_type: str, recommender: Recommender) -> Reading:
    """Everything in a body. What calls itself JSON and is not is a 400; other bodies are known by their content."""
    if body.startswith(GZIP):
        raise ReadingError("the body is compressed; send it as it is, so that its size can be limited")
    records = json_records(body, content_type, recommender.settings.limits)
    if records is not None:
        return _read_values(records, recommender)
    notices = _Notices()
    outcomes = read_bytes(
        body,
        source=SOURCE,
        vocabulary=recommender.vocabulary,
        on_notice=notices.add,
        limits=recommender.settings.limits,
        decoder=recommender.decoder,
    )
    return _reading(outcomes, notices, recommender.settings.max_body_records)


def read_file(content: bytes, source: str, recommender: Recommender) -> tuple[Reading, Trace]:
    """Everything in a file, known by its content alone, and how it was read."""
    notices, trace = _Notices(), Trace()
    outcomes = read_bytes(
        content,
        source=source,
        vocabulary=recommender.vocabulary,
        on_notice=notices.add,
        limits=recommender.settings.limits,
        decoder=recommender.decoder,
        trace=trace,
    )
    return _reading(outcomes, notices, recommender.settings.max_body_records), trace


def _read_values(records: Records, recommender: Recommender) -> Reading:
    notices = _Notices()
    outcomes = read_values(
        records,
        source=SOURCE,
        vocabulary=recommender.vocabulary,
        on_notice=notices.add,
        limits=recommender.settings.limits,
    )
    return _reading(outcomes, notices, recommender.settings.max_body_records)


def _reading(outcomes: Iterable[Profile | Rejected], notices: _Notices, most: int) -> Reading:
    once = Once()
    found: list[Found] = []
    rejected: list[Rejected] = []
    for number, outcome in enumerate(outcomes, start=1):
        if number > most:
            raise ProblemError(
                413,
                "too-many-records",
                f"a body may have {most:,} records; send it in parts, or raise the setting max_body_records",
            )
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
            continue
        record = Found(outcome, "", f"record {number}")
        if refusal := once.refusal(record):
            rejected.append(refusal)
        else:
            found.append(record)
    return Reading(tuple(found), tuple(rejected), notices.message())


class _Notices:
    """The first of the notices, and how many there are."""

    def __init__(self) -> None:
        self._first: list[Notice] = []
        self._count = 0

    def add(self, notice: Notice) -> None:
        self._count += 1
        if self._count <= MOST_TOLD:
            self._first.append(notice)

    def message(self) -> tuple[ReadNotice, ...]:
        """Notices as an answer has them."""
        listed = [ReadNotice(notice.place, notice.field, masked(notice.message)) for notice in self._first]
        if more := self._count - len(listed):
            listed.append(ReadNotice("", None, f"{more:,} more of {self._count:,} notices are not listed"))
        return tuple(listed)


def rejected_records(rejected: Sequence[Rejected]) -> tuple[RejectedRecord, ...]:
    """Rejections as an answer has them, where the source is always the body: the first, and how many more."""
    listed = [RejectedRecord(r.place, r.field, masked(r.reason)) for r in rejected[:MOST_TOLD]]
    if more := len(rejected) - len(listed):
        listed.append(RejectedRecord("", None, f"{more:,} more of {len(rejected):,} refused records are not listed"))
    return tuple(listed)


def read_one(body: bytes, content_type: str, recommender: Recommender) -> tuple[Profile, tuple[ReadNotice, ...]]:
    """The one profile of a body; `ReadingError` where it holds none or several."""
    reading = read_body(body, content_type, recommender)
    return _only(reading), reading.notices


def read_given(value: dict[str, Any], recommender: Recommender, place: str = "line 1") -> Profile:
    """The profile that a JSON object is, as it would be read if it were stored; `ReadingError` where it is none."""
    return _only(_read_values(iter([(place, value)]), recommender))


def _only(reading: Reading) -> Profile:
    if reading.rejected:
        raise ReadingError(message(rejected_records(reading.rejected)[0]))
    if len(reading.found) != 1:
        raise ReadingError(f"the body holds {len(reading.found)} profiles where one is wanted; send one alone")
    return reading.found[0].profile


def message(rejected: RejectedRecord) -> str:
    """A rejection as one line."""
    return ": ".join(part for part in (rejected.place, rejected.field, rejected.reason) if part)


def with_id(found: Found) -> Found:
    """The profile with an id: its own, else a new ULID."""
    if found.profile.id is not None:
        return found
    return msgspec.structs.replace(found, profile=msgspec.structs.replace(found.profile, id=str(ULID())))


def with_given_id(profile: Profile, profile_id: str) -> Profile:
    """The profile under the id of its URL; one that names another id, or an id that cannot be, is refused."""
    if fault := fault_of_id(profile_id):
        raise ReadingError(fault)
    if profile.id not in (None, profile_id):
        raise ReadingError(f"id: the body says {profile.id!r} and the URL {profile_id!r}; leave out the body's")
    return msgspec.structs.replace(profile, id=profile_id)
