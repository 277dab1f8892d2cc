"""Comparing in a real browser: from the featured person in three clicks, on a telephone, without scripts, in print."""

from __future__ import annotations

from pathlib import Path

from tests.service.browser import (
    BROWSER,
    PHONE,
    SMALL,
    Tab,
    click,
    coloured,
    driven,
    press,
    scripted,
    sized,
    until,
    violations,
    visit,
)

pytestmark = BROWSER


def matched(tab: Tab, rank: int) -> str:
    """Whose the match of this rank is."""
    found: str = tab.run(f"document.querySelectorAll('.match [data-pick]')[{rank - 1}].value")
    return found


def compared(tab: Tab) -> list[str]:
    """Who stands side by side, once they do."""
    until(lambda: tab.run("location.pathname") == "/compare" and tab.run("document.readyState") == "complete")
    names: list[str] = tab.run("new URLSearchParams(location.search).getAll('id')")
    return names


def test_the_first_and_the_third_match_in_three_clicks(address: str, tmp_path: Path) -> None:
    with driven(tmp_path) as tab:
        visit(tab, address)
        chosen = [matched(tab, 1), matched(tab, 3)]
        click(tab, ".matches > li:nth-child(1) [data-pick]")
        click(tab, ".matches > li:nth-child(3) [data-pick]")
        click(tab, ".tray [data-several]")
        assert compared(tab) == chosen
        for scheme, size in (("light", (1280, 1000)), ("dark", (1280, 1000)), ("dark", PHONE), ("light", SMALL)):
            sized(tab, size)
            coloured(tab, scheme)
            assert violations(tab) == []
            assert tab.run("document.documentElement.scrollWidth") <= size[0]
        across = "new Set([...document.querySelectorAll('.beside')].map(e => e.getBoundingClientRect().x)).size"
        assert tab.run(across) == 1, "on a small telephone one stands below the other"
        sized(tab, (1280, 1000))
        assert tab.run(across) == 2
        tables = "[...document.querySelectorAll('table')].map(t => getComputedStyle(t).display)"
        assert set(tab.run(tables)) == {"table"}, "no other page's style is theirs"
        coloured(tab, "light", "print")
        hidden = "['.top', '.tray', '.beside-foot'].map(s => getComputedStyle(document.querySelector(s)).display)"
        assert tab.run(hidden) == ["none"] * 3
        coloured(tab, "light")
        # by keys alone: another is the first
        tab.run("document.querySelector('.beside-foot a[href*=compare]').focus()")
        press(tab, "Enter")
        until(lambda: len(compared(tab)) == 1 and tab.run("document.querySelector('.choice') !== null"))
        assert violations(tab) == []


def test_without_javascript_the_ticks_lead_there_too(address: str, tmp_path: Path) -> None:
    with driven(tmp_path) as tab:
        scripted(tab, on=False)
        sized(tab, PHONE)
        visit(tab, f"{address}/profiles/ada")
        chosen = [matched(tab, 1), matched(tab, 3)]
        click(tab, ".matches > li:nth-child(1) [data-pick]")
        click(tab, ".matches > li:nth-child(3) [data-pick]")
        click(tab, ".tray-plain button:not(.plain)")
        assert compared(tab) == chosen
        visit(tab, f"{address}/compare?id=ada")
        click(tab, ".choice-person:nth-of-type(2) input")
        click(tab, "main form button")
        until(lambda: len(compared(tab)) == 2)


def test_by_the_keyboard_alone(address: str, tmp_path: Path) -> None:
    with driven(tmp_path) as tab:
        visit(tab, f"{address}/profiles/ada?k=3")
        chosen = [matched(tab, 1), matched(tab, 3)]
        tab.run("document.querySelector('.match [data-pick]').focus()")
        press(tab, " ")
        until(lambda: _goes_on_to(tab, f"[data-pick][value={chosen[1]}]"))
        press(tab, " ")
        until(lambda: _goes_on_to(tab, ".tray [data-several]"))
        press(tab, "Enter")
        assert compared(tab) == chosen


def _goes_on_to(tab: Tab, selector: str) -> bool:
    """Press Tab once; whether that is what has the focus now."""
    press(tab, "Tab")
    found: bool = tab.run(f"document.activeElement.matches({selector!r})")
    return found
