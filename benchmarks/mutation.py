"""How many small mistakes the tests would find: changes of one operator or constant, drawn by a seed.

    python -m benchmarks.mutation [--seed 1] [--count 60] [--packages matching collection encoding facts reading]
                                  [--suite | --near] [--reached FOLDER] [--out FILE]

Changed are comparisons, + - * /, and/or, numbers (one more, one less), True and False, and `not`, in the code that
answers rest on (`mutants.py` says which is for which). Each change is made to a copy of the tree, one at a time, and
the normal tests (not slow, faults or browser) are run there until one fails: first those that reach the changed
function, the fastest before others, then all of its package (`tests/<package>`). A change that makes the tests take
several times as long counts as found; `--suite` asks the whole normal suite about those that its package's tests let
pass. What changes nothing that anybody can see is with the reason in `verdicts/equivalent_mutants.tsv`, and is set
aside.

A run of 60 takes an hour or two on two cores. Results are written after every change, so that what was measured stays
when a run is stopped.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.mutants import Mutant, changes
from benchmarks.provenance import provenance, write

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "mutation.json"
EQUIVALENT = Path(__file__).parent / "verdicts" / "equivalent_mutants.tsv"
PACKAGES = ("matching", "collection", "encoding", "facts", "reading")
#: Not a part of the product that tests run: it makes the numbers that are shipped, by hand.
APART = "training"
#: How long tests may take, of what they take unchanged, and at least so many seconds.
PATIENCE, LEAST = 4, 120
#: Tests that reach a changed function that are asked before its whole package.
NEAREST = 60
_PYTEST = ("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not slow and not faults and not browser")
#: What is built at run time, and need not be copied.
BUILT = ("pool", "dist", "build", "__pycache__")


def drawn(packages: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """So many of all changes to these packages, each as likely; the same for the same source, packages and seed."""
    files = (file for name in packages for file in sorted((ROOT / "recommender" / name).rglob("*.py")))
    paths = (file.relative_to(ROOT).as_posix() for file in files if APART not in file.parts)
    every = [(path, change) for path in paths for change in changes((ROOT / path).read_text(encoding="utf-8"))]
    chosen = random.Random(seed).sample(every, min(count, len(every)))
    return [change.mutant(path) for path, change in chosen]


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """Path, function, before and after → why nobody can tell the two apart."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["path"], row["where"], row["before"], row["after"]): row["why"] for row in rows}


class Copy:
    """A copy of the tree in a folder of its own, in which tests are run."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "tree"
        shutil.copytree(ROOT, self._root, ignore=shutil.ignore_patterns(".*", *BUILT))
        # no bytecode: a file changed twice within a second, to the same length, would be run as it was before
        self._environment = os.environ | {"PYTHONPATH": str(self._root), "PYTHONDONTWRITEBYTECODE": "1"}
        found = self._python("-c", "import recommender; print(recommender.__file__)", stdout=subprocess.PIPE)
        if not Path((found.communicate()[0] or b"").decode().strip()).is_relative_to(self._root):
            raise SystemExit("the tests would import the installed package, not the copy: nothing would be measured")

    def _python(self, *arguments: str, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=self._root, env=self._environment, stdout=stdout,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    @contextmanager
    def changed(self, mutant: Mutant) -> Iterator[None]:
        """With this change made, and afterwards without."""
        file = self._root / mutant.path
        whole = file.read_bytes()
        file.write_text(mutant.source, encoding="utf-8")
        try:
            yield
        finally:
            file.write_bytes(whole)

    def reached(self, package: str) -> dict[str, list[str]]:
        """Function ("path::name") → the tests of a package that reach it, the fastest first."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "reached.json"
            self._python(*_PYTEST, "-p", "benchmarks.reached", "--reached", str(out), f"tests/{package}").wait()
            noted = json.loads(out.read_text(encoding="utf-8"))
        return by_function(noted)

    def passes(self, tests: Sequence[str], seconds: float | None = None) -> bool | None:
        """Whether these tests pass; None where they take longer than that."""
        run = self._python(*_PYTEST, *tests)
        try:
            return run.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return None
        finally:
            # what the tests started may outlive them where they failed or were stopped
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
            run.wait()


