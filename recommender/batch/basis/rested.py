"""`Basis`: what the answers of a run rest on, kept beside its file, by the numbers that profiles have in the pool.

A profile's number is never given again, so it tells across processes and years whether a profile is the one it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from recommender import private

#: Who is ranked beyond the k that are asked for, to take the places of those who leave.
RESERVE = 8
#: The nearest that are kept: those that are ranked, the one after them, and some who come next.
NEAREST = 224
#: Rows of a row group.
_GROUP = 4_096
KEY = b"recommender"


class Rested(NamedTuple):
    """What one answer rests on.

    Attributes:
        number: of the profile that is asked about.
        near, near_scores: numbers of the nearest, and their retrieval scores, descending, ties by number.
        ranked, scores: numbers of the best of those that were ranked, and their scores.
    """

    number: int
    near: NDArray[np.int64]
    near_scores: NDArray[np.float32]
    ranked: NDArray[np.int64]
    scores: NDArray[np.float64]


class Origin(msgspec.Struct, frozen=True):
    """What is the same for all of a run.

    Attributes:
        run: fingerprints and what was asked, as one text.
        pool, segment: the pool's own name, and its sealed files.
        plan: how everybody's nearest were found.
        generation: that the run was of.
    """

    run: str
    pool: str
    segment: str
    plan: str
    generation: int


_SCHEMA = pa.schema(
    [
        ("number", pa.int64()),
        ("near", pa.list_(pa.int64())),
        ("near_scores", pa.list_(pa.float32())),
        ("ranked", pa.list_(pa.int64())),
        ("scores", pa.list_(pa.float64())),
    ]
)


def basis_of(out: Path) -> Path:
    """Where it is what the answers in a file rest on: "matches.basis.parquet" beside "matches.parquet"."""
    return out.with_suffix(".basis.parquet")


def encoded(rested: Sequence[Rested]) -> bytes:
    """As an Arrow stream."""
    held = pa.BufferOutputStream()
    with pa.ipc.new_stream(held, _SCHEMA, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
        stream.write_batch(_batch(rested))
    content: bytes = held.getvalue().to_pybytes()
    return content


def decoded(content: bytes) -> list[Rested]:
    """What was encoded."""
    with pa.ipc.open_stream(content) as stream:
        return [one for batch in stream for one in _rested(batch)]


def write(path: Path, rested: Iterable[Rested], origin: Origin) -> None:
    """Write the file of a run."""
    schema = _SCHEMA.with_metadata({KEY: msgspec.json.encode(origin)})
    with private.create(path) as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        held: list[Rested] = []
        for one in rested:
            held.append(one)
            if len(held) == _GROUP:
                writer.write_batch(_batch(held))
                held.clear()
        if held:
            writer.write_batch(_batch(held))


def origin_in(path: Path) -> Origin:
    """What a file says of its run; raises `KeyError`, `OSError` or `ValueError` where it is none."""
    return msgspec.json.decode(pq.read_schema(path).metadata[KEY], type=Origin)


def read(path: Path) -> Iterator[list[Rested]]:
    """The answers' bases, in order, some at a time."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            for batch in file.read_row_group(group).to_batches():
                yield list(_rested(batch))


def _batch(rested: Sequence[Rested]) -> Any:
    lists = [_lists([getattr(one, name) for one in rested], _SCHEMA.field(name).type) for name in _SCHEMA.names[1:]]
    return pa.RecordBatch.from_arrays([pa.array([one.number for one in rested], pa.int64()), *lists], schema=_SCHEMA)


def _lists(values: Sequence[NDArray[Any]], kind: Any) -> Any:
    ends = np.cumsum([0, *map(len, values)]).astype(np.int32)
    entries = np.concatenate(values) if values else np.empty(0)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(entries, kind.value_type))


def _rested(batch: Any) -> Iterator[Rested]:
    columns = []
    for at in range(1, len(_SCHEMA)):
        column = batch.column(at)
        bounds = column.offsets.to_numpy()
        values = column.values.to_numpy()
        columns.append([values[start:end] for start, end in itertools.pairwise(bounds)])
    for number, *lists in zip(batch.column(0).to_pylist(), *columns, strict=True):
        yield Rested(number, *lists)
