"""How a results file came to be: the command as it was run, the commit, the date and the machine."""

from __future__ import annotations

import json
import os
import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
#: What a benchmark writes is no change of what it measures.
_WRITTEN = ("benchmarks/results", "benchmarks/README.md")


def provenance() -> dict[str, str]:
    """The entries that every results file carries; asked for before measuring, for a checkout may change meanwhile."""
    return {
        "command": shlex.join(["python", *sys.orig_argv[1:]]),
        "commit": commit(),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
    }


def commit(folder: Path = ROOT) -> str:
    """The short hash that is checked out, "+changes" where files differ from it; "unknown" outside a checkout."""
    # a copy of the sources inside a checkout of something else is no checkout of this
    if _git(folder, "rev-parse", "--show-toplevel") != str(folder.resolve()):
        return "unknown"
    hashed = _git(folder, "rev-parse", "--short", "HEAD")
    if not hashed:
        return "unknown"
    changes = _git(folder, "status", "--porcelain", "--", ".", *(f":(exclude){path}" for path in _WRITTEN))
    return f"{hashed}+changes" if changes else hashed


def machine() -> str:
    """Processor, cores that this process may use, system, Python."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8")) if info.exists() else None
    processor = found[1].strip() if found else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{processor}, {cores} cores, {platform.platform()}, Python {platform.python_version()}"


def write(path: Path, results: Mapping[str, Any]) -> str:
    """Write a results file; what was written."""
    written = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    path.parent.mkdir(exist_ok=True)
    path.write_text(written, encoding="utf-8")
    return written


def keep(path: Path, results: Mapping[str, Any]) -> None:
    """Write a results file, and show it."""
    print(write(path, results), end="")


def keep_section(path: Path, section: str, results: Mapping[str, Any]) -> None:
    """Put one section, which carries its own provenance, into a results file, and show it."""
    noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    keep(path, dict(sorted({**noted, section: results}.items())))


def _git(folder: Path, *arguments: str) -> str:
    """What git says; nothing where it fails or is not installed."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
