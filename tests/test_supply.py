"""What is installed is pinned, by hashes, and within the ranges that the wheel states."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    return {plain(name): version for name, version in _PIN.findall((ROOT / file).read_text())}


def stated() -> dict[str, tuple[str, str]]:
    """Every package that pyproject.toml asks for → the sign and the version of its range."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    found = [re.match(r"([\w.-]+)(?:\[\w+\])?(>=|==)([\w.]+)", one) for one in asked]
    return {plain(one[1]): (one[2], one[3]) for one in found if one}


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def test_every_pin_has_hashes() -> None:
    entries = re.split(r"\n(?=[A-Za-z])", (ROOT / "constraints.txt").read_text())[1:]
    assert len(entries) > 100
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


@pytest.mark.parametrize("file", ["constraints.txt", "tests/lowest.txt"])
def test_everything_asked_for_is_pinned_within_its_range_but_torch(file: str) -> None:
    pinned, asked = pins(file), stated()
    assert asked.pop("torch") == ("==", "2.13.0")
    assert set(asked) - set(pinned) == set()
    assert [name for name, (_, least) in asked.items() if numbers(pinned[name]) < numbers(least)] == []


@pytest.mark.parametrize("file", ["Makefile", "README.md"])
def test_torch_is_installed_by_the_pin_of_the_wheel(file: str) -> None:
    assert "torch==2.13.0" in (ROOT / file).read_text()
