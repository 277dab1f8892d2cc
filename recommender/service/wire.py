"""How the service sends what it says."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Response

JSON = "application/json"
#: Names of JSON lines.
NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
#: Where the OpenAPI document keeps its schemas.
REF = "#/components/schemas/"
_ENCODER = msgspec.json.Encoder()


def reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The JSON of a body, encoded once."""
    return Response(_ENCODER.encode(body), status, headers, media_type=JSON)
