"""The pages in a real browser, against a real server on this machine."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from websockets.sync.client import ClientConnection, connect

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


class Tab:
    """A tab of a browser, driven over the DevTools protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.sent = socket, 0

    def ask(self, method: str, **parameters: Any) -> Any:
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=60))
            if message.get("id") == self.sent:
                return message["result"]

    def run(self, script: str) -> Any:
        return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")


@contextmanager
def driven(folder: Path) -> Iterator[Tab]:
    """A browser that stays open until the block ends."""
    command = [
        str(CHROMIUM),
        *FLAGS[:-1],
        "--window-size=1280,1000",
        f"--user-data-dir={folder}",
        "--remote-debugging-port=0",
        "about:blank",
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until((folder / "DevToolsActivePort").exists)
        port = until(lambda: (folder / "DevToolsActivePort").read_text().split("\n")[0])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=30) as answer:
            tabs = json.load(answer)
        address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
        with connect(address, max_size=None, open_timeout=60) as socket:
            yield Tab(socket)
    finally:
        process.terminate()
        process.wait(30)


def until(happened: Callable[[], Any]) -> Any:
    """What it gives once that is something; `AssertionError` after a minute."""
    for _ in range(600):
        if found := happened():
            return found
        time.sleep(0.1)
    raise AssertionError("waited a minute in vain")


def test_a_filter_applies_as_it_is_chosen_and_keeps_the_focus(address: str, tmp_path: Path) -> None:
    with driven(tmp_path) as tab:
        tab.ask("Page.navigate", url=f"{address}/profiles/ada")
        until(lambda: tab.run("document.querySelector('form.auto input[value=germany]') !== null"))
        tab.run("document.querySelector('input[value=germany]').click()")
        until(lambda: tab.run("location.search") == "?location=germany")
        until(lambda: tab.run("document.activeElement.value") == "germany")
        assert tab.run("document.querySelector('.tally strong').innerText") == "52"
        tab.run("document.querySelector('.chosen a').click()")
        until(lambda: tab.run("location.search") == "" and tab.run("document.readyState") == "complete")
        assert tab.run("document.querySelector('.tally strong').innerText") == "108"


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
