"""`recommender match`: a whole file, or the whole pool, against the pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from recommender import batch
from recommender.cli.common import (
    Reader,
    data_option,
    existing,
    json_option,
    print_json,
    progress_bar,
    report,
    stoppable,
    tell_unmatched,
    where_option,
)
from recommender.collection import Collection, Sight, parse_filter
from recommender.insights.moving import related
from recommender.matching import Matcher
from recommender.pool_url import PoolPlace, PoolUrl
from recommender.reading import Found, Notice, Rejected
from recommender.settings import Settings
from recommender.wiring import Recommender

_QUERIES = click.Path(exists=True, path_type=Path)
_REQUESTS = click.Path(exists=True, dir_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("queries", nargs=-1, type=_QUERIES),
    click.option(
        "--requests",
        "asked_in",
        type=_REQUESTS,
        multiple=True,
        help='A file of requests in words: JSON lines {"id", "text"}, or an advert as text. Several may be given.',
    ),
    click.option(
        "--all", "whole_pool", is_flag=True, help="Ask for every profile of the pool, one occupation after another."
    ),
    click.option("--out", required=True, type=_FILE, help="The .parquet, .jsonl or .csv file to write."),
    click.option("-k", default=50, show_default=True, help="How many matches each, 1 to 1,000."),
    click.option("--explain/--no-explain", default=True, help="Whether rows say why; without, they come faster."),
    click.option(
        "--neighbours",
        is_flag=True,
        help="The nearest by search vector alone, with their cosines: many times as fast as scores.",
    ),
    click.option("--workers", default=1, show_default=True, help="Processes that work side by side."),
    click.option("--memory", metavar="SIZE", help="Memory for all processes, as in 4GB: fewer are started, or go on."),
    click.option(
        "--engine",
        type=click.Choice(["processes", "ray"]),
        default="processes",
        show_default=True,
        help="Where it is worked out: by processes of this machine, or by a Ray cluster.",
    ),
    click.option("--address", help="With --engine ray: of a cluster that is there [default: one is started here]."),
    click.option("--rejects", type=_FILE, help="Where queries without rows are listed [default: rejects.jsonl]."),
    click.option(
        "--keep-basis",
        is_flag=True,
        help="With --all --no-explain: keep beside the file what its answers rest on, for --since.",
    ),
    click.option(
        "--since",
        metavar="GENERATION|FILE",
        help="Match anew only what changed since an earlier file with its basis, or since this generation's at --out.",
    ),
    click.option(
        "--company",
        metavar="NAME",
        help="Whose the file is: it says nothing of who is likely to move among this company's own people.",
    ),
    click.option("--report", is_flag=True, help="Write a page about the matches too: scores, bands, hubs, coverage."),
    click.option("--anew", is_flag=True, help="Forget what an interrupted run to the same file left."),
)


def _with_options(command: Any) -> Any:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@_with_options
@where_option
@data_option
@json_option
def match(
    queries: tuple[Path, ...],
    asked_in: tuple[Path, ...],
    whole_pool: bool,
    where: str | None,
    data: PoolPlace | None,
    as_json: bool,
    workers: int,
    memory: str | None,
    engine: str,
    address: str | None,
    since: str | None,
    company: str | None,
    **given: Any,
) -> int:
    """Match a whole file of profiles (QUERIES), of requests in words, or the whole pool, against the pool.

    Safe to interrupt: run again, the same command goes on where it was. Beside the file come matches.summary.json, and
    rejects.jsonl where there are queries without rows.
    """
    if bool(queries) + bool(asked_in) + whole_pool != 1:
        raise click.UsageError("give files of profiles, --requests FILE, or --all")
    if workers < 1:
        raise click.UsageError(f"--workers is {workers}; give 1 or more")
    if address and engine != "ray":
        raise click.UsageError("--address goes with --engine ray")
    asked_of, most = parse_filter(where), batch.bytes_of(memory) if memory else None
    with stoppable(), existing(data) as recommender, progress_bar("queries") as bar:
        sight = _sight(recommender.settings, company)
        with recommender.collection.view() as view:
            tell_unmatched(
                recommender.resolve(view.seen_by(sight), asked_of).unmatched
            )  # refused once, not for each query
        asked = None if whole_pool else _queries(recommender, queries, asked_in)
        task = bar.add_task("matching", total=None)

        def tell(progress: batch.Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.queries)

        started = _fitting(recommender.settings, most, workers) if most is not None else workers
        where_worked = _engine(recommender, engine, started, address, most)
        try:
            done = batch.match(
                recommender.matcher,
                asked,
                where=asked_of,
                engine=where_worked,
                on_progress=tell,
                on_notice=lambda line: click.echo(f"warning: {line}", err=True),
                since=_since(since, given["out"]),
                sight=sight,
                **given,
            )
        except KeyboardInterrupt:
            click.echo(f"stopped: {given['out']} is not written yet; run it again to go on where it was", err=True)
            raise
    return _told(done, given["out"], as_json)


def _since(since: str | None, out: Path) -> Path | None:
    """The earlier file; by a generation, the one that is to be replaced."""
    if since is None or not since.isdigit():
        return Path(since) if since else None
    generation = batch.generation_of(out)
    if generation != int(since):
        raise click.UsageError(f"--since {since}: {out} is of generation {generation or 'none'}; name that, or a file")
    return out


def _sight(settings: Settings, company: str | None) -> Sight:
    """What the file may show of who may move: nothing without the setting, and to a company nothing of its people."""
    own = (company or "").strip()
    return Sight(outlooks=settings.moves, companies=related(own, settings.company_groups) if own else ())


def _fitting(settings: Settings, memory: int, workers: int) -> int:
    """As many processes as are expected to have room; said where they are fewer."""
    if isinstance(settings.data, PoolUrl):
        return workers  # what a copy of it needs is seen when it is there
    fit = batch.room(memory, batch.Needs.of(settings.folder), workers)
    if fit < workers:
        click.echo(f"warning: there is room for {fit} of {workers} processes", err=True)
    return fit


def _engine(
    recommender: Recommender, engine: str, workers: int, address: str | None, memory: int | None
) -> batch.Engine:
    """Where it is worked out."""
    matcher_of = partial(_matcher, recommender.settings)
    if engine == "ray":
        return batch.Ray(matcher_of, address)
    if workers > 1:
        return batch.Workers(matcher_of, workers, memory)
    return batch.Here(batch.like(recommender.matcher), memory)


def _told(done: batch.Summary, out: Path, as_json: bool) -> int:
    """Say what became of a run; its exit status."""
    for query in done.unanswered:
        click.echo(f"rejected: {query.query_id}: {query.reason}", err=True)
    if as_json:
        print_json(done)
    else:
        click.echo(f"{done.matches} matches of {done.queries} queries written to {out}")
    return 0 if not done.rejected else 1 if done.queries else 2


def _queries(
    recommender: Recommender, profiles: Iterable[Path], requests: Iterable[Path]
) -> Iterator[Found | batch.InWords | Rejected]:
    """What the files hold, and what of it is no query, which is said on stderr too."""
    refused: list[Rejected] = []

    def say(what: Notice | Rejected) -> None:
        report(what)
        if isinstance(what, Rejected):
            refused.append(what)

    reader = Reader(recommender, say=say)
    for path in profiles:
        for found in reader.found_as_written(path):
            yield from refused
            refused.clear()
            yield found
    yield from refused
    for path in requests:
        for one in batch.read_requests(path):
            if isinstance(one, Rejected):
                report(one)
            yield one


def _matcher(settings: Settings, collection: Collection) -> Matcher:
    """The matcher of one worker process."""
    return Matcher(collection, Recommender(settings).profile_encoder)


COMMANDS = (match,)
