"""Parquet → its rows, some at a time, as JSON has their cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from recommender.decoding.parts import Columns, Part, Refused, Rows
from recommender.limits import Limits

#: Rows decoded together.
_BATCH = 128


def decode_parquet(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The columns and then all rows of a Parquet file, until they come to more than it may unpack to."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    allowed = limits.unpacked(stream.seek(0, 2))
    number = taken = 0
    try:
        stream.seek(0)
        file = pq.ParquetFile(stream)
        columns = len(file.schema_arrow.names)
        if columns > limits.table_columns:
            yield Refused(
                f"the table has {columns:,} columns; more than {limits.table_columns:,} (limits.table_columns) "
                "are not read: leave out those that say nothing of a person"
            )
            return
        yield Columns(file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
            rows = _rows(batch)
            taken += len(msgspec.msgpack.encode(rows))
            if taken > allowed:
                yield Refused(
                    f"the table unpacks to more than {allowed:,} bytes (limits.unpacked_bytes); "
                    "the rows from here on were not read: split it",
                    f"row {number + 1}",
                )
                return
            yield Rows(number + 1, rows)
            number += len(rows)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).split("\n")[0]
        yield Refused(f"broken Parquet ({reason}); the rows from here on are lost", f"row {number + 1}")


def _rows(batch: Any) -> list[dict[str, Any]]:
    """Every row of a batch; a cell that Python has no value for (a time far outside its calendar, say) says so."""
    columns = {name: _cells(batch.column(position)) for position, name in enumerate(batch.schema.names)}
    return [{name: cells[row] for name, cells in columns.items()} for row in range(batch.num_rows)]


def _cells(column: Any) -> list[Any]:
    try:
        return [_plain(value) for value in column.to_pylist()]
    except (OverflowError, ValueError):
        return [_cell(scalar) for scalar in column]


def _cell(scalar: Any) -> Any:
    try:
        return _plain(scalar.as_py())
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes().decode("utf-8", errors="replace")
    except (OverflowError, ValueError):
        return f"a {scalar.type} out of range"


def _plain(value: Any) -> Any:
    """A cell as JSON has it: dates as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
