"""Where rows go: a Parquet file or JSON lines, written beside its place and put there whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from recommender import durable, private
from recommender.batch.rows import SCHEMA, Row
from recommender.batch.unfinished import unfinished
from recommender.errors import QueryError

#: Rows of a Parquet row group: what is held in memory at a time.
ROW_GROUP = 20_000


class Sink(Protocol):
    """Takes rows in order."""

    def write(self, rows: Sequence[Row]) -> None:
        """Take these too."""
        ...

    def finish(self) -> None:
        """Write what is still held."""
        ...


class JsonLines:
    """A row a line, keys in the order of the columns."""

    def __init__(self, path: Path) -> None:
        self._file = private.create(path)
        self._encoder = msgspec.json.Encoder()

    def write(self, rows: Sequence[Row]) -> None:
        """Take these too."""
        self._file.write(self._encoder.encode_lines(rows))

    def finish(self) -> None:
        """Write what is still held."""
        self._file.close()


class Parquet:
    """Row groups of `ROW_GROUP` rows, compressed with zstd."""

    def __init__(self, path: Path) -> None:
        self._file = private.create(path)
        self._writer = pq.ParquetWriter(self._file, SCHEMA, compression="zstd")
        self._held: list[Row] = []

    def write(self, rows: Sequence[Row]) -> None:
        """Take these too."""
        self._held.extend(rows)
        if len(self._held) >= ROW_GROUP:
            self._flush()

    def finish(self) -> None:
        """Write what is still held."""
        self._flush()
        self._writer.close()
        self._file.close()

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_pylist(msgspec.to_builtins(self._held), SCHEMA))
            self._held.clear()


_SINKS: dict[str, type[JsonLines] | type[Parquet]] = {".parquet": Parquet, ".jsonl": JsonLines}


@contextmanager
def publishing(out: Path) -> Iterator[Sink]:
    """A sink whose file appears at `out` when the block ends well; an error leaves what was there.

    Raises `QueryError` where the name ends in neither ".parquet" nor ".jsonl".
    """
    kind = _SINKS.get(out.suffix)
    if kind is None:
        raise QueryError(f"{out}: no file of matches is of this kind; name one that ends in {' or '.join(_SINKS)}")
    out.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(out) as beside:
        sink = kind(beside)
        try:
            yield sink
        finally:
            sink.finish()
        durable.sync(beside)
        beside.replace(out)
        durable.sync(out.parent)
