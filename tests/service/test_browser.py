"""The pages in a real browser, against a real server on this machine."""

from __future__ import annotations

from pathlib import Path

from tests.service.browser import BROWSER, drawn

pytestmark = BROWSER


def test_the_featured_page_ends_in_the_headline_and_the_matches(address: str, tmp_path: Path) -> None:
    page, complaints = drawn(address, tmp_path)
    assert "100+ more professionals with Distributed Systems &amp; Platform Infrastructure" in page
    assert page.count('class="card match"') == 10
    assert 'class="filters auto"' in page, "the script ran"
    assert complaints == "", "nothing was blocked or missing"


def test_the_api_page_draws_itself_without_a_network(address: str, tmp_path: Path) -> None:
    page, complaints = drawn(f"{address}/docs", tmp_path)
    assert "/v1/profiles/{profile_id}/similar" in page.replace("<wbr>", "").replace("\u200b", "")
    assert complaints == ""
