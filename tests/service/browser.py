"""A real browser on a real server of this machine: Debian's chromium, driven over the DevTools protocol."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
import uvicorn
from fastapi import FastAPI
from websockets.sync.client import ClientConnection, connect

from recommender.profile import Profile
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.people import POOL, Rooms

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=5000"),
)

#: What a module of tests that open a browser is marked with.
BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: apt-get install chromium"),
]


@contextmanager
def served(data: Path, people: Sequence[Profile] = POOL) -> Iterator[str]:
    """The address of a server over a new pool of these people in this folder."""
    settings = Settings.load(data=data)
    with Rooms(settings) as rooms:
        list(rooms.ingest(people))
    with listening(create_app(settings, Rooms)) as address:
        yield address


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The address of a server of this application, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on", ws="none"))
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


class BrowserError(Exception):
    """What the browser says it could not do."""


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
                if "error" in message:
                    raise BrowserError(message["error"]["message"])
                return message["result"]

    def run(self, script: str) -> Any:
        for left in reversed(range(20)):
            try:
                return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")
            except BrowserError as error:  # the page that was there went, and the next is not there yet
                if "context" not in str(error) or not left:
                    raise
                time.sleep(0.1)
        raise AssertionError("not reached")


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
    """What it gives once that is something; `AssertionError` after a minute.

    A page that goes while it is asked has no answer yet.
    """
    for _ in range(600):
        try:
            if found := happened():
                return found
        except BrowserError as error:
            if "navigated" not in str(error):
                raise
        time.sleep(0.1)
    raise AssertionError("waited a minute in vain")


def violations(tab: Tab) -> list[str]:
    """What axe finds wrong on the page that is open: each rule with the first element that breaks it."""
    axe = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
    tab.run(axe)
    found = tab.ask("Runtime.evaluate", expression="axe.run()", awaitPromise=True, returnByValue=True)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["result"]["value"]["violations"]]


def visit(tab: Tab, url: str) -> None:
    """Open an address and wait until it is there."""
    tab.run("window.before = true")
    tab.ask("Page.navigate", url=url)
    until(lambda: tab.run("!window.before && document.readyState") == "complete")


def loaded(tab: Tab) -> None:
    """Wait until the page that is open is there as a whole."""
    until(lambda: tab.run("document.readyState") == "complete")


@contextmanager
def beside(tab: Tab, url: str) -> Iterator[Tab]:
    """Another tab of the same browser, on this page, until the block ends."""
    target = tab.ask("Target.createTarget", url=url)["targetId"]
    port = tab.socket.remote_address[1]
    with connect(f"ws://127.0.0.1:{port}/devtools/page/{target}", max_size=None, open_timeout=60) as socket:
        other = Tab(socket)
        until(lambda: other.run("document.readyState") == "complete" and other.run("location.href") == url)
        yield other
        tab.ask("Target.closeTarget", targetId=target)


#: Widths and heights that pages are looked at in.
DESKTOP, PHONE, SMALL = (1280, 1000), (390, 844), (320, 640)


def sized(tab: Tab, size: tuple[int, int]) -> None:
    """Show pages in a window of this size from now on; a narrow one is a telephone's."""
    width, height = size
    tab.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)


def coloured(tab: Tab, scheme: str, medium: str = "") -> None:
    """Show pages "light" or "dark" from now on, on a screen or in "print"."""
    tab.ask("Emulation.setEmulatedMedia", media=medium, features=[{"name": "prefers-color-scheme", "value": scheme}])


def scripted(tab: Tab, *, on: bool) -> None:
    """Whether pages that are opened from now on run their scripts."""
    tab.ask("Emulation.setScriptExecutionDisabled", value=not on)


def press(tab: Tab, key: str) -> None:
    """Press a key and let it go: "Tab", "Enter", " ", a letter."""
    text = {"Enter": "\r", "Tab": ""}.get(key, key if len(key) == 1 else "")
    codes = {"Enter": 13, "Tab": 9, " ": 32, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38}
    given = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper()))}
    tab.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **given)
    tab.ask("Input.dispatchKeyEvent", type="keyUp", **given)


def click(tab: Tab, selector: str) -> None:
    """Click in the middle of the first element that this selects, with the mouse; works where scripts do not."""
    loaded(tab)
    place = f"""(e => {{
        e.scrollIntoView({{block: 'center', behavior: 'instant'}});
        const b = e.getBoundingClientRect(), at = [b.x + b.width / 2, b.y + b.height / 2];
        return e.contains(document.elementFromPoint(...at)) ? at : null;
    }})(document.querySelector({json.dumps(selector)}))"""
    last = None
    for _ in range(600):
        box = tab.run(place)
        if box is not None and box == last:
            break  # a page that still goes to its anchor moves away from under the mouse
        last = box
        time.sleep(0.1)
    else:
        raise AssertionError(f"{selector} never came to rest where it can be clicked")
    for kind in ("mousePressed", "mouseReleased"):
        tab.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
