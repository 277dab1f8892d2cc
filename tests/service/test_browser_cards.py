"""From the featured person in a real browser: few clicks to where one wants to be, and back."""

from __future__ import annotations

import pytest

from tests.service.browser import BROWSER, Tab, click, loaded, press, scripted, until, violations, visit

pytestmark = BROWSER


def tally(tab: Tab) -> str:
    return str(tab.run("document.querySelector('.tally strong').innerText"))


def first(tab: Tab) -> str:
    return str(tab.run("document.querySelector('.match h3 a').getAttribute('href')"))


def test_a_country_and_ten_years_are_two_clicks_and_two_figures_away(address: str, tab: Tab) -> None:
    visit(tab, address)
    click(tab, ".filters input[value='united states']")
    until(lambda: tally(tab) == "52")
    click(tab, "#years_from")
    tab.ask("Input.insertText", text="10")
    press(tab, "Enter")
    until(lambda: tab.run("location.search") == "?country=united+states&years_from=10")
    until(lambda: tally(tab) != "52")
    assert tab.run("document.activeElement.id") == "years_from"
    assert violations(tab) == []


def test_the_headline_is_one_click_from_the_people_it_counts(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles/ada")
    click(tab, "#h-similar a")
    until(lambda: tab.run("location.pathname") == "/profiles" and tab.run("document.readyState") == "complete")
    assert tally(tab) == "104"
    assert "without Ada Quill" in tab.run("document.querySelector('.chosen').innerText")


@pytest.mark.parametrize("on", [True, False])
def test_more_like_this_says_what_changed_and_is_undone(address: str, tab: Tab, on: bool) -> None:
    scripted(tab, on=on)
    try:
        visit(tab, f"{address}/profiles/ada?country=germany")
        before = first(tab)
        tab.run("window.stayed = true")
        click(tab, ".match .actions a:nth-last-child(2)")  # less like this
        until(
            lambda: "unlike=" in tab.run("location.search") and tab.run("document.querySelector('.steered') !== null")
        )
        assert "country=germany" in tab.run("location.search")
        assert first(tab) != before
        said = tab.run("document.querySelector('.steered').innerText")
        assert "less like Robin" in said
        assert tab.run("window.stayed === true") is on, "with scripts nothing reloads"
        if on:
            assert violations(tab) == []
        click(tab, ".steered p a")
        until(lambda: tab.run("document.querySelector('.steered') === null") and first(tab) == before)
        loaded(tab)
        tab.run("history.back()")
        until(lambda: tab.run("document.querySelector('.steered') !== null") and first(tab) != before)
    finally:
        scripted(tab, on=True)


def test_who_is_hidden_comes_back_by_the_chip(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles/ada")
    before = first(tab)
    click(tab, ".match .actions a:last-child")
    until(lambda: first(tab) != before)
    assert tally(tab) == "107"
    click(tab, ".chosen a")
    until(lambda: first(tab) == before)


def test_a_shared_skill_filters_and_the_rest_unfold(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles/ada")
    click(tab, ".match .chips.shared a")
    until(lambda: tab.run("location.search").startswith("?skill="))
    until(lambda: tab.run("document.querySelector('.chosen') !== null"))
    assert tab.run("document.querySelector('.match .points').innerText.includes(' of ')") is True
