"""Making the derived files of a large pool anew in a process of its own, which questions need not share theirs with.

Half of sealing is Python, which would take turns with every question; and what it takes of memory is given back. The
process ends where its input does, so that nothing is left of it where the follower's was killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import filelock

from recommender.collection.local.sealed.build import Plan
from recommender.collection.local.sealed.hnsw import BuildStopped
from recommender.collection.local.sealed.publish import UNUSABLE, publish
from recommender.collection.local.truth.schema import writers_lock
from recommender.errors import CollectionError, RecommenderError

#: How often it is looked whether to stop.
_LOOK_SECONDS = 0.2
#: How much later than questions the processor is its turn.
_NICE = 5
_LOCKED = 3
#: What it is to run. As a module it would be imported twice.
_RUN = f"import sys; from {__name__} import main; sys.exit(main(sys.argv[1], int(sys.argv[2])))"


def publish_aside(folder: Path, index_from: int, stopped: threading.Event) -> None:
    """Publish a segment of all that is stored, from another process, under the writers' lock.

    Raises `BuildStopped` once stopped, `filelock.Timeout` where somebody else holds the lock, `OSError` where no
    process can be started, and `CollectionError` where it did not succeed.
    """
    path = os.pathsep.join(part or os.getcwd() for part in sys.path)
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _RUN, str(folder), str(index_from)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        start_new_session=True,  # an interrupt from the terminal is for the follower's process
    )
    with process:
        while process.poll() is None:
            if stopped.wait(_LOOK_SECONDS):
                process.kill()
                raise BuildStopped
        assert process.stdout is not None
        said = process.stdout.read().decode(errors="replace").strip()
    if process.returncode == _LOCKED:
        raise filelock.Timeout(str(folder))
    if process.returncode:
        why = said or f"it ended with status {process.returncode}"
        raise CollectionError(f"the derived files of {folder} could not be made anew: {why}; run `recommender check`")


def main(place: str, index_from: int) -> int:
    """What the process does; the exit status."""
    folder = Path(place)
    threading.Thread(target=_end_with_input, daemon=True).start()
    os.nice(_NICE)
    try:
        with writers_lock(folder).acquire(timeout=0):
            publish(folder, Plan(index_from, lambda: False))
    except filelock.Timeout:
        return _LOCKED
    except (*UNUSABLE, RecommenderError) as error:
        sys.stdout.write(str(error))
        return 1
    return 0


def _end_with_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)
