"""Reading a file of matches back, whatever its form: who, how alike, and in which place."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow.parquet as pq

from recommender.batch.forms.form import form_of

#: Rows held at a time.
_AT_ONCE = 65_536


class Columns(NamedTuple):
    """Some rows, a list a column."""

    query_id: list[str]
    rank: list[int]
    profile_id: list[str]
    score: list[float]
    band: list[str]


class _Line(msgspec.Struct, frozen=True):
    query_id: str
    rank: int
    profile_id: str
    score: float
    band: str


def columns(path: Path) -> Iterator[Columns]:
    """The rows, in order. Raises `QueryError` where the file's name is of no form."""
    form_of(path)
    return {".parquet": _of_parquet, ".jsonl": _of_lines, ".csv": _of_csv}[path.suffix](path)


def _of_parquet(path: Path) -> Iterator[Columns]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_AT_ONCE, columns=list(Columns._fields)):
            yield Columns(*(batch.column(name).to_pylist() for name in Columns._fields))


def _of_lines(path: Path) -> Iterator[Columns]:
    decoder = msgspec.json.Decoder(_Line)
    with path.open("rb") as lines:
        while part := [decoder.decode(line) for line in islice(lines, _AT_ONCE)]:
            yield Columns(*([getattr(one, name) for one in part] for name in Columns._fields))


def _of_csv(path: Path) -> Iterator[Columns]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        while part := list(islice(rows, _AT_ONCE)):
            ranks, scores = [int(row["rank"]) for row in part], [float(row["score"]) for row in part]
            texts = {name: [row[name] for row in part] for name in ("query_id", "profile_id", "band")}
            yield Columns(texts["query_id"], ranks, texts["profile_id"], scores, texts["band"])
