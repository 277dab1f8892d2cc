"""Adding, editing and deleting somebody in a real browser: with and without JavaScript, on a phone, by keys alone."""

from __future__ import annotations

import json

from tests.service.browser import BROWSER, Tab, until, violations, visit
from tests.service.test_profiles import PAGE

pytestmark = BROWSER

DROP = """
const transfer = new DataTransfer();
transfer.items.add(new File([%s], "cv.txt", {type: "text/plain"}));
const options = {dataTransfer: transfer, bubbles: true, cancelable: true};
document.querySelector("form.drop").dispatchEvent(new DragEvent("drop", options));
"""


def pasted(tab: Tab, address: str, text: str = PAGE) -> None:
    visit(tab, f"{address}/add")
    tab.run("document.querySelector('#text').focus()")
    tab.ask("Input.insertText", text=text)


def press(tab: Tab, key: str, code: int, text: str = "") -> None:
    for kind in ("keyDown", "keyUp"):
        tab.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, text=text)


def click(tab: Tab, selector: str) -> None:
    tab.run(f"document.querySelector({json.dumps(selector)}).click()")


def is_there(tab: Tab, selector: str) -> None:
    until(
        lambda: tab.run(f"document.querySelector({json.dumps(selector)}) !== null && document.readyState") == "complete"
    )


def test_a_pasted_page_is_saved_in_two_clicks_deleted_and_brought_back(address: str, tab: Tab) -> None:
    pasted(tab, address)
    assert violations(tab) == []
    click(tab, "form.drop button")
    is_there(tab, ".correct")
    assert violations(tab) == []
    click(tab, ".from[href^='#at-']")
    until(lambda: tab.run("document.querySelector('mark:target')?.textContent") == "Grace Fieldstone")
    click(tab, ".correct .save button")
    until(lambda: tab.run("location.hash") == "#similar")
    is_there(tab, ".match")
    click(tab, ".deeds a[href^='/edit/']")
    is_there(tab, ".correct")
    assert violations(tab) == []
    tab.run("document.querySelector('[name=title]').value = 'Charge Nurse'")
    click(tab, ".correct .save button")
    until(lambda: tab.run("document.querySelector('.hero .title')?.textContent") == "Charge Nurse")
    click(tab, ".deeds a[href^='/delete/']")
    is_there(tab, "button.grave")
    assert violations(tab) == []
    click(tab, "button.grave")
    until(lambda: tab.run("document.querySelector('h1')?.textContent") == "Grace Fieldstone is deleted")
    assert violations(tab) == []
    click(tab, "form[action='/restore'] button")
    until(lambda: tab.run("document.querySelector('.hero .title')?.textContent") == "Charge Nurse")


def test_back_leads_from_what_was_read_to_the_form(address: str, tab: Tab) -> None:
    pasted(tab, address)
    click(tab, "form.drop button")
    is_there(tab, ".correct")
    tab.run("history.back()")
    until(lambda: tab.run("document.querySelector('.correct') === null && location.pathname") == "/add")
    is_there(tab, "form.drop")


def test_by_keys_alone(address: str, tab: Tab) -> None:
    pasted(tab, address)
    press(tab, "Tab", 9)
    assert tab.run("document.activeElement.textContent") == "Read it"
    press(tab, "Enter", 13, "\r")
    is_there(tab, ".correct")
    for _ in range(2):
        press(tab, "Tab", 9)
        if tab.run("document.activeElement.textContent") == "Save and see who is similar":
            break
    press(tab, "Enter", 13, "\r")
    until(lambda: tab.run("location.hash") == "#similar")


def test_a_dropped_file_is_read(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/add")
    tab.run(DROP % json.dumps(PAGE))
    is_there(tab, ".correct")
    assert tab.run("document.querySelector('[name=name]').value") == "Grace Fieldstone"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(address: str, tab: Tab) -> None:
    pasted(tab, address, "[1, 2")
    click(tab, "form.drop button")
    until(lambda: tab.run("document.querySelector('.alert').hidden") is False)
    assert tab.run("document.querySelector('#text').value") == "[1, 2"
    assert violations(tab) == []
    pasted(tab, address)
    click(tab, "form.drop button")
    is_there(tab, ".correct")
    tab.run("document.getElementById('roles[0].start').value = 'spring'")
    click(tab, ".correct .save button")
    until(lambda: tab.run("document.activeElement.id") == "roles[0].start")
    assert tab.run("document.activeElement.value") == "spring"
    assert "is no date" in tab.run("document.querySelector('.alert').textContent")


def test_without_javascript_on_a_phone(address: str, tab: Tab) -> None:
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    tab.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    try:
        pasted(tab, address)
        assert tab.run("document.documentElement.scrollWidth") == 390
        click(tab, "form.drop button")
        is_there(tab, ".correct")
        assert tab.run("document.documentElement.scrollWidth") == 390
        click(tab, ".correct .save button")
        until(lambda: tab.run("location.hash") == "#similar")
    finally:
        tab.ask("Emulation.setScriptExecutionDisabled", value=False)
        tab.ask("Emulation.clearDeviceMetricsOverride")


def test_a_request_goes_on_to_the_matches(address: str, tab: Tab) -> None:
    pasted(tab, address, "we are looking for a registered nurse, triage")
    click(tab, "form.drop button")
    is_there(tab, "form[action^='/match'] button")
    assert violations(tab) == []
    click(tab, "form[action^='/match'] button")
    until(lambda: tab.run("location.pathname") == "/search")
    is_there(tab, ".match")
