"""Putting the pieces of a run together: its file, what was rejected, and the summary, each put in place whole."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Self

import msgspec
import numpy as np

from recommender import durable, private
from recommender.batch.basis.numbered import Numbered
from recommender.batch.basis.rested import Origin, basis_of, origin_in, write
from recommender.batch.forms import schema
from recommender.batch.forms.form import decoded, form_of
from recommender.batch.order import in_order
from recommender.batch.pieces import Slow, Unanswered, Worked
from recommender.batch.report import measured, page
from recommender.batch.since.place import basis_in_order, rows_in_order
from recommender.batch.summary import Reject, Seconds, Summary
from recommender.batch.working import Begun, WorkingFolder
from recommender.collection import open_snapshot


class Places(NamedTuple):
    """Where the files of a run go; no report where it has no place."""

    out: Path
    rejects: Path
    report: Path | None

    @property
    def basis(self) -> Path:
        """Of what answers rest on: "matches.basis.parquet"."""
        return basis_of(self.out)

    @classmethod
    def beside(cls, out: Path, rejects: Path | None, *, report: bool) -> Self:
        """The usual ones: "rejects.jsonl" and "matches.report.html" beside "matches.parquet"."""
        page = out.with_suffix(".report.html") if report else None
        return cls(out, rejects or out.with_name("rejects.jsonl"), page)


#: Slowest queries that a summary names.
_SLOWEST = 20


def published(working: WorkingFolder, begun: Begun, places: Places, started: float, kept: int) -> Summary:
    """The summary of a run all of whose pieces are done, when its files are in place.

    Killed in between, it leaves the working folder, and another run puts them in place again.
    """
    began, gathered = time.time(), _Gathered()
    out, beside = places.out, working.folder / f"whole{places.out.suffix}"
    asking = begun.manifest.asking
    contents: Iterable[bytes] = gathered.contents(working, begun.pieces)
    if asking.basis:
        contents = _with_basis(working, begun, gathered, contents, places)
    form_of(out).join(beside, contents, _said(begun), asking.kind)
    digest = _sha256(beside)
    refused = working.rejects.read_bytes() + b"".join(
        msgspec.json.encode(Reject.of(one)) + b"\n" for one in gathered.unanswered
    )
    manifest = begun.manifest
    summary = Summary(
        out=out.name,
        queries=gathered.answered + begun.known,
        matches=gathered.matches,
        rejected=refused.count(b"\n"),
        unanswered=tuple(gathered.unanswered),
        generation=begun.generation,
        profiles=begun.profiles,
        fingerprint=manifest.fingerprint,
        scoring=manifest.scoring,
        version=manifest.version,
        schema=schema.VERSION,
        asked=asking,
        pieces=begun.pieces,
        kept=kept,
        known=begun.known,
        sha256=digest,
        seconds=_seconds(started, gathered.seconds, began),
        slowest=tuple(sorted(gathered.slowest, key=lambda one: -one.seconds)[:_SLOWEST]),
    )
    _put(working.folder / "rejects.whole", refused, places.rejects)
    if places.report:
        listed = [msgspec.json.decode(line, type=Reject) for line in refused.splitlines()]
        _put(working.folder / "report.html", page(measured(beside, summary, listed)).encode(), places.report)
    _put(working.folder / "summary.json", msgspec.json.format(msgspec.json.encode(summary)), Summary.place(out))
    _move(beside, out)
    return summary


def _with_basis(
    working: WorkingFolder, begun: Begun, gathered: _Gathered, contents: Iterable[bytes], places: Places
) -> list[bytes]:
    """Put what the answers rest on in its place; the rows, those that follow from an earlier file among them."""
    beside = working.folder / "whole.basis.parquet"
    with closing(open_snapshot(working.pool)) as pool, pool.view() as view:
        assert isinstance(pool, Numbered)
        everybody = in_order(view)
        rows = [view.row(one) for one in everybody]
        numbers = pool.numbers(np.array(rows, np.int64)).tolist()
        whole = list(contents)
        if begun.known:
            whole = [rows_in_order(working, whole, {one: at for at, one in enumerate(everybody)})]
            gathered.matches += len(decoded(working.known.read_bytes()))
        plans = gathered.plans | ({origin_in(working.known_basis).plan} if begun.known else set())
        (plan,) = plans if len(plans) == 1 else ("",)
        origin = Origin(begun.manifest.run, pool.pool, pool.segment, plan, begun.generation)
        write(beside, basis_in_order(working, begun, {one: at for at, one in enumerate(numbers)}), origin)
    _move(beside, places.basis)
    return whole


class _Gathered:
    """What is summed up while pieces go by."""

    def __init__(self) -> None:
        self.answered = self.matches = 0
        self.plans: set[str] = set()
        self.seconds = 0.0
        self.unanswered: list[Unanswered] = []
        self.slowest: list[Slow] = []

    def contents(self, working: WorkingFolder, pieces: int) -> Iterator[bytes]:
        """The rows of all pieces, in order."""
        for number in range(pieces):
            worked: Worked = working.worked(number)
            self.answered += worked.answered
            self.matches += worked.matches
            self.seconds += worked.seconds
            self.unanswered += worked.unanswered
            self.slowest += worked.slowest
            self.plans.update(worked.plans)
            yield worked.content


def _said(begun: Begun) -> bytes:
    """What a file says of its run: nothing that another run of the same command on this generation would not."""
    manifest = begun.manifest
    return msgspec.json.encode(
        {
            "schema": schema.VERSION,
            "generation": begun.generation,
            "fingerprint": manifest.fingerprint,
            "scoring": manifest.scoring,
            "version": manifest.version,
            "asked": manifest.asking,
        }
    )


def _seconds(started: float, matching: float, began: float) -> Seconds:
    now = time.time()
    return Seconds(run=round(now - started, 3), matching=round(matching, 3), writing=round(now - began, 3))


def _put(beside: Path, content: bytes, place: Path) -> None:
    """A file with this content at its place; none where there is no content."""
    if not content:
        place.unlink(missing_ok=True)
        return
    with private.create(beside) as file:
        file.write(content)
    _move(beside, place)


def _move(beside: Path, place: Path) -> None:
    durable.sync(beside)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(place)
    durable.sync(place.parent)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
