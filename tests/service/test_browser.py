"""The pages in a real browser, against a real server on this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from recommender.service import create_app
from recommender.settings import Settings
from tests.service.people import POOL, Rooms

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=5000"),
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings.load(data=tmp_path_factory.mktemp("browser") / "pool")
    with Rooms(settings) as rooms:
        list(rooms.ingest(POOL))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings, Rooms), log_level="error", lifespan="on", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def drawn(url: str, folder: Path) -> tuple[str, str]:
    """The document after its scripts ran, and what the browser complained of."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder}", "--enable-logging=stderr", "--dump-dom", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    complaints = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    return done.stdout, "\n".join(complaints)


def test_the_featured_page_ends_in_the_headline_and_the_matches(address: str, tmp_path: Path) -> None:
    page, complaints = drawn(address, tmp_path)
    assert "100+ more professionals with Distributed Systems &amp; Platform Infrastructure" in page
    assert page.count('class="card match"') == 10
    assert 'class="filters auto"' in page, "the script ran"
    assert complaints == "", "nothing was blocked or missing"


def test_the_api_page_draws_itself_without_a_network(address: str, tmp_path: Path) -> None:
    page, complaints = drawn(f"{address}/docs", tmp_path)
    assert "/v1/profiles/{profile_id}/similar" in page.replace("<wbr>", "").replace("\u200b", "")
    assert complaints == ""
