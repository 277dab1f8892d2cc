"""`recommender duplicates`: who is in the pool more than once, and linking what is of one person."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import click

from recommender.cli.common import data_option, existing, json_option, print_json, progress_bar, stoppable
from recommender.duplicates import Person
from recommender.wiring import Recommender


@click.command()
@data_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write a row for every pair, with its reasons, to a file that ends in .jsonl or .parquet.",
)
@click.option("--apply", "is_applied", is_flag=True, help="Link what is found: a person takes one place from then on.")
@click.option("--again", "is_again", is_flag=True, help="Find, and link, those too that were unlinked before.")
@click.option("--unlink", "unlinked", metavar="ID", multiple=True, help="Give this profile a place of its own again.")
@json_option
def duplicates(
    data: Path | None, out: Path | None, is_applied: bool, is_again: bool, unlinked: tuple[str, ...], as_json: bool
) -> int:
    """Find profiles that are of the same person, say why, and link them with --apply.

    Evidence is shared text, jobs, schools, contact details and names; a name alone is never enough. A person whose
    profiles are linked counts once, by the newest and fullest of them; the others stay, found by their ids. With
    --unlink, which may be given several times, nothing is looked for; that a profile is not of the person it was linked
    with is remembered, and neither found nor linked from then on, but with --again.
    """
    if unlinked:
        if out or is_applied or is_again:
            raise click.UsageError("--unlink goes with neither --out, --apply nor --again")
        return _unlink(data, unlinked)
    if out:
        _table().check_name(out)
    with stoppable(), existing(data) as recommender:
        people = _found(recommender, is_again)
        if out:
            _table().write(out, people)
        if is_applied:
            recommender.collection.link((person.profile_ids for person in people), again=is_again)
    for person in people:
        if as_json:
            print_json(person)
        elif not out:
            click.echo("\n".join(_lines(person)))
    if not as_json:
        profiles = sum(len(person.profile_ids) for person in people)
        click.echo(f"{len(people)} people with {profiles} profiles{', linked' if is_applied else ''}")
    return 0


def _table() -> ModuleType:
    """What writes files: it loads Arrow, which the other commands need not wait for."""
    from recommender.duplicates import table

    return table


def _found(recommender: Recommender, again: bool) -> list[Person]:
    with progress_bar("profiles") as bar:
        task = bar.add_task("comparing", total=recommender.count())
        return recommender.duplicates(lambda done: bar.update(task, completed=done), again=again)


def _lines(person: Person) -> list[str]:
    first, *others = person.profile_ids
    lines = [f"{first}: {', '.join(others)}"]
    for pair in person.pairs:
        lines.append(f"  {pair.left} and {pair.right}, {pair.score:.2f}:")
        lines += [f"    {one.points:+.2f} {one.text}" for one in pair.evidence]
    return lines


def _unlink(data: Path | None, ids: tuple[str, ...]) -> int:
    with existing(data) as recommender:
        done = recommender.collection.unlink(ids)
    for one in dict.fromkeys(ids):
        if one not in done:
            click.echo(f"rejected: {one}: no profile that is linked has this id", err=True)
    click.echo(f"{len(done)} unlinked")
    return 0 if len(done) == len(set(ids)) else 1 if done else 2


COMMANDS = (duplicates,)
