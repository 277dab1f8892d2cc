"""A hostile run over every reader: a file gives profiles and rejections, soon, and never an error of another kind.

`HOSTILE_FILES` says how many (10,000), `HOSTILE_SEED` which.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from recommender import collection
from recommender.errors import ReadingError
from recommender.profile import Profile, profile_to_json
from recommender.reading import Notice, Rejected, read_path
from recommender.skills import Vocabulary
from tests.hostile.files import file, moulds

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("HOSTILE_FILES", "10000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))
MOST = 2 * 2**20
#: Seconds of processor time that a file may take, its child processes' time included; a page of a PDF adds .1.
ALLOWED = 2.0


def cpu_seconds() -> float:
    """Of this process and of its children that ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def test_a_file_gives_profiles_and_rejections_and_nothing_else(tmp_path: Path) -> None:
    vocabulary, rng, sound = Vocabulary.shipped(), random.Random(SEED), moulds()
    notices: list[Notice] = []
    failures, read = [], 0
    for number in range(COUNT):
        suffix, content = file(rng, sound, MOST)
        path = tmp_path / f"f{suffix}"
        path.write_bytes(content)
        notices.clear()
        before = cpu_seconds()
        try:
            outcomes = list(read_path(path, vocabulary=vocabulary, on_notice=notices.append))
        except ReadingError:  # the file as a whole
            outcomes = []
        except Exception as error:  # every other one is what is looked for
            failures.append(f"{number} (seed {SEED}): {suffix} of {len(content)} bytes: {error!r}"[:400])
            continue
        took = cpu_seconds() - before
        if took > ALLOWED:
            failures.append(f"{number} (seed {SEED}): {suffix} of {len(content)} bytes took {took:.1f} s")
        for outcome in outcomes:
            if isinstance(outcome, Rejected):
                assert outcome.reason
                assert "\n" not in outcome.reason
            else:
                assert msgspec.json.decode(profile_to_json(outcome), type=Profile) == outcome
                read += 1
    assert not failures, "\n".join(failures[:40])
    assert read > COUNT // 10, "most inputs are bent so little that something can be read"


def test_a_folder_of_them_is_ingested_but_for_what_cannot_be(tmp_path: Path) -> None:
    """600 files by the command itself: no traceback, a true summary, a sound pool."""
    rng, sound, folder = random.Random(SEED + 1), moulds(), tmp_path / "files"
    folder.mkdir()
    for number in range(600):
        suffix, content = file(rng, sound, 100_000)
        (folder / f"f{number}{suffix}").write_bytes(content)
    command = [sys.executable, "-c", "from recommender.cli import main; main()", "ingest", str(folder), "--json"]
    done = subprocess.run(
        [*command, "--data", str(tmp_path / "pool")], capture_output=True, text=True, errors="replace"
    )
    assert done.returncode == 1, done.stderr[-2_000:]
    assert "Traceback" not in done.stderr
    summary = msgspec.json.decode(done.stdout)
    assert summary["rejected"] == done.stderr.count("rejected: ")
    pool = collection.LocalCollection(tmp_path / "pool")
    with pool.view() as view:
        assert len(view) == summary["stored"]
    pool.close()
    assert collection.check(tmp_path / "pool") == []
