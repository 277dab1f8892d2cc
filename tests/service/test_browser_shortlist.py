"""The shortlist in a real browser: ticks, the tray, notes, two tabs, the keyboard, and without JavaScript."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from tests.service.browser import (
    BROWSER,
    PHONE,
    SMALL,
    Tab,
    beside,
    click,
    coloured,
    press,
    scripted,
    sized,
    until,
    violations,
    visit,
)

pytestmark = BROWSER


@pytest.fixture
def tab(open_tab: Tab, address: str) -> Tab:
    """A tab on the page of the people, with nobody on the shortlist."""
    sized(open_tab, (1280, 1000))
    scripted(open_tab, on=True)
    visit(open_tab, f"{address}/profiles")
    open_tab.run("localStorage.clear()")
    visit(open_tab, f"{address}/profiles?title=platform")
    return open_tab


def tick(tab: Tab, *numbers: int) -> list[str]:
    """Tick the cards at these places; whose they are."""
    for number in numbers:
        click(tab, f"li:nth-of-type({number}) > article [data-pick]")
    return [tab.run(f"document.querySelectorAll('[data-pick]')[{number - 1}].value") for number in numbers]


def kept(tab: Tab) -> list[str]:
    """The names in the tray."""
    names: list[str] = tab.run("[...document.querySelectorAll('.tray-people a')].map(a => a.textContent)")
    return names


def ids(tab: Tab) -> list[str]:
    """The ids in the address."""
    found: list[str] = tab.run("new URLSearchParams(location.search).getAll('id')")
    return found


def arrived(tab: Tab, path: str) -> None:
    until(lambda: tab.run("location.pathname") == path and tab.run("document.readyState") == "complete")


def test_three_are_shortlisted_and_exported_in_four_clicks(tab: Tab) -> None:
    assert tab.run("document.querySelector('[data-tray]').hidden"), "no tray for nobody"
    chosen = tick(tab, 1, 2, 3)
    link = tab.run("document.querySelector('.tray a[download]').href")
    assert link.endswith("/shortlist.csv?" + "&".join(f"id={one}" for one in chosen))
    with urllib.request.urlopen(link, timeout=30) as answer:
        lines = answer.read().decode("utf-8-sig").split("\r\n")
    assert [line.split(",")[0] for line in lines] == ["Name", *kept(tab), ""]


def test_the_tray_is_on_every_page_and_after_a_reload(tab: Tab, address: str) -> None:
    tick(tab, 1, 2)
    names = kept(tab)
    assert len(names) == 2
    for path in ("/", "/profiles/ada", "/match", "/profiles?title=platform"):
        visit(tab, address + path)
        assert kept(tab) == names, path
    assert tab.run("[...document.querySelectorAll('[data-pick]')].filter(t => t.checked).length") == 2
    visit(tab, f"{address}/sign-in")
    assert tab.run("document.getElementById('tray')") is None, "nobody's names before one is let in"


def test_who_is_taken_off_comes_back_by_undo(tab: Tab) -> None:
    tick(tab, 1, 2, 3)
    names = kept(tab)
    click(tab, ".tray-people li:nth-child(2) button")
    assert kept(tab) == [names[0], names[2]]
    assert tab.run("document.querySelector('.tray [role=status]').textContent") == (
        f"{names[1]} was taken off the shortlist"
    )
    assert tab.run("document.activeElement.textContent") == "Undo", "the focus is not lost"
    press(tab, "Enter")
    until(lambda: kept(tab) == names)


def test_another_tab_follows_at_once(tab: Tab, address: str) -> None:
    tick(tab, 1, 2)
    with beside(tab, f"{address}/profiles?title=platform") as other:
        until(lambda: kept(other) == kept(tab) != [])
        tick(other, 3)
        until(lambda: len(kept(tab)) == 3)
        assert tab.run("document.querySelectorAll('[data-pick]')[2].checked")
        other.run("shortlist.remove(shortlist.read().people.map(one => one.id))")
        until(lambda: kept(tab) == [])
    assert not tab.run("[...document.querySelectorAll('[data-pick]')].some(t => t.checked)")


def test_back_and_forward_show_the_list_as_it_is(tab: Tab, address: str) -> None:
    tick(tab, 1)
    visit(tab, f"{address}/profiles/ada")
    tick(tab, 2)
    names = kept(tab)
    tab.run("history.back()")
    arrived(tab, "/profiles")
    until(lambda: kept(tab) == names)
    tab.run("history.forward()")
    arrived(tab, "/profiles/ada")
    until(lambda: kept(tab) == names)


def test_its_page_holds_the_list_in_the_address_with_notes_removal_and_undo(tab: Tab, address: str) -> None:
    chosen = tick(tab, 1, 2, 3)
    visit(tab, f"{address}/shortlist")
    until(lambda: ids(tab) == chosen)
    click(tab, "#note-2")
    for letter in "Call":
        press(tab, letter)
    assert violations(tab) == []
    click(tab, ".kept > li:nth-child(2) .take-off")
    until(lambda: tab.run("document.querySelectorAll('.kept > li').length") == 2)
    until(lambda: len(kept(tab)) == 2)
    assert "was taken off the shortlist" in tab.run("document.querySelector('.said').textContent")
    click(tab, "[data-restore]")
    until(lambda: ids(tab) == chosen and len(kept(tab)) == 3)
    until(lambda: tab.run("document.querySelector('#note-2').value") == "Call")
    assert [one["id"] for one in tab.run("shortlist.read().people")] == chosen
    assert tab.run("document.querySelector('[data-other]').hidden"), "this is the list of this browser"


def test_notes_go_with_the_table_from_the_tray(tab: Tab, address: str) -> None:
    first, second = tick(tab, 1, 2)
    tab.run("HTMLFormElement.prototype.submit = function () { window.sent = [...new FormData(this)] }")
    click(tab, ".tray a[download]")
    assert tab.run("window.sent") is None, "without notes it is a link"
    tab.run(f"shortlist.write(kept => kept.notes[{second!r}] = 'Call')")
    click(tab, ".tray a[download]")
    assert tab.run("window.sent") == [["id", first], ["note", ""], ["id", second], ["note", "Call"]]


def test_a_list_that_was_sent_can_be_kept(tab: Tab, address: str) -> None:
    visit(tab, f"{address}/shortlist?id=ada&id=nurse-1")
    assert "2 of these are not on the shortlist of this browser" in tab.run(
        "document.querySelector('[data-other]').textContent"
    )
    assert kept(tab) == []
    click(tab, "[data-other] button")
    assert kept(tab) == ["Ada Quill", "Sam Wardwell 1"]
    assert tab.run("document.querySelector('[data-other]').hidden")


def test_by_the_keyboard_alone(tab: Tab) -> None:
    tab.run("document.querySelector('[data-pick]').focus()")
    press(tab, " ")
    (name,) = kept(tab)
    tab.run("document.querySelector('.tray-people button').focus()")
    press(tab, "Enter")
    assert kept(tab) == []
    press(tab, "Enter")
    until(lambda: kept(tab) == [name])
    assert tab.run("document.activeElement.matches('.tray-open a')")
    press(tab, "Enter")
    arrived(tab, "/shortlist")


def test_without_javascript_the_ticks_are_a_form_and_the_address_keeps_the_list(tab: Tab, address: str) -> None:
    scripted(tab, on=False)
    sized(tab, PHONE)
    visit(tab, f"{address}/profiles?title=platform")
    chosen = tick(tab, 1, 3)
    click(tab, ".tray-plain button.plain")
    arrived(tab, "/shortlist")
    assert ids(tab) == chosen
    click(tab, ".kept > li:nth-child(1) .take-off")
    until(lambda: tab.run("document.querySelectorAll('.kept > li').length") == 1)
    click(tab, "[data-restore]")
    until(lambda: tab.run("document.querySelectorAll('.kept > li').length") == 2)


@pytest.mark.parametrize("on", [True, False], ids=["with scripts", "without"])
def test_the_file_that_is_saved_holds_the_notes(tab: Tab, address: str, tmp_path: Path, on: bool) -> None:
    tab.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    scripted(tab, on=on)
    visit(tab, f"{address}/shortlist?id=ada&id=nurse-1")
    click(tab, "#note-2")
    for letter in "=Call":
        press(tab, letter)
    click(tab, ".keep-actions [form=export]:not([formaction])")
    until((tmp_path / "shortlist.csv").exists)
    _, ada, nurse, *_ = (tmp_path / "shortlist.csv").read_text(encoding="utf-8-sig").splitlines()
    assert ada.startswith("Ada Quill,")
    assert ada.endswith(",ada,")
    assert nurse.endswith(",nurse-1,'=Call"), "and is no formula"
    click(tab, ".keep-actions [formaction]")
    until((tmp_path / "shortlist.json").exists)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_small_telephone_nothing_is_cut_off(tab: Tab, address: str, scheme: str) -> None:
    chosen = tick(tab, 1, 2, 3)
    sized(tab, SMALL)
    coloured(tab, scheme)
    for path in ("/profiles/ada", "/shortlist?" + "&".join(f"id={one}" for one in chosen)):
        visit(tab, address + path)
        assert tab.run("document.documentElement.scrollWidth") <= SMALL[0], path
        assert violations(tab) == [], path
    coloured(tab, "light")
