"""An application that needs keys."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from recommender.keys import KeyFile, Scope
from recommender.service import create_app
from recommender.settings import Settings
from tests.service.people import ADA, Client, Rooms, engineer

#: What a browser says of a page it is to show, and of what our own pages send.
PAGE = {"accept": "text/html"}
OWN = {"sec-fetch-site": "same-origin"}


class Guarded:
    """An application with keys, over Ada and two engineers."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.settings = Settings.load(data=folder / "pool", **settings)
        with Rooms(self.settings) as recommender:
            list(recommender.ingest([ADA, engineer(1), engineer(2)]))
        self.file = KeyFile(self.settings.access_folder)
        self.client: TestClient = Client(create_app(self.settings, Rooms))

    def key(self, *scopes: str, **given: Any) -> dict[str, str]:
        """The header of a new key with these scopes."""
        more = {"name": None, "company": None, "expires": None} | given
        return {
            "authorization": f"Bearer {self.file.create(frozenset(map(Scope, scopes)), datetime.now(UTC), **more)[1]}"
        }
