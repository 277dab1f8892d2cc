"""What `/metrics` tells: requests by route and status, their latency, and the pool's size and generation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import Scope

from recommender.service.paths import route_of

#: Seconds; from a stored profile's ten matches to a large body's encoding.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
#: Anything else a client sends is one series, not one each.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})


class Measures:
    """The measures of one application; a registry of its own, so that two may live in one process.

    Where several processes serve together, each keeps its numbers in files that all read (`share`).
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Of this process; with the folder of all of them, of them all."""
        self.registry, self._folder = CollectorRegistry(), folder
        self._requests = Counter(
            "recommender_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "recommender_request_seconds",
            "Time to answer.",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._of = cache(self._series)  # to look series up takes longer than to count

    def observe(self, scope: Scope, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        requests, latency = self._of(method if method in METHODS else "other", route_of(scope), status)
        requests.inc()
        latency.observe(seconds)

    def _series(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(method, route, str(status)), self._seconds.labels(method, route)

    def exposition(self, profiles: int, generation: int) -> bytes:
        """All measures in Prometheus' text format."""
        registry, pool = self.registry, CollectorRegistry()
        if self._folder is not None:
            MultiProcessCollector(registry := CollectorRegistry(), str(self._folder))  # type: ignore[no-untyped-call]
        pool.register(_Pool(profiles, generation))
        return generate_latest(registry) + generate_latest(pool)


class _Pool(Collector):
    """What is asked of the pool and not counted."""

    def __init__(self, profiles: int, generation: int) -> None:
        self._profiles, self._generation = profiles, generation

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("recommender_profiles", "Profiles in the pool.", self._profiles)
        yield GaugeMetricFamily("recommender_generation", "Number of the last change.", self._generation)


def share(folder: Path, number: int) -> None:
    """From now on this process keeps its numbers in this folder, going on with those of its predecessor.

    Args:
        number: of this process among those that serve together.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]
