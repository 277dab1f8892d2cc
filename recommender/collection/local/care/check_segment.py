"""Comparing a segment with the database it was made from, row by row, and with itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from recommender.collection import fields
from recommender.collection.common import codec
from recommender.collection.common.damage import Insert
from recommender.collection.fields import name_key
from recommender.collection.local.generation.state import as_rows
from recommender.collection.local.sealed.postings import FieldPostings
from recommender.collection.local.sealed.publish import origin_of
from recommender.collection.local.sealed.records import ranges
from recommender.collection.local.sealed.segment import Segment
from recommender.collection.local.sealed.words import Words
from recommender.collection.local.truth.store import Manifest, inserts_since, tombstones_since


class Disagreement(NamedTuple):
    """Where in the segment, and what does not hold there."""

    place: str
    problem: str


def disagreements(segment: Segment, connection: sqlite3.Connection, now: Manifest) -> Iterator[Disagreement]:
    """Everything in which the segment differs from what this connection's transaction sees."""
    assert now.layout is not None
    wanted = origin_of(now, now.layout)
    if (segment.origin.pool, segment.origin.fingerprint) != (wanted.pool, wanted.fingerprint):
        yield Disagreement("rows", "belongs to another pool or another encoder")
        return
    if not now.floor <= segment.origin.reaches <= now.generation:
        yield Disagreement("rows", f"reaches {segment.origin.reaches}, outside {now.floor} to {now.generation}")
        return
    yield from _check_rows(segment, connection, now.layout)
    yield from _check_orders(segment)
    for field, postings in segment.postings.items():
        yield from _check_postings(field, postings)
    for field, words in segment.words.items():
        if not words.is_same(Words.of(list(segment.postings[field].values))):
            yield Disagreement(f"words of {field}", "are not those of its values")


def _check_rows(segment: Segment, connection: sqlite3.Connection, layout: codec.Layout) -> Iterator[Disagreement]:
    """Each stored profile up to the segment's number has its row, equal in everything; the other rows have left."""
    seen = np.zeros(len(segment), dtype=np.bool_)
    aside = set(segment.aside.tolist())
    for sound, damaged in inserts_since(connection, 0):
        seen[segment.position_of(np.array([one.seq for one in damaged], dtype=np.int64))] = True
        old = [a for a in sound if a.seq <= segment.origin.reaches and a.seq not in aside]
        if not old:
            continue
        rows = segment.position_of(np.array([insert.seq for insert in old]))
        if len(rows) != len(old):
            yield Disagreement("rows", f"lacks some of the numbers {old[0].seq} to {old[-1].seq}")
            continue
        seen[rows] = True
        for row, insert in zip(rows.tolist(), old, strict=True):
            problem = _row_problem(segment, row, insert)
            if problem:
                yield Disagreement(f"row {row} (number {insert.seq})", problem)
        yield from _check_features(segment, rows, old, layout)
    gone = tombstones_since(connection, segment.origin.reaches).gone
    seen[segment.position_of(np.array(gone, dtype=np.int64))] = True
    for row in np.flatnonzero(~seen).tolist():
        yield Disagreement(f"row {row} (number {segment.seqs[row]})", "is neither stored nor logged as gone")


def _row_problem(segment: Segment, row: int, insert: Insert) -> str | None:
    facts = codec.decode_facts(insert.facts)
    if (segment.id_of(row), segment.name_of(row)) != (insert.profile_id, insert.name):
        return "has another id or name than its profile"
    if segment.links.get(row) != insert.linked_to:
        return "is linked otherwise than its profile"
    if segment.facts[row] != insert.facts or segment.years[row] != (-1 if facts.years is None else facts.years):
        return "has other facts than its profile"
    if segment.documents[row] != insert.document:
        return "has another document than its profile"
    stored = codec.decode_vectors([insert.vector], segment.vectors.shape[1])
    if segment.vectors.take(np.array([row])).tobytes() != stored.tobytes():
        return "has another vector than its profile"
    for field, values in fields.values(facts, insert.name).items():
        if segment.postings[field].values_of(row) != values:
            return f"is filed under other values of {field} than its profile has"
    return None


def _check_features(
    segment: Segment, rows: np.ndarray[tuple[int], np.dtype[np.int64]], old: list[Insert], layout: codec.Layout
) -> Iterator[Disagreement]:
    stored = codec.decode_features([insert.features for insert in old], layout)
    held = segment.features_of(rows)
    for column in layout.schema:
        same = held.columns[column.name].tobytes() == stored.columns[column.name].tobytes()
        if not same or (held.offsets[column.group] != stored.offsets[column.group]).any():
            yield Disagreement(f"column {column.name}", f"differs in the numbers {old[0].seq} to {old[-1].seq}")


def _check_orders(segment: Segment) -> Iterator[Disagreement]:
    rows = range(len(segment))
    by_id = sorted(rows, key=segment.id_of)
    by_name = sorted(rows, key=lambda row: name_key(segment.name_of(row), segment.id_of(row)))
    for name, order, rank in (("id", by_id, segment.id_rank), ("name", by_name, segment.name_rank)):
        if rank[order].tolist() != list(rows):
            yield Disagreement(f"order by {name}", "is not ascending")
    if [segment.row(segment.id_of(row)) for row in rows] != list(rows):
        yield Disagreement("order by id", "does not find every row by its id")
    if [segment.row_by_name(place) for place in rows] != by_name:
        yield Disagreement("order by name", "does not name its rows")


def _check_postings(field: str, postings: FieldPostings) -> Iterator[Disagreement]:
    values = list(postings.values)
    if values != sorted(set(values)):
        yield Disagreement(f"values of {field}", "are not ascending")
    if not values:
        return
    _, places = ranges(postings.code_offsets, np.arange(len(postings.code_offsets) - 1))
    rows = np.repeat(np.arange(len(postings.code_offsets) - 1), np.diff(postings.code_offsets))
    codes = postings.codes[places]
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(values)))
    for code, (value, theirs) in enumerate(zip(values, np.split(rows[order], ends[:-1]), strict=True)):
        if as_rows(postings.bitmap(code)).tolist() != theirs.tolist() or postings.counts[code] != len(theirs):
            yield Disagreement(f"values of {field}", f"the rows of {value!r} differ from those that have it")
