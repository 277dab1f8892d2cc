"""Kills and disk faults: nothing acknowledged is lost, nothing is half there, and the pool is sound each time."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from recommender.collection import LocalCollection
from recommender.collection.local.truth import apart
from tests.collection import crash
from tests.collection.people import person

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes a disk fail, compiled here."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("injecting disk faults needs a C compiler (Debian: gcc, libc6-dev)")
    library = tmp_path_factory.mktemp("shim") / "disk_faults.so"
    source = Path(__file__).with_name("disk_faults.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


def python(*arguments: object, preload: Path | None = None) -> Any:
    """What a Python process of its own prints, read as JSON."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    if preload:
        environment["LD_PRELOAD"] = str(preload)
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, timeout=3600)
    return msgspec.json.decode(done.stdout)


def assert_unharmed(outcome: dict[str, Any], kills: int) -> None:
    assert outcome["kills"] == kills
    assert outcome["lost_or_half_written"] == []
    assert outcome["check_findings"] == []
    assert outcome["acknowledged_steps"] > kills / 4


def test_killed_at_random_moments(tmp_path: Path) -> None:
    assert_unharmed(python("-m", "tests.collection.crash", tmp_path / "pool", "--rounds", 6), 18)


def test_killed_while_the_disk_fails(tmp_path: Path, shim: Path) -> None:
    asked = ("-m", "tests.collection.crash", tmp_path / "pool", "--rounds", 4, "--one-in", 40)
    outcome = python(*asked, preload=shim)
    assert_unharmed(outcome, 12)
    assert outcome["injected_faults"] > 0


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(4))
def test_killed_a_thousand_times(tmp_path: Path, seed: int) -> None:
    asked = ("-m", "tests.collection.crash", tmp_path / "pool", "--rounds", 90, "--seed", 100 + seed)
    assert_unharmed(python(*asked), 270)


@pytest.mark.faults
@pytest.mark.parametrize("one_in", [10, 40, 150])
def test_killed_often_while_the_disk_fails(tmp_path: Path, shim: Path, one_in: int) -> None:
    asked = ("-m", "tests.collection.crash", tmp_path / "pool", "--rounds", 60, "--one-in", one_in, "--seed", one_in)
    assert_unharmed(python(*asked, preload=shim), 180)


@pytest.mark.parametrize("broken", ["forgets deletes", "writes halves", "forgets links", "forgets who is apart"])
def test_the_loop_notices_a_pool_that_loses_or_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    honest = crash.do

    def dishonest(pool: LocalCollection, kind: str, given: Any) -> None:
        if broken == f"forgets {kind}s":
            return
        if broken == "writes halves" and kind == "upsert" and len(given) > 1:
            given = given[:-1]
        honest(pool, kind, given)

    monkeypatch.setattr(crash, "do", dishonest)
    if broken == "forgets who is apart":
        monkeypatch.setattr(apart, "keep", lambda *_: None)
    assert crash.run(tmp_path / "pool", rounds=60, seed=7).lost, "the first loss ends it"


FULL_DISK = """
import ctypes, os, random, sys
from pathlib import Path
from recommender.collection import LocalCollection
from recommender.errors import CollectionReadOnly
from tests.collection.people import person
pool, rng = LocalCollection(Path(sys.argv[1])), random.Random(1)
pool.upsert([person(f"p{i}", rng) for i in range(50)])
counter = (ctypes.c_long * 1)()
arm = lambda one_in: ctypes.CDLL(None).fault_arm(os.fsencode(sys.argv[1]), 1, one_in, counter)
arm(1)
said = []
for attempt in (lambda: pool.upsert([person("late", rng)]), lambda: pool.delete(["p1"]), pool.seal, pool.compact):
    try:
        attempt()
        said.append("was done")
    except CollectionReadOnly as error:
        said.append(str(error))
with pool.view() as view:
    during = (view.count(), len(view.profiles(view.rows())))
arm(0)
pool.upsert([person("late", rng)])
with pool.view() as view:
    after = view.count()
pool.close()
import json
print(json.dumps({"said": said, "during": during, "after": after}))
"""


def test_on_a_full_disk_reading_goes_on_and_writing_refuses_clearly(tmp_path: Path, shim: Path) -> None:
    message = python("-c", FULL_DISK, tmp_path / "pool", preload=shim)
    assert (message["during"], message["after"]) == ([50, 50], 51)
    assert all("nothing was stored" in line and "\n" not in line for line in message["said"]), message["said"]
    assert "is full" in message["said"][0]
    assert "free some space" in message["said"][0]


READ_ONLY = """
import os, random, sys
from pathlib import Path
from recommender.collection import LocalCollection, check
from recommender.errors import CollectionReadOnly
from tests.collection.people import person
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
pool = LocalCollection(Path(sys.argv[1]))
with pool.view() as view:
    count = view.count()
try:
    pool.upsert([person("late", random.Random(1))])
    said = "was done"
except CollectionReadOnly as error:
    said = str(error)
pool.close()
findings = check(Path(sys.argv[1]))
import json
print(json.dumps({"count": count, "said": said, "findings": len(findings)}))
"""


@pytest.fixture
def read_only() -> Iterator[Callable[[], Path]]:
    """Turns a folder in which a pool was made into one where nothing can be written, by others than root at least."""
    folder = Path(tempfile.mkdtemp(prefix="read-only-pool-"))

    def seal_off() -> Path:
        for place, _, names in os.walk(folder):
            for name in names:
                (Path(place) / name).chmod(0o444)
            Path(place).chmod(0o555)
        return folder

    yield lambda: seal_off() if any(folder.iterdir()) else folder
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("sealed", [False, True])
def test_on_read_only_media_a_pool_can_be_read(read_only: Callable[[], Path], sealed: bool) -> None:
    folder = read_only()
    pool = LocalCollection(folder)
    pool.upsert(person(f"p{i}", random.Random(i)) for i in range(5))
    if sealed:
        pool.seal()
    with pool.view() as view:
        count = view.count()
    pool.close()
    message = python("-c", READ_ONLY, read_only())
    assert message["count"] == count > 0
    assert message["findings"] == 0
    assert "cannot be written" in message["said"]
