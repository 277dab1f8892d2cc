"""The three forms of a file of matches, by its suffix: pieces are encoded where they are worked out, and joined here.

What a piece is has no trace in the file: the same rows make the same bytes however they were cut.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from recommender import private
from recommender.batch.forms.rows import AnyRow, Kind
from recommender.batch.forms.schema import KEY, SCHEMAS, batch
from recommender.errors import QueryError

#: Rows of a Parquet row group: large enough for zstd and for whoever reads a column, small enough to hold.
ROW_GROUP = 20_000

_JSON = msgspec.json.Encoder()


class Form(Protocol):
    """How rows become bytes, and bytes a file."""

    def encode(self, rows: Sequence[AnyRow], kind: Kind) -> bytes:
        """The rows of a piece."""
        ...

    def join(self, path: Path, pieces: Iterable[bytes], said: bytes, kind: Kind) -> None:
        """Write the file; `said` is JSON about the run, for forms that have a place for it."""
        ...


class JsonLines:
    """A row a line, keys in the order of the columns."""

    def encode(self, rows: Sequence[AnyRow], kind: Kind) -> bytes:
        """The rows of a piece."""
        return _JSON.encode_lines(rows)

    def join(self, path: Path, pieces: Iterable[bytes], said: bytes, kind: Kind) -> None:
        """One after another."""
        with private.create(path) as file:
            for piece in pieces:
                file.write(piece)


class Csv:
    """A row a line under a line of names, in UTF-8; a list is a cell of JSON, what is null an empty one."""

    def encode(self, rows: Sequence[AnyRow], kind: Kind) -> bytes:
        """The rows of a piece."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in _values(row)] for row in rows)
        return text.getvalue().encode()

    def join(self, path: Path, pieces: Iterable[bytes], said: bytes, kind: Kind) -> None:
        """The names, then one piece after another."""
        with private.create(path) as file:
            file.write(",".join(SCHEMAS[kind].names).encode() + b"\n")
            for piece in pieces:
                file.write(piece)


def _values(row: AnyRow) -> Iterator[object]:
    return (getattr(row, name) for name in row.__struct_fields__)


def _cell(value: object) -> object:
    return _JSON.encode(value).decode() if isinstance(value, tuple) else value


class Parquet:
    """Row groups of `ROW_GROUP` rows, compressed with zstd; pieces are Arrow streams."""

    def encode(self, rows: Sequence[AnyRow], kind: Kind) -> bytes:
        """The rows of a piece."""
        return stream_of(pa.Table.from_batches([batch(rows, SCHEMAS[kind])]))

    def join(self, path: Path, pieces: Iterable[bytes], said: bytes, kind: Kind) -> None:
        """Row group by row group, whatever the pieces."""
        columns = SCHEMAS[kind].with_metadata({KEY: said})
        with private.create(path) as file, pq.ParquetWriter(file, columns, compression="zstd") as writer:
            for table in _regrouped(map(decoded, pieces)):
                writer.write_table(table.cast(columns), row_group_size=ROW_GROUP)


def stream_of(table: Any) -> bytes:
    """A `pyarrow.Table` as a piece of the Parquet form."""
    held = pa.BufferOutputStream()
    with pa.ipc.new_stream(held, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
        stream.write_table(table)
    encoded: bytes = held.getvalue().to_pybytes()
    return encoded


def decoded(piece: bytes) -> Any:
    """The `pyarrow.Table` of a piece of the Parquet form."""
    with pa.ipc.open_stream(piece) as stream:
        return stream.read_all()


def _regrouped(tables: Iterable[Any]) -> Iterator[Any]:
    """The same rows in tables of `ROW_GROUP`, and one of what is left."""
    held: list[Any] = []
    count = 0
    for table in tables:
        held.append(table)
        count += len(table)
        while count >= ROW_GROUP:
            whole = pa.concat_tables(held)
            yield whole.slice(0, ROW_GROUP).combine_chunks()  # pages begin where chunks do
            held, count = [whole.slice(ROW_GROUP)], count - ROW_GROUP
    if count:
        yield pa.concat_tables(held).combine_chunks()


FORMS: dict[str, Form] = {".parquet": Parquet(), ".jsonl": JsonLines(), ".csv": Csv()}


def form_of(out: Path) -> Form:
    """The form of a file by its suffix; raises `QueryError` where it is of none."""
    form = FORMS.get(out.suffix)
    if form is None:
        *most, last = FORMS
        names = f"{', '.join(most)} or {last}"
        raise QueryError(f"{out}: no file of matches is of this kind; name one that ends in {names}")
    return form
