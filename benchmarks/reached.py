"""Which functions each test reaches: `pytest -p benchmarks.reached --reached FILE.json tests/…`; `mutation.py` asks it.

Functions are told apart by path and qualified name. What a fixture of a module or session does counts for the first
test that needs it.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = f"{ROOT / 'recommender'}/"


class Reached:
    """Notes the code that is called while a test runs."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._seen: set[CodeType] = set()
        self._tests: dict[str, dict[str, Any]] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around one test, its fixtures included."""
        self._seen.clear()
        started = time.monotonic()
        sys.settrace(self._note)
        threading.settrace(self._note)
        yield
        sys.settrace(None)
        threading.settrace(None)
        names = {f"{code.co_filename.removeprefix(f'{ROOT}/')}::{_name(code)}" for code in self._seen}
        self._tests[item.nodeid] = {"seconds": round(time.monotonic() - started, 3), "functions": sorted(names)}

    def pytest_sessionfinish(self) -> None:
        """Write what was noted."""
        self._out.write_text(json.dumps(self._tests))

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        """Called for every function that is entered; giving nothing back asks for no line of it."""
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            self._seen.add(frame.f_code)


def _name(code: CodeType) -> str:
    """As `mutants` names functions: a comprehension is part of what holds it."""
    return ".".join(part for part in code.co_qualname.split(".") if not part.startswith("<"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The file to write."""
    parser.addoption("--reached", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Note only where a file is named."""
    if out := config.getoption("--reached"):
        config.pluginmanager.register(Reached(out))
