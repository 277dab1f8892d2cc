"""The picture of a career in a real browser: what is pointed at is said, links lead to roles, it fits a telephone."""

from __future__ import annotations

from pathlib import Path

from tests.service.browser import BROWSER, PHONE, coloured, driven, press, sized, until, violations, visit

pytestmark = BROWSER

NOW = "Engineering Manager, Content Platform at Northwind Streams · Mar 2021 – Present · 5 yrs · lead"


def test_roles_are_read_out_as_they_are_stepped_through_and_lead_to_their_text(address: str, tmp_path: Path) -> None:
    shown = (
        "[...document.querySelectorAll('.pointed')].filter(p => getComputedStyle(p).visibility === 'visible')"
        ".map(p => p.textContent).join()"
    )
    with driven(tmp_path) as tab:
        visit(tab, f"{address}/profiles/ada")
        assert tab.run(shown) == ""
        tab.run("document.querySelector('.hero [data-pick]').focus()")
        press(tab, "Tab")
        until(lambda: tab.run(shown))
        assert tab.run(shown) == NOW
        press(tab, "Enter")
        until(lambda: tab.run("location.hash") == "#roles-0")
        for scheme, size in (("dark", (1280, 1000)), ("light", PHONE), ("dark", PHONE)):
            sized(tab, size)
            coloured(tab, scheme)
            visit(tab, f"{address}/profiles/ada")
            tab.run("document.querySelector('.career-table').open = true")
            assert violations(tab) == []
            assert tab.run("document.querySelector('.career').getBoundingClientRect().right") <= size[0]
            assert tab.run("document.documentElement.scrollWidth") <= size[0]
        coloured(tab, "light", "print")
        shown = (
            "['.career', '.hero .jump', '.tray', '.pick'].map(s => getComputedStyle(document.querySelector(s)).display)"
        )
        assert tab.run(shown) == ["block", "none", "none", "none"]
