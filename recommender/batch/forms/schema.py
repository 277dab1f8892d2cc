"""The columns of a file of matches, as Arrow has them: documented, and versioned in the file's own metadata."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from recommender.batch.forms.rows import AnyRow, Kind

#: Goes up when a column changes its meaning, its type or its place.
VERSION = 2
#: The key of a Parquet file's metadata under which all that is said of the run lies, as JSON.
KEY = b"recommender"

_TEXTS = pa.list_(pa.string())
_REASON = pa.struct([("text", pa.string()), ("field", pa.string())])
_POINTS = pa.struct([("signal", pa.string()), ("points", pa.float64())])
_MET = pa.struct(
    [
        *((name, pa.string()) for name in ("condition", "kind", "stance")),
        ("met", pa.bool_()),
        ("field", pa.string()),
    ]
)


def _column(name: str, kind: Any, description: str, *, nullable: bool = False) -> Any:
    return pa.field(name, kind, nullable=nullable, metadata={"description": description})


_WHO = [
    _column("query_id", pa.string(), "the profile or request asked about; query-7 for the seventh without an id"),
    _column("rank", pa.int32(), "place among the matches of the query, from 1"),
    _column("profile_id", pa.string(), "the match"),
]
_HOW_ALIKE = [
    _column("score", pa.float64(), "0 to 100, to four decimals; what matches are sorted by"),
    _column("band", pa.string(), "very close, close, related or distant; no basis where nothing can be compared"),
]
_WHY = [
    _column("name", pa.string(), "of the match", nullable=True),
    _column("title", pa.string(), "of the match", nullable=True),
    _column("location", pa.string(), "of the match", nullable=True),
    _column("years_of_experience", pa.int32(), "of the match, stated or counted from its roles", nullable=True),
    _column("shared_skills", _TEXTS, "canonical names of skills that both have, the query's core skills first"),
    _column("contributions", pa.list_(_POINTS), "points of each signal; they add up to the score", nullable=True),
    _column("reasons", pa.list_(_REASON), "sentences, each with the field of the match it is from", nullable=True),
    _column("persona", pa.string(), "who the match is in one line", nullable=True),
    _column("likely_to_move", pa.bool_(), "has the badge that says so; null where that is not shown", nullable=True),
    _column("duplicates", _TEXTS, "ids of copies of the match that share its place"),
    _column("asked", pa.string(), "what the match meets of a request in words", nullable=True),
    _column("conditions", pa.list_(_MET), "each condition of a request in words, met or not, and where"),
    _column("headline", pa.string(), "the line at the foot of the query's page", nullable=True),
    _column("headline_count", pa.int64(), "the exact number behind the headline", nullable=True),
]
_HOW_NEAR = [
    _column(
        "similarity",
        pa.float64(),
        "inner product of the search vectors, which are 1 long to .5%: their cosine to that; what rows are sorted by",
    ),
]
_WHEN = [_column("generation", pa.int64(), "of the pool that was asked")]

#: Kind of rows → their columns.
SCHEMAS: dict[Kind, Any] = {
    "explained": pa.schema([*_WHO, *_HOW_ALIKE, *_WHY, *_WHEN]),
    "bare": pa.schema([*_WHO, *_HOW_ALIKE, *_WHEN]),
    "near": pa.schema([*_WHO, *_HOW_NEAR, *_WHEN]),
}


def batch(rows: Sequence[AnyRow], columns: Any) -> Any:
    """Rows as a `pyarrow.RecordBatch`."""
    arrays = [_array([getattr(row, field.name) for row in rows], field.type) for field in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=columns)


def _array(values: list[Any], kind: Any) -> Any:
    """An array of one column; lists of structs are put together from their fields, which is many times as quick."""
    if not (pa.types.is_list(kind) and pa.types.is_struct(kind.value_type)):
        return pa.array(values, kind)
    entries, starts = list(chain.from_iterable(values)), [0]
    for value in values:
        starts.append(starts[-1] + len(value))
    fields = [kind.value_type.field(at) for at in range(kind.value_type.num_fields)]
    parts = [pa.array([getattr(one, field.name) for one in entries], field.type) for field in fields]
    structs = pa.StructArray.from_arrays(parts, fields=fields)
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), structs)


def said_in(path: Path) -> dict[str, Any]:
    """What a Parquet file of matches says of its run; empty where it is not one."""
    try:
        found = (pq.read_schema(path).metadata or {}).get(KEY)
    except (OSError, pa.ArrowInvalid):
        return {}
    said: dict[str, Any] = msgspec.json.decode(found) if found else {}
    return said


def generation_of(path: Path) -> int | None:
    """The generation that a file of matches is of; None where it is no such file."""
    generation = said_in(path).get("generation")
    return generation if isinstance(generation, int) else None
