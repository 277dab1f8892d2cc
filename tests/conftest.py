"""Rules for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With TESTS_REQUIRE_ALL set, as in CI, only the real résumés of `../shared` may be missing."""
    report = yield
    if os.environ.get("TESTS_REQUIRE_ALL") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if "shared" not in reason:
            report.outcome = "failed"
            report.longrepr = f"{reason}\n(a skip is a failure where TESTS_REQUIRE_ALL is set)"
    return report
