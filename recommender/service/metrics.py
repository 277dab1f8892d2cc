"""What `/metrics` tells: requests by route and status, their latency, and the pool's size and generation."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from recommender.service.paths import route_of

#: Seconds; from a stored profile's ten matches to a large body's encoding.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
#: Anything else a client sends is one series, not one each.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})


class Measures:
    """The measures of one application; a registry of its own, so that two may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
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
        self._profiles = Gauge("recommender_profiles", "Profiles in the pool.", registry=self.registry)
        self._generation = Gauge("recommender_generation", "Number of the last change.", registry=self.registry)

    def observe(self, scope: Scope, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        route, method = route_of(scope), method if method in METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def exposition(self, profiles: int, generation: int) -> bytes:
        """All measures in Prometheus' text format."""
        self._profiles.set(profiles)
        self._generation.set(generation)
        return generate_latest(self.registry)
