"""Commands of the audit log: `audit verify`, `audit show`; and how other commands add to it."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from recommender.audit import AuditLog, Deed, Entry, verified
from recommender.cli.common import data_option, json_option, print_json
from recommender.errors import AccessError
from recommender.pool_url import PoolPlace
from recommender.settings import Settings


def record(settings: Settings, did: Deed, ids: Sequence[str]) -> None:
    """Add what a command does to the log."""
    AuditLog(settings.access_folder).record(f"command line ({os.getuid()})", did, ids)


@click.group()
def audit() -> None:
    """Who read contact details, exported or deleted whom. It lies beside the pool's folder, and names nobody."""


@audit.command()
@click.option("--holds", metavar="HASH", help="A hash that was noted earlier: fail where no entry has it any more.")
@data_option
@json_option
def verify(holds: str | None, data: PoolPlace | None, as_json: bool) -> int:
    """Follow the chain from its first entry; name the line that breaks it. Note the last hash to notice a cut end."""
    path = AuditLog(Settings.load(data=data).access_folder).path
    count, last, found = 0, None, holds is None
    for last in verified(path):
        count += 1
        found = found or last.hash == holds
    if not found:
        raise AccessError(f"{path}: no entry has the hash {holds}: its end was cut off; compare with a copy of the log")
    if as_json:
        print_json({"entries": count, "last": last.hash if last else None})
    else:
        click.echo(f"{count} entries, the chain holds" + (f"; the last hash is {last.hash}" if last else ""))
    return 0


@audit.command()
@click.option("--whom", metavar="ID", help="Only what was done with this person.")
@click.option("--who", metavar="NAME", help="Only what was done with this key.")
@data_option
@json_option
def show(whom: str | None, who: str | None, data: PoolPlace | None, as_json: bool) -> int:
    """Print the entries, oldest first."""
    log = AuditLog(Settings.load(data=data).access_folder)
    person = log.person(whom) if whom is not None else None
    for entry in verified(log.path):
        if (whom is None or person in entry.whom) and who in (None, entry.who):
            print_json(entry) if as_json else click.echo(_line(entry))
    return 0


def _line(entry: Entry) -> str:
    people = ", ".join(entry.whom[:3]) + (f" and {len(entry.whom) - 3} more" if len(entry.whom) > 3 else "")
    request = f" (request {entry.request})" if entry.request else ""
    return f"{entry.at:%Y-%m-%d %H:%M:%S} {entry.who} {entry.did}: {people}{request}"


COMMANDS = (audit,)
