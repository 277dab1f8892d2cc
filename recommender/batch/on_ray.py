"""`Ray`: pieces are worked off by a Ray cluster, one of this machine alone or one that is there.

The snapshot is shipped to each node once, where its processes share it. A piece whose process or node is lost is given
to another by Ray itself. Every node has this package installed, in the version of the process that began the run.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock

from recommender import private
from recommender.batch.engine import Bench, MakeMatcher
from recommender.batch.pieces import Asking, Piece, Worked
from recommender.errors import BatchError

#: Bytes of a file that travel as one object.
_CHUNK = 64 * 2**20
#: Pieces that are with a processor or wait for it, and how often one is given to another.
_AHEAD, _RETRIES = 2, 20
#: Seconds that a node has to remove what was shipped to it.
_SWEPT_WITHIN = 60


class Ray:
    """A cluster.

    Args:
        matcher_of: makes the matcher of one process; picklable.
        address: of a cluster that is there ("auto", "10.0.0.1:6379"); where none is given, and none is connected to
            yet, one is started on this machine for the time of the work.
    """

    def __init__(self, matcher_of: MakeMatcher, address: str | None = None) -> None:
        self._matcher_of, self._address = matcher_of, address

    def work(self, pool: Path, asking: Asking, pieces: Iterable[Piece]) -> Iterator[Worked]:
        """What comes of each piece, as they are done. Raises `BatchError` where Ray is missing or gives a piece up."""
        ray = _ray()
        ours = not ray.is_initialized()
        if ours:
            ray.init(address=self._address, log_to_driver=False, logging_level="error", **self._of_our_own())
        run = _Run(f"recommender-{secrets.token_hex(8)}", _shipped(ray, pool), self._matcher_of, asking)
        try:
            yield from _worked(ray, run, iter(pieces))
        finally:
            _swept(ray, run)
            if ours:
                ray.shutdown()

    def _of_our_own(self) -> dict[str, object]:
        return {} if self._address else {"include_dashboard": False}


class _Run(NamedTuple):
    """What every process needs to know.

    Attributes:
        name: of the folder on each node.
        files: of the snapshot, each by its path and the objects that it is put together from.
    """

    name: str
    files: list[tuple[str, list[Any]]]
    matcher_of: MakeMatcher
    asking: Asking


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    try:
        import ray
    except ImportError as error:
        raise BatchError("--engine ray needs the extra 'ray'; pip install 'recommender[ray]'") from error
    return ray


def _shipped(ray: Any, pool: Path) -> list[tuple[str, list[Any]]]:
    """The snapshot's files as objects of the cluster."""
    files = sorted(path for path in pool.rglob("*") if path.is_file())
    return [(path.relative_to(pool).as_posix(), [ray.put(chunk) for chunk in _chunks(path)]) for path in files]


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _worked(ray: Any, run: _Run, pieces: Iterator[Piece]) -> Iterator[Worked]:
    task = ray.remote(num_cpus=1, max_retries=_RETRIES)(_work)
    going: dict[Any, Piece] = {}
    shared = ray.put(run)
    while True:
        room = max(2, int(ray.cluster_resources().get("CPU", 1)) * _AHEAD) - len(going)
        for piece in islice(pieces, max(room, 0)):
            going[task.remote(shared, piece)] = piece
        if not going:
            return
        (first, *_), _ = ray.wait(list(going), num_returns=1)
        piece = going.pop(first)
        try:
            yield ray.get(first)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except ray.exceptions.RayError as error:
            what = f"piece {piece.number} was lost {_RETRIES} times ({type(error).__name__})"
            raise BatchError(f"{what}; look at the cluster, then run it again: it goes on from here") from error


def _swept(ray: Any, run: _Run) -> None:
    """Remove from every node that is left what was shipped to it."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    sweep = ray.remote(num_cpus=0, max_retries=0)(_sweep)
    with suppress(Exception):  # a node that is lost now takes its files along, or its operator does
        at = [NodeAffinitySchedulingStrategy(one["NodeID"], soft=False) for one in ray.nodes() if one["Alive"]]
        ray.wait(
            [sweep.options(scheduling_strategy=one).remote(run.name) for one in at],
            num_returns=len(at),
            timeout=_SWEPT_WITHIN,
        )


_bench: tuple[str, Bench] | None = None


def _work(run: _Run, piece: Piece) -> Worked:
    """On a node: the process keeps what it opened for the pieces to come."""
    global _bench
    if _bench is None or _bench[0] != run.name:
        if _bench is not None:
            _bench[1].close()
        _bench = run.name, Bench(run.matcher_of, _landed(run), run.asking)
    return _bench[1].work(piece)


def _landed(run: _Run) -> Path:
    """The snapshot on this node, put there by the first of its processes."""
    import ray

    folder = _folder(run.name)
    private.make_folder(folder)
    with FileLock(folder / "lock", mode=private.FILE):
        if not (folder / "pool").exists():
            aside = folder / "landing"
            shutil.rmtree(aside, ignore_errors=True)
            for name, chunks in run.files:
                private.make_folder((aside / name).parent)
                with private.create(aside / name) as file:
                    for chunk in chunks:
                        file.write(ray.get(chunk))
            aside.rename(folder / "pool")
    return folder / "pool"


def _sweep(name: str) -> None:
    shutil.rmtree(_folder(name), ignore_errors=True)


def _folder(name: str) -> Path:
    """That of this node: several nodes may share a file system."""
    import ray

    return Path(tempfile.gettempdir()) / f"{name}-{ray.get_runtime_context().get_node_id()[:16]}"
