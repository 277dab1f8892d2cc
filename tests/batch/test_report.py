"""The page about a file of matches: what it counts, in every form of file, and that a browser and axe are content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.batch import ALL, Reject, Summary, match
from recommender.batch.forms.read import columns
from recommender.batch.pieces import Asking, Slow
from recommender.batch.report import measured, page
from recommender.batch.summary import Seconds
from tests.batch.test_match import PEOPLE, rooms, settings  # noqa: F401
from tests.service.browser import CHROMIUM, DESKTOP, PHONE, Tab, coloured, driven, sized, violations, visit
from tests.service.people import Rooms

#: Five queries of a pool of nine: b is among the matches of three, c of two, d and e of one.
LINES = """query_id,rank,profile_id,score,band,generation
a,1,b,81.5,very close,7
a,2,c,44.99,close,7
c,1,b,45.0,close,7
d,1,b,100.0,very close,7
d,2,c,3.0,distant,7
e,1,d,12.0,related,7
e,2,e<,0.0,no basis,7
"""


def summary(**given: object) -> Summary:
    usual = {
        "out": "m.csv", "queries": 5, "matches": 7, "rejected": 1, "unanswered": (), "generation": 7, "profiles": 9,
        "fingerprint": "f", "scoring": "s", "version": "1", "schema": 2, "asked": Asking(k=2), "pieces": 1,
        "kept": 0, "known": 0,
        "sha256": "0", "seconds": Seconds(1.0, 2.0, 0.5), "slowest": (Slow("d", 0.0042), Slow("a", 0.0021)),
    }  # fmt: skip
    return Summary(**{**usual, **given})  # type: ignore[arg-type]


def test_what_it_counts(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(LINES)
    found = measured(tmp_path / "m.csv", summary(), [])
    assert {start * 5: n for start, n in enumerate(found.scores) if n} == {0: 2, 10: 1, 40: 1, 45: 1, 80: 1, 95: 1}
    assert {start * 5: n for start, n in enumerate(found.best_scores) if n} == {10: 1, 45: 1, 80: 1, 95: 1}
    assert found.bands == {"very close": 2, "close": 2, "related": 1, "distant": 1, "no basis": 1}
    assert found.best_bands == {"very close": 2, "close": 1, "related": 1, "distant": 0, "no basis": 0}
    assert found.hubs == [("b", 3), ("c", 2), ("d", 1), ("e<", 1)]
    assert {often: n for often, n in found.often.items() if n} == {"0": 5, "1": 2, "2 to 4": 2}
    # c has one match of two, and the fifth query none
    assert (found.named, found.short) == (4, 2)


def test_the_page_says_it_and_needs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(LINES)
    html = page(measured(tmp_path / "m.csv", summary(), [Reject(None, "q.jsonl", "line 3", "", "it is <no> query")]))
    assert html.startswith("<!DOCTYPE html>")
    assert "e&lt;" in html
    assert "it is &lt;no&gt; query" in html
    assert "4 of 9 people are among somebody's matches (44.4%)." in html
    assert "4,200" in html
    assert not [part for part in ("http://", "https://", "<script", "<link", "@import", "url(") if part in html]


@pytest.mark.parametrize("name", ["m.parquet", "m.jsonl", "m.csv"])
@pytest.mark.parametrize("explain", [True, False])
def test_every_form_is_read_back(explain: bool, name: str, rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    match(rooms.matcher, ALL, tmp_path / "all.parquet", k=4, explain=explain)
    match(rooms.matcher, ALL, tmp_path / name, k=4, explain=explain, report=True)
    assert list(columns(tmp_path / name)) == list(columns(tmp_path / "all.parquet"))
    assert f"{4 * len(PEOPLE)} matches of {len(PEOPLE)} queries" in (tmp_path / "m.report.html").read_text()


def test_a_file_without_rows_has_a_page_too(rooms: Rooms, tmp_path: Path) -> None:  # noqa: F811
    match(rooms.matcher, [], tmp_path / "m.parquet", report=True)
    assert "0 matches of 0 queries" in (tmp_path / "m.report.html").read_text()


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with driven(tmp_path_factory.mktemp("browser")) as tab:
        yield tab


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: apt-get install chromium")
@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_a_browser_shows_it_and_axe_finds_nothing_wrong(
    size: tuple[int, int], scheme: str, tab: Tab, tmp_path: Path
) -> None:
    (tmp_path / "m.csv").write_text(LINES)
    reject = Reject(None, "q.jsonl", "line 3", "", "it is no query")
    (tmp_path / "m.html").write_text(page(measured(tmp_path / "m.csv", summary(), [reject])))
    sized(tab, size)
    coloured(tab, scheme)
    visit(tab, (tmp_path / "m.html").as_uri())
    tab.run("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert tab.run("document.querySelectorAll('figure svg').length") == 7
    assert tab.run("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert violations(tab) == []
