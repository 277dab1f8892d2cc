"""The map in a real browser: drawn, moved, filtered, read by keys; and its words without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.browser import BROWSER, Tab, driven, until, violations, visit

pytestmark = BROWSER

CANVAS = "document.querySelector('canvas')"


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with driven(tmp_path) as opened:
        yield opened


def drawn(tab: Tab, url: str) -> None:
    visit(tab, url)
    until(lambda: tab.run(f"{CANVAS}.dataset.drawn?.split(' ')[0]") == "109")
    until(lambda: tab.run("document.querySelector('.areas') !== null"))


def press(tab: Tab, key: str, code: int, text: str = "") -> None:
    for kind in ("keyDown", "keyUp"):
        tab.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, text=text)


def inked(tab: Tab) -> int:
    """How many pixels of the canvas are drawn on."""
    script = (
        f"(() => {{ const c = {CANVAS}; return c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".filter((v, i) => i % 4 === 3 && v).length; })()"
    )
    return int(tab.run(script))


def test_the_map_is_drawn_filtered_and_read_by_keys(address: str, tab: Tab) -> None:
    drawn(tab, f"{address}/map")
    assert inked(tab) > 100
    assert violations(tab) == []
    tab.run("document.querySelector('input[value=germany]').click()")
    until(lambda: tab.run("document.querySelector('.tally').innerText").startswith("52 of 109 people qualify"))
    assert tab.run("location.search") == "?country=germany"
    assert violations(tab) == []
    tab.run(f"{CANVAS}.focus()")
    press(tab, "n", 78, "n")
    until(lambda: tab.run("document.querySelector('.plane-said').textContent.includes('Platform Engineer')"))
    assert tab.run("document.querySelector('.plane-tip').hidden") is False
    press(tab, "Enter", 13, "\r")
    until(lambda: "/profiles/eng-" in tab.run("location.href"))


def test_the_overview_opens_lists_in_light_dark_and_on_a_phone(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/overview")
    assert violations(tab) == []
    tab.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    tab.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    assert violations(tab) == []
    assert tab.run("document.documentElement.scrollWidth") == 390
    tab.run("document.querySelector('#countries .bars a').click()")
    until(lambda: tab.run("location.search") == "?country=united+states")
    until(lambda: (tab.run("document.querySelector('.tally')?.innerText") or "").startswith("53 people"))


def test_zooming_and_moving_and_back(address: str, tab: Tab) -> None:
    drawn(tab, f"{address}/map")
    before = tab.run(f"{CANVAS}.toDataURL()")
    tab.run("document.querySelector('[data-zoom=\"1.5\"]').click()")
    until(lambda: tab.run(f"{CANVAS}.toDataURL()") != before)
    zoomed = tab.run(f"{CANVAS}.toDataURL()")
    tab.run(f"{CANVAS}.focus()")
    press(tab, "ArrowLeft", 37)
    until(lambda: tab.run(f"{CANVAS}.toDataURL()") != zoomed)
    press(tab, "0", 48, "0")
    until(lambda: tab.run(f"{CANVAS}.toDataURL()") == before)


def test_a_neighbourhood_and_the_shortlist_are_marked(address: str, tab: Tab) -> None:
    drawn(tab, f"{address}/map?near=nurse-1")
    assert "Nearest to Sam Wardwell 1" in tab.run("document.body.innerText")
    assert violations(tab) == []
    plain = tab.run(f"{CANVAS}.toDataURL()")
    assert tab.run("document.querySelector('.shortlisted').hidden") is True
    tab.run("shortlist.add([{id: 'nurse-1', name: 'Sam Wardwell 1'}])")
    drawn(tab, f"{address}/map?near=nurse-1")
    until(lambda: tab.run("document.querySelector('.shortlisted').hidden") is False)
    until(lambda: tab.run(f"{CANVAS}.toDataURL()") != plain)


def test_pointing_tells_and_clicking_opens(address: str, tab: Tab) -> None:
    drawn(tab, f"{address}/map?near=ada")
    place = json.loads(tab.run(f"JSON.stringify({CANVAS}.getBoundingClientRect())"))
    middle = {"x": place["x"] + place["width"] / 2, "y": place["y"] + place["height"] / 2}
    tab.ask("Input.dispatchMouseEvent", type="mouseMoved", **middle)
    until(lambda: "Ada Quill" in (tab.run("document.querySelector('.plane-tip').innerText") or ""))
    for kind in ("mousePressed", "mouseReleased"):
        tab.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **middle)
    until(lambda: tab.run("location.pathname") == "/profiles/ada")


def test_on_a_phone_and_in_words_without_javascript(address: str, tab: Tab) -> None:
    drawn(tab, f"{address}/map")
    tab.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    assert tab.run("document.documentElement.scrollWidth") == 390
    assert violations(tab) == []
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    visit(tab, f"{address}/map?country=germany&by=seniority&near=ada")
    text = tab.run("document.querySelector('main').innerText")
    assert "52 of 109 people qualify" in text
    assert "Drawing the map needs JavaScript" in text
    assert "Nearest to Ada Quill" in text
    assert "What is where" in text
    assert tab.run("document.documentElement.scrollWidth") == 390
