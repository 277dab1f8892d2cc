"""Commands that serve: `serve`, `demo`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click

from recommender.cli.common import Reader, data_option, progress_bar
from recommender.errors import FingerprintMismatch, SettingsError
from recommender.keys import KeyFile
from recommender.pool_url import PoolPlace
from recommender.reading import Notice, Rejected
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

host_option = click.option("--host", help="Address to listen on [default: 127.0.0.1].")
port_option = click.option("--port", type=int, help="Port to listen on, 0 for any free one [default: 8000].")
root_path_option = click.option("--root-path", metavar="PATH", help="Path that a proxy shows the service under.")
allowed_hosts_option = click.option(
    "--allowed-hosts", metavar="NAMES", help="Names it may be asked by, commas between [default: loopback and --host]."
)


@click.command()
@data_option
@host_option
@port_option
@root_path_option
@allowed_hosts_option
@click.option("--workers", type=int, help="Processes that serve together, on one port [default: 1].")
@click.option(
    "--warm", is_flag=True, default=None, help="Be ready when the model is loaded, so that no text waits for it."
)
def serve(**given: object) -> int:
    """Serve the pool: the pages at /, the interface under /v1, its description at /docs."""
    _serve(Settings.load(**given))
    return 0


@click.command()
@data_option
@host_option
@port_option
@click.option("--ingest-only", is_flag=True, help="Make the pool and stop.")
def demo(data: PoolPlace | None, host: str | None, port: int | None, ingest_only: bool) -> int:
    """Ingest the sample pool of fictional people, where that is not done yet, and serve it."""
    settings = Settings.load(data=data, host=host, port=port)
    if ingest_only:
        _ingest_sample(settings)
    else:
        _serve(settings, first=_ingest_sample)
    return 0


def _ingest_sample(settings: Settings) -> None:
    folder, heard = sample_folder(), list[Notice | Rejected]()
    sample = folder / "profiles.jsonl.gz"
    with Recommender(settings, folder / "vectors.npz") as recommender:
        profiles = list(Reader(recommender, say=heard.append).profiles([sample]))
        with progress_bar("profiles") as bar:
            task = bar.add_task("ingesting the sample pool", total=len(profiles))
            for stored in recommender.ingest(profiles):
                bar.update(task, completed=sum(stored))
    said = f"; {len(heard)} doubts about them, which `recommender read {_short(sample)}` lists" if heard else ""
    click.echo(f"{len(profiles)} fictional profiles in {settings.data}{said}", err=True)


def _short(path: Path) -> Path:
    """The path as it is typed here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _serve(settings: Settings, first: Callable[[Settings], None] = lambda _: None) -> None:
    """Serve, once `first` is done; a port that is taken is said before it."""
    # late: no other command needs a web server
    from recommender.service import create_app
    from recommender.service.asgi.server import listening, run
    from recommender.service.asgi.workers import run_workers

    with listening(settings) as sockets:
        _assert_closed(settings)
        first(settings)
        recommender = Recommender(settings)
        with recommender if settings.workers > 1 else nullcontext():  # each process opens the pool itself
            _ = (
                recommender.matcher
            )  # a pool or model that cannot be had is one line here, and a traceback in the server
            try:
                recommender.assert_made_alike()
            except FingerprintMismatch as mismatch:
                click.echo(f"warning: not ready: {mismatch}", err=True)
        if settings.workers > 1:
            run_workers(create_app, settings, sockets)
        else:
            run(create_app(settings, lambda _: recommender), settings, sockets)


def _assert_closed(settings: Settings) -> None:
    """Raise `SettingsError` where whoever reaches this machine could read and write; warn where a proxy may let in."""
    from recommender.service.access.admission import is_loopback

    keys, now = KeyFile(settings.access_folder).listing(), datetime.now(UTC)
    if not is_loopback(settings.host) and not any(key.is_good(now) for key in keys):
        raise SettingsError(
            f"setting host: {settings.host!r} is open to other machines, and there is no key yet; "
            "make one with `recommender keys create`, or serve on 127.0.0.1"
        )
    if not keys and (settings.allowed_hosts or settings.trusted_proxies):
        message = "no key is needed by whom a proxy lets in; make one with `recommender keys create`"
        click.echo(f"warning: {message}", err=True)


COMMANDS = (serve, demo)
