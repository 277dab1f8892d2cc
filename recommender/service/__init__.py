"""The service: `create_app(settings)` gives the ASGI application that `recommender serve` runs."""

from recommender.service.app import create_app

__all__ = ["create_app"]
