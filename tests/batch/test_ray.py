"""Pieces worked off by a local Ray cluster of three nodes, one of which is taken away: the same file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from recommender.batch import ALL, Progress, Ray, match, on_ray, pieces
from recommender.collection import Collection
from recommender.errors import BatchError
from recommender.matching import Matcher
from recommender.settings import Settings
from tests.batch.test_match import PEOPLE, matcher_of, rooms, settings  # noqa: F401
from tests.service.people import Rooms


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BatchError, match=r"pip install 'recommender\[ray\]'"):
        next(Ray(partial(matcher_of, Settings.load())).work(tmp_path, pieces.Asking(), []))


@pytest.fixture
def cluster() -> Iterator[Any]:
    ray = pytest.importorskip("ray", reason="needs the extra 'ray'; pip install 'recommender[ray]'")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.extra = [cluster.add_node(num_cpus=1) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": os.getcwd()}})
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_node_that_is_lost_changes_nothing(
    cluster: Any,
    rooms: Rooms,  # noqa: F811
    settings: Settings,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Seventy queries in pieces of two; after five of them one of three nodes goes without a word."""
    ids = [*(str(person.id) for person in PEOPLE), "nobody"] * 4
    match(rooms.matcher, ids, tmp_path / "alone.parquet", k=3)
    monkeypatch.setattr(pieces, "MOST_QUERIES", 2)
    told: list[Progress] = []
    lost: list[set[Path]] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.done >= 10 and not lost:
            lost.append(landed())
            cluster.remove_node(cluster.extra[0], allow_graceful=False)

    engine = Ray(partial(matcher_of, settings))
    done = match(rooms.matcher, ids, tmp_path / "ray.parquet", k=3, engine=engine, on_progress=tell)
    assert (tmp_path / "ray.parquet").read_bytes() == (tmp_path / "alone.parquet").read_bytes()
    assert (done.pieces, len(told), told[-1].done) == (36, 37, len(ids))
    assert len(lost) == 1
    assert len(lost[0]) <= 3  # a snapshot a node, whatever its processes
    assert len(landed() & lost[0]) <= 1  # what was shipped is gone, but for the lost node's


def landed() -> set[Path]:
    return {path for path in Path(tempfile.gettempdir()).glob("recommender-*-*") if (path / "pool").exists()}


def broken(given: Settings, collection: Collection) -> Matcher:
    raise BatchError("nothing can be matched here; match elsewhere")


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore")
def test_an_error_on_a_node_is_raised_here(
    cluster: Any,
    rooms: Rooms,  # noqa: F811
    settings: Settings,  # noqa: F811
    tmp_path: Path,
) -> None:
    before = landed()
    with pytest.raises(BatchError, match="nothing can be matched here"):
        match(rooms.matcher, ALL, tmp_path / "m.parquet", engine=Ray(partial(broken, settings)))
    assert landed() == before


def test_files_travel_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "_CHUNK", 4)
    (tmp_path / "file").write_bytes(b"ninebytes")
    assert list(on_ray._chunks(tmp_path / "file")) == [b"nine", b"byte", b"s"]
