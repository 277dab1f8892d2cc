"""The index of decisions says of every file what is in it, and of no other."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "decisions"
ROW = re.compile(r"^\| \[(\d+)\]\((\S+)\) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = [match.groups() for match in ROW.finditer((FOLDER / "README.md").read_text(encoding="utf-8"))]
NUMBERS = [int(number) for number, *_ in ROWS]


def test_every_decision_is_listed_once_and_in_order() -> None:
    assert [file for _, file, *_ in ROWS] == sorted(path.name for path in FOLDER.glob("[0-9]*.md"))
    assert sorted(set(NUMBERS)) == NUMBERS


def test_number_and_title_are_those_of_the_file() -> None:
    for number, file, title, *_ in ROWS:
        heading = (FOLDER / file).read_text(encoding="utf-8").splitlines()[0]
        assert (file[:5], heading) == (f"{int(number):04}-", f"# {number}. {title}")


def test_a_status_is_accepted_or_names_the_decision_that_took_its_place() -> None:
    for number, _, _, status, _ in ROWS:
        replaced = re.fullmatch(r"superseded by (\d+)", status)
        assert status == "accepted" or (replaced and int(replaced[1]) in set(NUMBERS) - {int(number)})


def test_decisions_that_are_named_by_number_exist() -> None:
    root = FOLDER.parents[1]
    sources = [path for folder in ("recommender", "docs", "benchmarks") for path in (root / folder).rglob("*.*")]
    for path in [*sources, root / "README.md"]:
        if path.suffix in (".py", ".md"):
            named = re.findall(r"\bdecision (\d+)|decisions/0*(\d+)", path.read_text(encoding="utf-8"))
            assert {int(one or other) for one, other in named} <= set(NUMBERS), path
