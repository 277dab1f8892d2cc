"""The fingerprint of the facts: every table and the version of the rules are in it."""

import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from recommender.facts import facts_fingerprint, fingerprint

TABLES = ["cities.tsv", "places.tsv", "rank_words.txt", "ranks.tsv", "regions.tsv", "spoken.tsv"]


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package's tables, which the fingerprint is made of for the length of a test."""
    folder = tmp_path / "facts"
    shutil.copytree(str(files("recommender.facts")), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "files", lambda package: folder)
    facts_fingerprint.cache_clear()
    yield folder
    facts_fingerprint.cache_clear()


def _now() -> str:
    facts_fingerprint.cache_clear()
    return facts_fingerprint()


def test_it_is_sixteen_hexadecimal_digits() -> None:
    assert len(facts_fingerprint()) == 16
    assert set(facts_fingerprint()) <= set(string.hexdigits.lower())


def test_another_process_and_another_folder_give_the_same(tables: Path) -> None:
    command = "from recommender.facts import facts_fingerprint; print(facts_fingerprint())"
    other = subprocess.run([sys.executable, "-c", command], check=True, capture_output=True, text=True)
    assert other.stdout.strip() == _now()


def test_every_table_of_the_package_is_known_here() -> None:
    folder = files("recommender.facts")
    assert sorted(file.name for file in folder.iterdir() if file.name.endswith((".tsv", ".txt"))) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_one_byte_of_any_table_changes_it(tables: Path, name: str) -> None:
    before = _now()
    content = (tables / name).read_bytes()
    (tables / name).write_bytes(content[:-1] + b" ")
    assert _now() != before
    (tables / name).write_bytes(content)
    assert _now() == before


def test_a_new_table_changes_it_and_code_does_not(tables: Path) -> None:
    before = _now()
    (tables / "another.py").write_text("RULE = 1\n")
    assert _now() == before
    (tables / "another.tsv").write_text("a\tb\n")
    assert _now() != before


def test_bytes_that_move_to_the_next_table_change_it(tables: Path) -> None:
    before = _now()
    first, second = tables / "rank_words.txt", tables / "ranks.tsv"
    whole = first.read_bytes()
    first.write_bytes(whole[:-10])
    second.write_bytes(whole[-10:] + second.read_bytes())
    assert _now() != before


def test_the_version_of_the_rules_changes_it(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _now()
    monkeypatch.setattr(fingerprint, "RULES", fingerprint.RULES + 1)
    assert _now() != before
