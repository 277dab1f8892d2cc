"""`match`: many queries, one file of matches, in pieces that can be gone on with."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import msgspec

from recommender import private
from recommender.batch.engine import Engine, Here
from recommender.batch.forms.form import form_of
from recommender.batch.order import in_order
from recommender.batch.pieces import Asked, Asking, Wanted, Worked
from recommender.batch.publish import Places, published
from recommender.batch.since.earlier import Earlier
from recommender.batch.summary import Reject, Summary
from recommender.batch.working import Begun, Manifest, WorkingFolder, held, spool
from recommender.collection import EVERYONE, Collection, Filter, Sight, Snapshotting, open_snapshot
from recommender.errors import BatchError, CollectionError, FilterError, QueryError
from recommender.matching import Matcher, Query
from recommender.matching.ranking.cursor import HEAD
from recommender.reading import Found, Rejected


class Progress(msgspec.Struct, frozen=True):
    """How far a run is: queries done of how many, and how many of them an earlier process had done."""

    done: int
    queries: int
    kept: int


#: All profiles of the pool, as the queries of a run.
ALL = None

Queries = Iterable[Asked | Found | Rejected] | None

#: What a file shows of who may move where nobody says who reads it.
NOBODY_MOVES = Sight(outlooks=False)


def match(
    matcher: Matcher,
    queries: Queries,
    out: Path,
    *,
    k: int = 50,
    where: Filter = EVERYONE,
    explain: bool = True,
    neighbours: bool = False,
    engine: Engine | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    anew: bool = False,
    rejects: Path | None = None,
    report: bool = False,
    keep_basis: bool = False,
    since: Path | None = None,
    on_notice: Callable[[str], None] = lambda _: None,
    sight: Sight = NOBODY_MOVES,
) -> Summary:
    """Write the k best matches of every query to `out` (".parquet", ".jsonl" or ".csv"), in the order of the queries.

    Ids, scores and reasons are those that `Matcher.similar` gives, of the one generation that the run began with. A run
    that was interrupted goes on where it was when it is begun again, and its file is what it would have been. One
    unknown id, or one request that cannot be asked, costs itself alone.

    Args:
        matcher: of the pool.
        queries: ids of profiles in the pool, profiles, or requests in words, and what was rejected in reading them;
            `ALL` for everybody in the pool, one occupation after another (`order.in_order`).
        explain: whether rows say why; without, they come several times as fast.
        neighbours: whether rows are of the k nearest by search vector alone, with their cosines: what maps and searches
            for duplicates need, and many times as fast; `explain` says nothing then.
        engine: where it is worked out; in this process where none is given. The file is the same.
        on_progress: called before the first piece and after each.
        anew: whether to forget what an interrupted run of another command left, instead of refusing.
        rejects: where to say what was no query or could not be answered; "rejects.jsonl" beside `out`.
        report: whether to write a page about the matches, "matches.report.html" beside "matches.parquet".
        keep_basis: whether to keep beside the file what its answers rest on, so that it can be brought up later.
        since: a file of the same questions about an earlier generation, with its basis, which may be `out`: what
            changes touch is matched anew, and the file is that of a run over everybody.
        on_notice: is told where everybody is matched anew all the same, and why.
        sight: what whoever reads the file may see of who may move, in its column and by the filter; nothing by default.

    Raises `QueryError`, having written nothing, where k is out of range, `out` is of no known form, or what is asked
    for has no basis or report, `FilterError` where the filter asks what `sight` does not show, and `BatchError` where
    another run is writing this file, or one of another command was interrupted.
    """
    form_of(out)
    asking = Asking(k, where, explain, out.suffix, keep_basis or since is not None, sight, neighbours)
    check(asking)
    _check_basis(asking, queries)
    if neighbours and report:
        raise QueryError("a report is about scores, and the nearest have none; ask for one or the other")
    out.parent.mkdir(parents=True, exist_ok=True)
    started = time.time()
    with held(out) as working:
        earlier = Earlier(since, manifest_of(matcher, asking).run, on_notice) if since else None
        begun = _begun(working, matcher, queries, asking, anew, earlier)
        done = working.done()
        now = kept = sum(map(begun.queries_of, done))
        on_progress(Progress(now, begun.queries, kept))
        works = (engine or Here(like(matcher))).work(working.pool, asking, working.pieces(begun, done))
        with _ended(works):
            for worked in works:
                working.keep(worked)
                now += worked.queries
                on_progress(Progress(now, begun.queries, kept))
        return published(working, begun, Places.beside(out, rejects, report=report), started, kept)


@contextmanager
def _ended(works: Iterator[Worked]) -> Iterator[None]:
    """End the work with the block, and with it the processes that do it, wherever an interruption comes."""
    try:
        yield
    finally:
        if isinstance(works, Generator):
            works.close()


def everyone(collection: Collection) -> list[str]:
    """Ids of the whole pool, in the order in which its matches are written."""
    with collection.view() as view:
        return in_order(view)


def like(matcher: Matcher) -> Callable[[Collection], Matcher]:
    """Makes matchers that answer as this one does, of other collections."""
    return lambda collection: Matcher(collection, matcher.profile_encoder, matcher.config)


def _begun(
    working: WorkingFolder, matcher: Matcher, queries: Queries, asking: Asking, anew: bool, earlier: Earlier | None
) -> Begun:
    """The run in the folder, where it is the one that is asked for; else a new one."""
    before = None if anew else working.begun()
    if before is None:
        working.clear()
        return begin(working, matcher, queries, asking, manifest_of(matcher, asking), earlier)
    digest = ""
    if queries is not None:
        _, digest = _spooled(queries, working.folder / "asked.tmp", working.folder / "read.tmp")
    wanted = msgspec.structs.replace(manifest_of(matcher, asking), queries=digest)
    if different := before.manifest.differences(wanted):
        raise BatchError(
            f"an interrupted run to this file was of another command ({'; '.join(different)}); finish it by its own, "
            "or forget it with --anew"
        )
    return before


def begin(
    working: WorkingFolder,
    matcher: Matcher,
    queries: Queries,
    asking: Asking,
    manifest: Manifest,
    earlier: Earlier | None = None,
) -> Begun:
    """Begin a run in an empty working folder: the pool as it is now, and the queries."""
    pool = matcher.collection
    if not isinstance(pool, Snapshotting):
        raise CollectionError(
            "this pool cannot be kept as it is for a run; copy it into a folder: recommender copy URL FOLDER"
        )
    generation, known = pool.snapshot(working.pool), 0
    with closing(open_snapshot(working.pool)) as snapshot, snapshot.view() as whole:
        view = whole.seen_by(asking.sight)
        profiles = len(view)
        if queries is None:
            queries = everybody = in_order(view)
            if earlier is not None:
                known, queries = earlier.known(working, like(matcher)(snapshot), view, asking, everybody)
            count, _ = _spooled(queries, working.queries, working.rejects)
        else:
            count, digest = _spooled(queries, working.queries, working.rejects)
            manifest = msgspec.structs.replace(manifest, queries=digest)
    begun = Begun(manifest, generation, profiles, count, asking.queries_at_once, time.time(), known)
    working.begin(begun)
    return begun


def check(asking: Asking) -> None:
    """Raise `QueryError` for what no query may ask, `FilterError` for who is likely to move where that is hidden."""
    Query(like=("",), k=asking.k, where=asking.where).check(())
    if asking.where.asks_for_moves() and not asking.sight.outlooks:
        raise FilterError(
            "likely_to_move: who is likely to move is not shown in this file; give a sight of outlooks, or leave it out"
        )


def _check_basis(asking: Asking, queries: Queries) -> None:
    """Raise `QueryError` for a basis of what has none."""
    if not asking.basis:
        return
    if asking.kind != "bare" or queries is not None or asking.form != ".parquet":
        raise QueryError(
            "a basis is kept of everybody in the pool, without explanations, in Parquet; ask for --all --no-explain"
        )
    if asking.k > HEAD:
        raise QueryError(f"k is {asking.k}, and a basis is kept of {HEAD} matches at most; ask for fewer")


def manifest_of(matcher: Matcher, asking: Asking) -> Manifest:
    """What is asked of what, but for the queries."""
    encoder, pool = matcher.profile_encoder, matcher.collection
    path = getattr(pool, "path", None)
    return Manifest(
        asking=asking,
        queries="",
        pool=str(Path(path).resolve() if path else getattr(pool, "place", "")),
        fingerprint=encoder.fingerprint,
        scoring=matcher.config.fingerprint,
        version=version("recommender"),
    )


def _spooled(queries: Iterable[Asked | Found | Rejected], path: Path, refused: Path) -> tuple[int, str]:
    """Keep queries in a file, and what is none in another."""
    encoder = msgspec.json.Encoder()
    with private.create(refused) as file:

        def lines() -> Iterator[bytes]:
            for one in queries:
                if isinstance(one, Rejected):
                    file.write(encoder.encode(Reject.of(one)) + b"\n")
                else:
                    yield encoder.encode(Wanted.of(one)) + b"\n"

        return spool(lines(), path)
