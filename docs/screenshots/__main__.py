"""Take a picture of every page over the sample pool: `python -m docs.screenshots`, or `make screenshots`.

Each page is taken on a desktop, on a telephone and in dark colours, into this folder. It needs Debian's chromium.
"""

from __future__ import annotations

import base64
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from docs.screenshots.pages import PAGES, Shot
from recommender.cli import main as recommender
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.browser import DESKTOP, PHONE, Tab, coloured, driven, listening, sized, until, visit

FOLDER = Path(__file__).parent
#: How each page is taken: the end of its file's name → the window and the colours.
WAYS = {"desktop": (DESKTOP, "light"), "phone": (PHONE, "light"), "dark": (DESKTOP, "dark")}
#: How much is left of what was there, in percent: small, and letters are still sharp.
QUALITY = 72


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="A pool of the sample people [default: a new one].")
@click.argument("names", nargs=-1)
def screenshots(data: Path | None, names: tuple[str, ...]) -> None:
    """Take the pages of these NAMES, or all of them."""
    wanted = {name: shot for name, shot in PAGES.items() if name in names or not names}
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        _pool(data, Path(folder)) as pool,
        listening(create_app(Settings.load(data=pool, access_log=False))) as address,
        driven(Path(folder) / "browser") as tab,
    ):
        for name, shot in wanted.items():
            for way in WAYS:
                taken = _taken(tab, address, shot, way)
                (FOLDER / f"{name}-{way}.webp").write_bytes(taken)
                click.echo(f"{name}-{way}.webp: {len(taken) // 1000} kB")


@contextmanager
def _pool(data: Path | None, folder: Path) -> Iterator[Path]:
    """The pool given, or a new one of the sample people."""
    if data is None:
        try:
            recommender(["demo", "--ingest-only", "--data", str(folder / "pool")])
        except SystemExit as ended:
            if ended.code:
                raise
    yield data or folder / "pool"


def _taken(tab: Tab, address: str, shot: Shot, way: str) -> bytes:
    window, scheme = WAYS[way]
    sized(tab, window)
    coloured(tab, scheme)
    visit(tab, address + "/profiles")
    tab.run("localStorage.clear()")
    visit(tab, address + shot.path)
    if shot.script:
        tab.run(shot.script)
    until(lambda: tab.run(f"document.readyState === 'complete' && !!document.querySelector({_either(shot)!r})"))
    if tab.run("document.querySelector('main .status') !== null"):
        raise click.ClickException(f"{shot.path}: {tab.run('document.title')}; a page of a problem is not to be shown")
    time.sleep(0.5)  # what fades in has done so
    found = tab.ask("Page.captureScreenshot", format="webp", quality=QUALITY)
    return base64.b64decode(found["data"])


def _either(shot: Shot) -> str:
    """What is on the page that is wanted, or on that of a problem."""
    return f"{shot.there}, main .status"


if __name__ == "__main__":
    screenshots()
