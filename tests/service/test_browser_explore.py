"""Filters in a real browser: applied as they are chosen, by keyboard too, without a reload; Back; no JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.profile import Education, Profile, Role
from tests.service.browser import BROWSER, Tab, press, scripted, served, sized, until, violations, visit

pytestmark = BROWSER


def typed(tab: Tab, text: str) -> None:
    tab.ask("Input.insertText", text=text)


def tally(tab: Tab) -> str:
    return str(tab.run("document.querySelector('.tally strong').innerText"))


def test_back_brings_list_and_controls_back_alike_and_nothing_reloads(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles")
    tab.run("window.stayed = true")
    assert tally(tab) == "109"
    tab.run("{ const box = document.querySelector('input[value=germany]'); box.focus(); box.click() }")
    until(lambda: tally(tab) == "52")
    assert tab.run("location.search") == "?country=germany"
    assert tab.run("document.activeElement.value") == "germany", "the focus stays where it was"
    tab.run("document.querySelector('input[name=seniority][value=lead]').click()")
    until(lambda: tally(tab) == "18")
    tab.run("history.back()")
    until(lambda: tally(tab) == "52")
    assert tab.run("document.querySelector('input[name=seniority][value=lead]').checked") is False
    tab.run("history.back()")
    until(lambda: tally(tab) == "109")
    assert tab.run("document.querySelectorAll('.filters input:checked').length") == 0
    tab.run("history.forward()")
    until(lambda: tally(tab) == "52")
    assert tab.run("document.querySelector('input[value=germany]').checked") is True
    assert tab.run("window.stayed") is True


def test_after_leaving_the_page_back_shows_ticks_that_filter(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles")
    tab.run("document.querySelector('input[value=germany]').click()")
    until(lambda: tally(tab) == "52")
    visit(tab, f"{address}/docs")
    tab.run("history.back()")
    until(lambda: tab.run("location.pathname + location.search") == "/profiles?country=germany")
    until(lambda: tally(tab) == "52")
    assert (
        tab.run("[...document.querySelectorAll('.filters input:checked')].map((one) => one.value).join()") == "germany"
    )


def test_a_value_is_found_by_a_few_letters_and_keys_alone(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles")
    tab.run("document.querySelector('#facet-company summary').focus()")
    press(tab, "Enter")
    until(lambda: tab.run("document.querySelector('input[name=company][type=checkbox]') !== null"))
    press(tab, "Tab")
    assert tab.run("document.activeElement.id") == "add-company"
    typed(tab, "st ald")
    until(lambda: tab.run("document.querySelector('#add-company-list [role=option]') !== null"))
    assert tab.run("document.querySelector('#add-company-list [role=option]').innerText.split('\\n').join(' ')") == (
        "St Aldate Hospital 4"
    )
    assert violations(tab) == []
    press(tab, "ArrowDown")
    active = "document.activeElement.getAttribute('aria-activedescendant')"
    assert tab.run(f"document.getElementById({active}).getAttribute('aria-selected')") == "true"
    press(tab, "Escape")
    assert tab.run("document.activeElement.getAttribute('aria-expanded')") == "false"
    press(tab, "ArrowDown")
    until(lambda: tab.run("document.activeElement.getAttribute('aria-expanded')") == "true")
    press(tab, "ArrowDown")
    press(tab, "Enter")
    until(lambda: tally(tab) == "4")
    assert tab.run("location.search") == "?company=st+aldate+hospital"
    assert tab.run("document.activeElement.id") == "add-company"


def test_arrow_keys_ask_once_and_reload_nothing(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles")
    tab.run("window.asked = 0; const fetched = fetch; window.fetch = (...all) => (asked++, fetched(...all))")
    tab.run("document.querySelector('#years_from').focus()")
    for _ in range(12):
        press(tab, "ArrowUp")
    until(lambda: tab.run("location.search") in ("?years_from=11", "?years_from=12"))
    assert tab.run("asked") == 1
    assert tab.run("document.activeElement.id") == "years_from"


def test_a_page_of_the_list_is_asked_for_and_come_back_from(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles?country=germany")
    first = tab.run("document.querySelector('.person a').innerText")
    tab.run("document.querySelector('.pager a[rel=next]').click()")
    until(lambda: tab.run("document.querySelector('.pager [aria-current]').innerText.includes('2')"))
    assert tab.run("document.querySelector('.person a').innerText") != first
    position = "getComputedStyle(document.querySelector('.order button')).position"
    assert tab.run(position) == "absolute", "a button to sort by is for who has no scripts, after a change too"
    tab.run("history.back()")
    until(lambda: tab.run("document.querySelector('.person a').innerText") == first)


@pytest.mark.parametrize("path", ["/profiles?country=germny&skill_none=Kafka", "/profiles/ada?years_from=10", "/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(address: str, tab: Tab, path: str, width: int) -> None:
    narrow = width < 600
    sized(tab, (width, 900))
    try:
        visit(tab, address + path)
        until(lambda: tab.run("document.querySelector('#fold').open") is not narrow)
        assert violations(tab) == []
        assert tab.run("document.documentElement.scrollWidth") <= width
    finally:
        tab.ask("Emulation.clearDeviceMetricsOverride")


def test_without_javascript_forms_and_links_do_the_same(address: str, tab: Tab) -> None:
    scripted(tab, on=False)
    try:
        visit(tab, f"{address}/profiles")
        box = "document.querySelector('#add-country')"
        tab.ask("Runtime.evaluate", expression=f"{box}.focus()")
        typed(tab, "UK")
        press(tab, "Enter")
        until(lambda: "country=UK" in tab.run("location.search"))
        until(lambda: tally(tab) == "4")
        assert tab.run("document.querySelector('input[value=\"united kingdom\"]').checked") is True
        shown = tab.run("getComputedStyle(document.querySelector('.filters button[type=submit]')).position")
        assert shown == "static", "there is a button to apply by"
    finally:
        scripted(tab, on=True)


@pytest.mark.parametrize("width", [320, 390, 1280, 3840])
def test_words_that_are_longer_than_the_screen_break(tab: Tab, tmp_path: Path, width: int) -> None:
    long = "Donaudampfschifffahrtsgesellschaft" * 8
    people = tuple(
        Profile(
            id=f"long-{number}", name=long, title=long, location=long, core_skills=(long, "Kafka"), about=long,
            badges=(long,), languages=(long,), highlights=(long,), persona=long,
            roles=(Role(company=long, title=long, location=long, start="2020", bullets=(long,), skills=(long,)),),
            education=(Education(school=long, degree=long, field=long),),
        )
        for number in range(3)
    )  # fmt: skip
    with served(tmp_path / "pool", people) as address:
        sized(tab, (width, 900))
        try:
            for path in ("/", f"/profiles?company={long}&skill={long}&open=company&open=badge", "/match"):
                visit(tab, address + path)
                assert tab.run("document.documentElement.scrollWidth") <= width, path
        finally:
            tab.ask("Emulation.clearDeviceMetricsOverride")
