"""The search box in a real browser: suggestions by keys alone, late answers dropped, a sentence, no JavaScript."""

from __future__ import annotations

import pytest

from tests.service.browser import (
    BROWSER,
    DESKTOP,
    PHONE,
    SMALL,
    Tab,
    coloured,
    press,
    scripted,
    sized,
    until,
    violations,
    visit,
)

pytestmark = BROWSER

BOX = "document.querySelector('#q')"
OPTIONS = "[...document.querySelectorAll('#q-list [role=option]')].map((one) => one.innerText.replace(/\\s+/g, ' '))"


def typed(tab: Tab, text: str) -> None:
    tab.run(f"{BOX}.focus(); {BOX}.select()")
    tab.ask("Input.insertText", text=text)


def test_somebody_is_found_by_name_with_keys_alone(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles/nurse-1")
    press(tab, "/")
    assert tab.run("document.activeElement.id") == "q"
    tab.ask("Input.insertText", text="ada q")
    until(lambda: tab.run(OPTIONS) == ["Ada Quill"])
    assert tab.run(f"{BOX}.getAttribute('aria-expanded')") == "true"
    assert tab.run("document.querySelector('#q-list .group-name').innerText") == "People"
    assert violations(tab) == []
    press(tab, "ArrowDown")
    press(tab, "Enter")
    until(lambda: tab.run("location.pathname") == "/profiles/ada")


def test_suggestions_are_grouped_by_what_they_are_with_exact_counts(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles")
    typed(tab, "t")
    until(lambda: len(tab.run(OPTIONS)) > 2)
    said = "[...group.querySelectorAll('[role=option]')].map((one) => one.innerText.replace(/\\s+/g, ' '))"
    groups = "[...document.querySelectorAll('#q-list [role=group]')]"
    found = tab.run(f"Object.fromEntries({groups}.map((group) => [group.firstChild.innerText, {said}]))")
    assert found["Skills"][0] == "Triage 4"
    assert "texas 52" in [one.casefold() for one in found["Places"]]
    press(tab, "ArrowDown")
    press(tab, "ArrowUp")
    assert tab.run(f"{BOX}.hasAttribute('aria-activedescendant')") is False, "past the first is the box itself"
    press(tab, "Escape")
    assert tab.run("document.querySelector('#q-list').hidden") is True
    assert tab.run(f"{BOX}.value") == "t"


def test_an_answer_that_comes_late_is_dropped(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/profiles")
    tab.run(
        "const fetched = window.fetch; window.fetch = async (url, given) => { const answer = await fetched(url);"
        " if (url.includes('q=tri')) await new Promise((done) => setTimeout(done, 700)); return answer }"
    )
    typed(tab, "tri")
    until(lambda: tab.run("performance.getEntriesByType('resource').some((one) => one.name.includes('q=tri'))"))
    typed(tab, "kaf")
    until(lambda: tab.run(OPTIONS) == ["Kafka 105"])
    tab.ask("Runtime.evaluate", expression="new Promise((done) => setTimeout(done, 900))", awaitPromise=True)
    assert tab.run(OPTIONS) == ["Kafka 105"]


def test_a_sentence_is_asked_by_enter_and_its_parts_are_taken_out_without_a_reload(address: str, tab: Tab) -> None:
    visit(tab, f"{address}/")
    typed(tab, "platform engineer in Germany with Kafka, no Triage")
    press(tab, "Enter")
    until(lambda: tab.run("location.pathname") == "/search" and tab.run("document.readyState") == "complete")
    until(lambda: tab.run("document.querySelectorAll('.match').length") == 10)
    assert tab.run(f"{BOX}.value") == "platform engineer in Germany with Kafka, no Triage"
    tab.run("window.stayed = true; document.querySelector('[aria-label=\"Ask strictly for Germany\"]').click()")
    until(lambda: tab.run("document.querySelector('.tally strong').innerText") == "52")
    tab.run("document.querySelector('[aria-label=\"Take out Triage\"]').click()")
    until(lambda: tab.run("document.querySelector('[aria-label=\"Take out Triage\"]') === null"))
    assert "strict=" in tab.run("location.search")
    tab.run("history.back()")
    until(lambda: tab.run("document.querySelector('[aria-label=\"Take out Triage\"]') !== null"))
    assert tab.run("window.stayed") is True
    assert violations(tab) == []


@pytest.mark.parametrize("size", [SMALL, PHONE, DESKTOP, (3840, 2000)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_any_size_and_nothing_is_too_wide(
    address: str, tab: Tab, size: tuple[int, int], scheme: str
) -> None:
    sized(tab, size)
    coloured(tab, scheme)
    try:
        visit(
            tab, f"{address}/search?q=platform+engineer+in+Germany+with+Kafka,+ideally+Rust,+no+Triage&unlike=eng-001"
        )
        assert violations(tab) == []
        assert tab.run("document.documentElement.scrollWidth") <= size[0]
    finally:
        tab.ask("Emulation.clearDeviceMetricsOverride")
        coloured(tab, "light")


def test_without_javascript_the_box_is_a_form(address: str, tab: Tab) -> None:
    scripted(tab, on=False)
    try:
        visit(tab, f"{address}/profiles")
        typed(tab, "ada quill")
        press(tab, "Enter")
        until(lambda: tab.run("location.pathname") == "/profiles/ada")
        typed(tab, "nurse in Leeds for triage")
        press(tab, "Enter")
        until(
            lambda: tab.run("location.pathname") == "/search" and tab.run("document.querySelector('.match') !== null")
        )
        tab.run("document.querySelector('.part-drop').click()")
        until(lambda: "drop=" in tab.run("location.search"))
    finally:
        scripted(tab, on=True)
