"""The routes, one file a resource."""

from recommender.service.routes import ids  # noqa: F401 - the form of an id, which paths name
