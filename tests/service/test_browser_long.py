"""Words without an end, on the narrowest telephone: nothing of what is kept of people is wider than it."""

from __future__ import annotations

from pathlib import Path

from recommender.profile import Education, Profile, Role
from tests.service.browser import BROWSER, SMALL, driven, served, sized, violations, visit
from tests.service.people import ADA

pytestmark = BROWSER

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG = Profile(
    id="long",
    name=f"Ida {WORD}",
    title=f"Senior {WORD}",
    location=f"{WORD}, Austria",
    years_of_experience=9,
    core_skills=(WORD, "Kafka"),
    other_skills=(f"{WORD}s",),
    roles=(
        Role(company=WORD, title=f"Senior {WORD}", start="2020-01", skills=(WORD,)),
        Role(company=WORD, title=WORD, start="2014-01", end="2018-06"),
        Role(company=WORD, title=WORD),
    ),
    education=(Education(school=WORD, degree=WORD, field=WORD, start="2010", end="2013"),),
    languages=(WORD,),
    certifications=(WORD,),
    as_of="2026-02",
)


def test_long_words_wrap_or_are_cut_where_they_are(tmp_path: Path) -> None:
    with served(tmp_path / "pool", (ADA, LONG)) as address, driven(tmp_path / "tab") as tab:
        sized(tab, SMALL)
        for path in (
            "/shortlist?id=long&id=ada",
            "/compare?id=long&id=ada",
            "/compare?id=long",
            "/profiles/long",
            "/profiles",
        ):
            visit(tab, address + path)
            tab.run("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            wide = tab.run(
                "[...document.querySelectorAll('main *, .tray *')].filter(e => !e.closest('svg, .scrolled, .unseen')"
                " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"
            )
            assert wide == [], path
            assert tab.run("document.documentElement.scrollWidth") <= SMALL[0], path
        tab.run("document.querySelectorAll('[data-pick]').forEach(tick => tick.click())")
        assert tab.run("document.documentElement.scrollWidth") <= SMALL[0], "with the tray"
        assert violations(tab) == []