def _near(reached: dict[str, list[str]], mutant: Mutant) -> list[str]:
    """The tests that reach a changed function, the fastest first; of what is outside of functions, its module."""
    if f"{mutant.path}::{mutant.where}" in reached:
        return reached[f"{mutant.path}::{mutant.where}"]
    several = (tests for function, tests in reached.items() if function.startswith(f"{mutant.path}::"))
    return list(dict.fromkeys(test for tests in several for test in tests))


def by_function(noted: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Function → tests, of what `reached` notes of each test."""
    tests: dict[str, list[str]] = {}
    for test in sorted(noted, key=lambda name: float(noted[name]["seconds"])):
        for function in noted[test]["functions"]:
            tests.setdefault(function, []).append(test)
    return tests


class Judge:
    """Runs tests against changes; how long tests take unchanged is measured when they are first needed.

    Args:
        noted: package → what `reached` noted of its tests; measured when it is first needed where it is not here.
    """

    def __init__(self, copy: Copy, noted: dict[str, dict[str, list[str]]]) -> None:
        self._copy, self._noted = copy, noted
        self._limits: dict[str, float] = {}

    def outcome(self, mutant: Mutant, suites: Sequence[str]) -> str:
        """By the first suite that notices, tests that reach the changed function first: "found" or "timed out"."""
        package = Path(mutant.path).parts[1]
        if package not in self._noted:
            self._noted[package] = self._copy.reached(package)
        near = _near(self._noted[package], mutant)[:NEAREST]
        for tests, limit in ((near, LEAST), *(([suite], 0.0) for suite in suites)):
            passed = not tests or self._passes(mutant, tests, limit or self._limit(tests[0]))
            if not passed:
                return "timed out" if passed is None else "found"
        return "survived"

    def _passes(self, mutant: Mutant, tests: Sequence[str], limit: float) -> bool | None:
        with self._copy.changed(mutant):
            return self._copy.passes(tests, limit)

    def _limit(self, tests: str) -> float:
        if tests not in self._limits:
            started = time.monotonic()
            if not self._copy.passes([tests]):
                raise SystemExit(f"{tests} fails on the unchanged tree: fix that first")
            self._limits[tests] = max(LEAST, PATIENCE * (time.monotonic() - started))
        return self._limits[tests]


def judged(judge: Judge, mutant: Mutant, suites: int, known: dict[tuple[str, str, str, str], str]) -> dict[str, Any]:
    """One change and what became of it, as it is in the results; `suites` are asked where near tests pass, 0 to 2."""
    path, line, where, before, after, _ = mutant
    result = {"file": path, "line": line, "where": where, "before": before, "after": after}
    if why := known.get((path, where, before, after)):
        return {**result, "outcome": "equivalent", "why": why}
    started = time.monotonic()
    outcome = judge.outcome(mutant, [f"tests/{Path(path).parts[1]}", "tests"][:suites])
    return {**result, "outcome": outcome, "seconds": round(time.monotonic() - started, 1)}


def summary(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Counts of the outcomes, and the share of those not set aside that were found."""
    counts = {name: sum(one["outcome"] == name for one in results) for name in ("found", "timed out", "survived")}
    asked = sum(counts.values())
    found = counts["found"] + counts["timed out"]
    share = round(found / asked, 3) if asked else None
    return {**counts, "equivalent": len(results) - asked, "share_found": share}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--packages", nargs="+", choices=PACKAGES, default=list(PACKAGES))
    parser.add_argument("--suite", action="store_true", help="ask the whole normal suite about survivors")
    parser.add_argument("--near", action="store_true", help="ask only tests that reach the function: a lower bound")
    parser.add_argument("--reached", type=Path, help="Folder of <package>.json as `benchmarks.reached` writes them.")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    about = provenance()
    # so that the copy and the tests under way go with this process
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    known, results = equivalents(), list[dict[str, Any]]()
    with tempfile.TemporaryDirectory() as folder:
        noted = {
            file.stem: by_function(json.loads(file.read_text())) for file in (args.reached or Path()).glob("*.json")
        }
        judge = Judge(Copy(Path(folder)), noted if args.reached else {})
        for mutant in drawn(args.packages, args.count, args.seed):
            results.append(judged(judge, mutant, 0 if args.near else 1 + args.suite, known))
            print(json.dumps(results[-1], ensure_ascii=False), flush=True)
            write(args.out, {**about, **summary(results), "mutants": results})
    print(json.dumps(summary(results)))


if __name__ == "__main__":
    main()
