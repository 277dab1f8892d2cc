"""Style sheets, scripts and pictures: addressed by what they hold, so that a browser keeps them for good."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parents[1] / "static"


def asset(name: str) -> str:
    """A static file's path below the root: "pages.css" → "/static/pages.css?v=1f0c…".

    Raises `FileNotFoundError` for a name that is none.
    """
    return f"/static/{name}?v={_hash(name)}"


@cache
def _hash(name: str) -> str:
    return blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()


class KeptFiles(StaticFiles):
    """Static files; one that is asked for by the hash of what it holds never has to be asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, as `StaticFiles` has it, with how long it may be kept."""
        response = await super().get_response(path, scope)
        asked = QueryParams(scope["query_string"]).get("v")
        # a page of an older version asks for what is no longer here: what it gets instead is not for good
        by_hash = response.status_code == HTTPStatus.OK and asked is not None and asked == _hash(path)
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if by_hash else "no-cache"
        return response
