"""Every page, and every state that one is in, on a desktop in light colours and on a telephone in dark ones.

Axe finds nothing wrong, and nothing is wider than the window.
"""

from __future__ import annotations

from typing import Any

import pytest
from starlette.routing import Route

from recommender.service.routes.pages import PAGES
from tests.service.browser import (
    BROWSER,
    DESKTOP,
    PHONE,
    Tab,
    coloured,
    sized,
    until,
    violations,
    visit,
)

pytestmark = BROWSER

_ASK = (
    "document.querySelector('#text').value = {text!r};"
    " for (const kind of document.querySelectorAll('[name=kind]')) kind.checked = kind.value === {kind!r};"
    " document.querySelector('#text').form.requestSubmit()"
)
_TICK = "[...document.querySelectorAll('[data-pick]')].slice(0, 3).forEach(tick => tick.checked || tick.click())"
_UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
_RESUME = (
    "Liv Berg\nBaker\nOslo, Norway\n\nExperience\nBaker, Kvern Bakery, 2015 - 2020\n- Baked bread.\n\nSkills\nBaking"
)

#: Each state: where it is, what is done there, and a selector of what is there then.
STATES: dict[str, tuple[str, str, str]] = {
    "a featured person": ("/?k=3", "", ".matches"),
    "a person, all unfolded": ("/profiles/ada?k=2", _UNFOLD, ".career"),
    "a person with nobody similar": ("/profiles/ada?location=atlantis", "", ".blank"),
    "more and less like": ("/profiles/ada?k=2&like=eng-001&unlike=eng-002&hide=eng-003", "", ".matches"),
    "people": ("/profiles", _TICK, ".tray-people li"),
    "people with filters": ("/profiles?country=germany&years_from=5&seniority=senior", _UNFOLD, ".chosen"),
    "nobody": ("/profiles?location=atlantis", "", ".blank"),
    "what a search found": ("/search?q=platform+engineer", "", "main h1"),
    "a sentence understood": ("/search?q=platform+engineer+in+Berlin,+5%2B+years,+Kafka", "", "main h1"),
    "nothing found": ("/search?q=zzzz", "", "main h1"),
    "a text to match": ("/match", "", "#text"),
    "a text matched": (
        "/match",
        _ASK.format(text="Platform engineer, Kafka, 5+ years, Berlin", kind="text"),
        ".understood",
    ),
    "a page matched": ("/match", _ASK.format(text=_RESUME, kind="page"), "#results"),
    "an empty shortlist": ("/shortlist", "", ".blank, .kept"),
    "a shortlist": ("/shortlist?id=ada&id=nurse-1&id=nobody", "", ".kept"),
    "a shortlist without one": ("/shortlist?id=ada&id=nurse-1&without=ada", "", "[data-restore]"),
    "nobody to compare": ("/compare", "", ".button"),
    "one to compare": ("/compare?id=ada", "", ".choice"),
    "two side by side": ("/compare?id=ada&id=nurse-1", _UNFOLD, ".career"),
    "four side by side": ("/compare?id=ada&id=nurse-1&id=eng-001&id=eng-002", "", ".career"),
    "five to compare": ("/compare?id=ada&id=nurse-1&id=eng-001&id=eng-002&id=eng-003", "", ".choice"),
    "the overview": ("/overview", "", "main h1"),
    "the API": ("/docs", "", "#swagger .models"),
    "the map": ("/map", "", "canvas"),
    "somebody to add": ("/add", "", "#text"),
    "somebody read": ("/add", _ASK.format(text=_RESUME, kind=""), ".correct"),
    "somebody to edit": ("/edit/ada", "", ".correct"),
    "somebody to delete": ("/delete/ada", "", "main form button"),
    "nothing here": ("/nowhere", "", ".status"),
    "a key asked for": ("/sign-in", "", "#key"),
}
#: What is no page.
NOT_WALKED = {"/values", "/map/points", "/map/where", "/map/person"}


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wrong_on_any_page(tab: Tab, address: str, state: str) -> None:
    path, script, there = STATES[state]
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        sized(tab, size)
        coloured(tab, scheme)
        visit(tab, address + path)
        if script:
            tab.run(script)
        until(lambda: tab.run(f"document.readyState === 'complete' && document.querySelector({there!r}) !== null"))
        assert violations(tab) == [], (state, scheme)
        assert tab.run("document.documentElement.scrollWidth") <= size[0], (state, size)


def test_every_page_is_walked() -> None:
    routes: list[Any] = [route for page in PAGES for route in page.router.routes]
    paths = {route.path for route in routes if isinstance(route, Route) and "GET" in (route.methods or ())}
    pages = {path for path in paths if not path.endswith((".csv", ".json"))} - NOT_WALKED
    walked = {path.partition("?")[0] for path, _, _ in STATES.values()}
    missing = {
        path
        for path in pages
        if not any(one == path or ("{" in path and one.startswith(path.partition("{")[0])) for one in walked)
    }
    assert missing == set()
