"""The fingerprint of insights: the facts' own, the version of the rules and every table are in it."""

import shutil
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from recommender.insights import derived_fingerprint, fingerprint


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package, whose tables the fingerprint is made of for the length of a test."""
    folder = tmp_path / "insights"
    shutil.copytree(str(files("recommender.insights")), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "files", lambda package: folder)
    derived_fingerprint.cache_clear()
    yield folder
    derived_fingerprint.cache_clear()


def _now() -> str:
    derived_fingerprint.cache_clear()
    return derived_fingerprint()


def test_it_is_sixteen_hexadecimal_digits() -> None:
    assert len(derived_fingerprint()) == 16
    assert set(derived_fingerprint()) <= set(string.hexdigits.lower())


def test_a_new_table_changes_it_wherever_it_lies_and_code_does_not(tables: Path) -> None:
    before = _now()
    (tables / "another.py").write_text("RULE = 1\n")
    assert _now() == before
    (tables / "within").mkdir()
    (tables / "within" / "another.json").write_text("{}\n")
    within = _now()
    assert within != before
    (tables / "another.tsv").write_text("a\tb\n")
    assert _now() not in (before, within)


def test_the_version_of_the_rules_changes_it(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _now()
    monkeypatch.setattr(fingerprint, "RULES", fingerprint.RULES + 1)
    assert _now() != before


def test_other_facts_change_it(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _now()
    monkeypatch.setattr(fingerprint, "facts_fingerprint", lambda: "0" * 16)
    assert _now() != before
