"""Commands of keys to the service: `keys create`, `list`, `revoke`."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, time, timedelta

import click

from recommender.cli.common import data_option, json_option, print_json, status
from recommender.keys import Key, KeyFile, Scope
from recommender.pool_url import PoolPlace
from recommender.settings import Settings

_PERIOD = re.compile(r"(\d{1,5})([dh])")


def _moment(ctx: click.Context, option: click.Parameter, given: str | None) -> datetime | None:
    """The moment that is meant: a date's end, a date with a time, or a period from now, all in UTC."""
    if given is None:
        return None
    now = datetime.now(UTC)
    try:
        if found := _PERIOD.fullmatch(given):
            moment = now + timedelta(hours=int(found[1]) * (24 if found[2] == "d" else 1))
        else:
            moment = datetime.fromisoformat(given)
            moment = datetime.combine(moment, time.max) if len(given) == len("2027-01-31") else moment
            moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{given!r} is no moment; give 2027-01-31, 2027-01-31T18:00, 90d or 12h") from error
    if moment <= now:
        raise click.BadParameter(f"{given} is over; give a moment that is to come")
    return moment


def _scopes(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> frozenset[Scope]:
    """All that are named, each time one or several."""
    names = [name.strip() for text in given for name in text.split(",")]
    if wrong := [name for name in names if name not in set(Scope)]:
        raise click.BadParameter(f"{wrong[0]!r} is no scope; give some of {', '.join(Scope)}")
    return frozenset(map(Scope, names))


@click.group()
def keys() -> None:
    """Keys to the service. They lie beside the pool's folder, as hashes; what is changed is so at once."""


@keys.command()
@click.option(
    "--scope",
    "scopes",
    callback=_scopes,
    multiple=True,
    required=True,
    help=f"What it is good for: {', '.join(Scope)}; several with commas between, or the option again.",
)
@click.option("--name", help="How logs call it [default: by its id].")
@click.option("--company", help="Whom it is given to; who of theirs may move is kept from it.")
@click.option("--expires", callback=_moment, help="Until when it is good: 2027-01-31 (its end, UTC), 90d, 12h.")
@data_option
@json_option
def create(
    scopes: frozenset[Scope],
    name: str | None,
    company: str | None,
    expires: datetime | None,
    data: PoolPlace | None,
    as_json: bool,
) -> int:
    """Make a key and print it: this once, since a hash of it is all that is kept."""
    if name is not None and not re.fullmatch(r"[\w.@-]{1,64}", name):
        raise click.BadParameter("up to 64 letters, digits and . _ @ -", param_hint="--name")
    if Scope.MOVES in scopes and not (company or "").strip():
        raise click.UsageError(
            "the scope moves needs --company: of its own people nobody may see who is likely to move"
        )
    key, text = _file(data).create(scopes, datetime.now(UTC), name, company, expires)
    if as_json:
        print_json({"key": text, **_shown(key)})
    else:
        click.echo(text)
        if sys.stdout.isatty():
            click.echo(f"{_line(key)}; it is not shown again", err=True)
    return 0


@keys.command("list")
@data_option
@json_option
def list_keys(data: PoolPlace | None, as_json: bool) -> int:
    """Every key there is or was, by name; none of them can be shown."""
    for key in _file(data).listing():
        if as_json:
            print_json(_shown(key))
        else:
            click.echo(_line(key))
    return 0


@keys.command()
@click.argument("names", metavar="NAME|ID...", nargs=-1, required=True)
@data_option
def revoke(names: tuple[str, ...], data: PoolPlace | None) -> int:
    """Take keys back, and end the sessions that were opened with them."""
    file, done = _file(data), 0
    for name in names:
        if file.revoke(name, datetime.now(UTC)):
            done += 1
        else:
            click.echo(f"rejected: {name}: no key of this name or id that is not revoked already", err=True)
    click.echo(f"{done} revoked")
    return status(done, len(names) - done)


def _file(data: PoolPlace | None) -> KeyFile:
    return KeyFile(Settings.load(data=data).access_folder)


def _state(key: Key) -> str:
    if key.revoked:
        return "revoked"
    return "good" if key.is_good(datetime.now(UTC)) else "expired"


def _shown(key: Key) -> dict[str, object]:
    held = {name: getattr(key, name) for name in ("id", "name", "company", "created", "expires", "revoked")}
    return {**held, "scopes": sorted(key.scopes), "state": _state(key)}


def _line(key: Key) -> str:
    parts = [f"{key.name} ({key.id})", " ".join(sorted(key.scopes)), _state(key)]
    parts += [f"for {key.company}"] if key.company else []
    parts += [f"until {key.expires:%Y-%m-%d %H:%M} UTC"] if key.expires else []
    return ", ".join(parts)


COMMANDS = (keys,)
