"""Commands that change or care for a pool."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from recommender import collection
from recommender.audit import Deed
from recommender.cli.audit import record
from recommender.cli.common import (
    PoolParam,
    Reader,
    as_of_option,
    data_option,
    existing,
    format_option,
    json_option,
    map_option,
    opened,
    paths_argument,
    print_json,
    progress_bar,
    status,
    stoppable,
)
from recommender.collection.copying import QUESTIONS, copy_into
from recommender.encoding import cores
from recommender.encoding.titles.groups import groups_of
from recommender.errors import ProfileNotFound
from recommender.pool_url import PoolPlace, PoolUrl
from recommender.settings import Settings
from recommender.storing import Totals

#: Processes that encode where none is said: each takes some 400 MB.
MOST_WORKERS = 8


@click.command()
@paths_argument
@data_option
@format_option
@map_option
@as_of_option
@click.option(
    "--vectors", type=click.Path(path_type=Path, exists=True), help="Embeddings written by `recommender encode`."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(cores(), MOST_WORKERS),
    show_default=f"a core each, {MOST_WORKERS} at most",
    help="Processes that encode, each with a model of its own in memory.",
)
@json_option
def ingest(
    paths: tuple[Path, ...],
    data: PoolPlace | None,
    form: str | None,
    columns: tuple[str, ...],
    as_of: str | None,
    vectors: Path | None,
    workers: int,
    as_json: bool,
) -> int:
    """Read, encode and store profiles; safe to interrupt and to run again.

    A profile with the id of a stored one replaces it; of two with one id in the same run the second is refused. One
    that states no id is known by its file's name, below the folder given. What is reported as stored is durable.
    """
    with stoppable(), opened(data, vectors) as recommender:
        reader = Reader(recommender, form, columns=columns, as_of=as_of)
        done = Totals(0, 0, 0)
        with progress_bar("profiles") as bar:
            task = bar.add_task("ingesting", total=None)
            try:
                for done in recommender.ingest(reader.found(paths), reader.report, workers):
                    bar.update(task, completed=sum(done))
            except BaseException:
                click.echo(f"stopped: {done.written} stored and {done.unchanged} unchanged until then", err=True)
                raise
    if as_json:
        print_json({"stored": done.written, "unchanged": done.unchanged, "rejected": reader.rejected})
    else:
        click.echo(f"{done.written} stored, {done.unchanged} unchanged, {reader.rejected} rejected")
    return status(done.written + done.unchanged, reader.rejected)


@click.command()
@click.argument("ids", nargs=-1, required=True)
@data_option
def delete(ids: tuple[str, ...], data: PoolPlace | None) -> int:
    """Take profiles out of the pool; `compact` then leaves no byte of them on disk."""
    with existing(data) as recommender:
        with recommender.collection.view() as view:
            record(recommender.settings, Deed.DELETED, [one for one in dict.fromkeys(ids) if _is_held(view, one)])
        gone = set(recommender.collection.delete(ids))
    for missing in (i for i in ids if i not in gone):
        click.echo(f"rejected: {missing}: no profile with this id", err=True)
    click.echo(f"{len(gone)} deleted")
    return 0 if len(gone) == len(set(ids)) else 1 if gone else 2


def _is_held(view: collection.View, profile_id: str) -> bool:
    try:
        return view.row(profile_id) >= 0
    except ProfileNotFound:
        return False


@click.command()
@data_option
def compact(data: PoolPlace | None) -> int:
    """Leave no byte of what was deleted or replaced in the pool's folder, and give back the room."""
    with existing(data) as recommender:
        done = recommender.collection.compact()
    click.echo(f"{done.profiles} profiles, {done.bytes_before} bytes before, {done.bytes_after} after")
    for beyond in done.beyond:
        click.echo(f"not reached: {beyond}", err=True)
    return 0


@click.command()
@data_option
def refresh(data: PoolPlace | None) -> int:
    """Bring everybody up where a newer version derives facts or keeps numbers otherwise; nothing is encoded."""
    with existing(data) as recommender:
        done = recommender.refresh()
    click.echo(f"{done} profiles refreshed")
    return 0


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@data_option
def backup(folder: Path, data: PoolPlace | None) -> int:
    """Copy the pool, as it is at one moment, into a new FOLDER, while it is read and written on."""
    with existing(data) as recommender:
        done = recommender.collection.backup(folder)
    click.echo(f"{done.profiles} profiles of generation {done.generation} in {folder}")
    return 0


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@data_option
def restore(folder: Path, data: PoolPlace | None) -> int:
    """Put the backup in FOLDER back as a new pool; its checksum is verified first."""
    target = Settings.load(data=data).data
    done = collection.restore(folder, target)
    click.echo(f"{done.profiles} profiles of generation {done.generation} in {target}")
    return 0


