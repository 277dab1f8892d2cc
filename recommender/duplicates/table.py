"""Pairs of profiles as rows of a file, Parquet or JSON lines: written beside its place, and put there whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from recommender import durable, private
from recommender.duplicates.find import Person
from recommender.errors import QueryError

_TEXTS = pa.list_(pa.string())
_EVIDENCE = pa.struct(
    [("kind", pa.string()), ("points", pa.float64()), ("text", pa.string()), ("left", _TEXTS), ("right", _TEXTS)]
)
#: `person` is the id of the profile that represents the others, `score` the sum of the evidence's points.
SCHEMA = pa.schema(
    [
        ("person", pa.string()),
        ("left", pa.string()),
        ("right", pa.string()),
        ("score", pa.float64()),
        ("evidence", pa.list_(_EVIDENCE)),
    ]
)
_SUFFIXES = (".jsonl", ".parquet")


def check_name(out: Path) -> None:
    """Raise `QueryError` where no file of this name is written."""
    if out.suffix not in _SUFFIXES:
        raise QueryError(f"{out}: no file of pairs is of this kind; name one that ends in {' or '.join(_SUFFIXES)}")


def write(out: Path, people: Iterable[Person]) -> None:
    """Write a row for every pair of every person; raises `QueryError` as `check_name` does."""
    check_name(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.tmp")
    try:
        with private.create(beside) as file:
            if out.suffix == ".parquet":
                pq.write_table(pa.Table.from_pylist(list(_rows(people)), SCHEMA), file, compression="zstd")
            else:
                file.write(msgspec.json.Encoder().encode_lines(_rows(people)))
        durable.sync(beside)
        beside.replace(out)
        durable.sync(out.parent)
    finally:
        beside.unlink(missing_ok=True)


def _rows(people: Iterable[Person]) -> Iterator[dict[str, object]]:
    for person in people:
        for pair in person.pairs:
            yield {"person": person.profile_ids[0], **msgspec.to_builtins(pair)}
