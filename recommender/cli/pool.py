"""Commands that change or care for a pool."""

from __future__ import annotations

from pathlib import Path

import click

from recommender.cli.common import (
    Reader,
    data_option,
    existing,
    format_option,
    json_option,
    opened,
    paths_argument,
    print_json,
    progress_bar,
)


@click.command()
@paths_argument
@data_option
@format_option
@click.option(
    "--vectors", type=click.Path(path_type=Path, exists=True), help="Embeddings written by `recommender encode`."
)
@json_option
def ingest(paths: tuple[Path, ...], data: Path | None, form: str | None, vectors: Path | None, as_json: bool) -> int:
    """Read, encode and store profiles; safe to interrupt and to run again.

    A profile with the id of a stored one replaces it. What is reported as stored is durable.
    """
    with opened(data, vectors) as recommender:
        reader = Reader(recommender.vocabulary, form)
        written, unchanged = 0, 0
        with progress_bar("profiles") as bar:
            task = bar.add_task("ingesting", total=None)
            for written, unchanged in recommender.ingest(reader.profiles(paths)):
                bar.update(task, completed=written + unchanged)
    if as_json:
        print_json({"stored": written, "unchanged": unchanged, "rejected": reader.rejected})
    else:
        click.echo(f"{written} stored, {unchanged} unchanged, {reader.rejected} rejected")
    return reader.status


@click.command()
@click.argument("ids", nargs=-1, required=True)
@data_option
def delete(ids: tuple[str, ...], data: Path | None) -> int:
    """Take profiles out of the pool; `compact` then leaves no byte of them on disk."""
    with existing(data) as recommender:
        gone = set(recommender.collection.delete(ids))
    for missing in (i for i in ids if i not in gone):
        click.echo(f"rejected: {missing}: no profile with this id", err=True)
    click.echo(f"{len(gone)} deleted")
    return 0 if len(gone) == len(set(ids)) else 1 if gone else 2


COMMANDS = (ingest, delete)