@click.command()
@data_option
@json_option
@click.option("--repair", is_flag=True, help="First put back damaged profiles of which the derived files hold a copy.")
@click.option("--discard", is_flag=True, help="With --repair: take out damaged profiles that nothing holds a copy of.")
def check(data: PoolPlace | None, as_json: bool, repair: bool, discard: bool) -> int:
    """Look for damage: every checksum and cross-reference of the pool, and what to do about each finding."""
    if discard and not repair:
        raise click.UsageError("--discard goes with --repair")
    if repair:
        _repair(data, discard)
    # not opened: a damaged pool might refuse, and that is when this is asked
    findings = collection.check(Settings.load(data=data).data)
    for finding in findings:
        if as_json:
            print_json(finding)
        else:
            click.echo(f"{finding.place}: {finding.problem}; {finding.fix}")
    if not findings and not as_json:
        click.echo("nothing is wrong")
    return 1 if findings else 0


def _repair(data: PoolPlace | None, discard: bool) -> None:
    with existing(data) as recommender:
        done = recommender.collection.repair(discard=discard)
        record(recommender.settings, Deed.DELETED, [one.profile_id for one in done.beyond if discard])
    for profile_id in done.restored:
        click.echo(f"put back: {profile_id}", err=True)
    for damaged in done.beyond if discard else ():
        click.echo(f"taken out: {damaged.profile_id} (number {damaged.seq}): {damaged.problem}", err=True)


@click.command()
@click.argument("profile_id", metavar="ID")
@data_option
def export(profile_id: str, data: PoolPlace | None) -> int:
    """Print, as JSON, all that the pool holds on one person."""
    with existing(data) as recommender:
        everything = recommender.collection.export(profile_id)
        record(recommender.settings, Deed.EXPORTED, [profile_id])
        print_json(everything)
    return 0


@click.command("map")
@data_option
def lay_out(data: PoolPlace | None) -> int:
    """Work out where people are on the map of the pages, and keep that with the pool.

    The service does so by itself when the map is first opened; of a hundred thousand people it takes minutes.
    """
    with existing(data) as recommender:
        placed = recommender.collection.lay_out(groups_of)
    click.echo("the map is kept with the pool" if placed else "nobody to place; ingest somebody first")
    return 0


@click.command()
@click.argument("source", type=PoolParam())
@click.argument("target", type=PoolParam())
def copy(source: PoolPlace, target: PoolPlace) -> int:
    """Copy the pool SOURCE into TARGET, each a folder or a URL, without encoding; both are compared at the end.

    Run again after an interruption, it goes on where it was; what has changed in SOURCE meanwhile follows.
    """
    with (
        stoppable(),
        closing(collection.open_collection(source)) as held,
        closing(collection.open_collection(target, create=True)) as pool,
        progress_bar("profiles") as bar,
    ):
        task = bar.add_task("copying", total=None)
        with held.view() as view:
            done, many = copy_into(view, pool, lambda at, of: bar.update(task, completed=at, total=of)), len(view)
        if done:
            pool.seal()
    click.echo(f"{done} copied, {many - done} there already; all {many} are the same, and so are {QUESTIONS} answers")
    return 0


@click.command()
@click.argument("url", type=PoolParam())
@click.argument("nodes", nargs=-1, required=True, type=PoolParam())
def spread(url: PoolPlace, nodes: tuple[PoolPlace, ...]) -> int:
    """Have the profiles of a new pool at URL lie on other PostgreSQL servers, an equal share on each of NODES."""
    collection.spread(url, [node for node in nodes if isinstance(node, PoolUrl)])
    click.echo(f"the profiles of {url} lie on {len(nodes)} servers; fill it with `recommender ingest` or `copy`")
    return 0


COMMANDS = (lay_out, ingest, delete, compact, copy, spread, refresh, backup, restore, check, export)
