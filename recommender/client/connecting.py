"""How a client reaches its service."""

from __future__ import annotations

from typing import Any, TypedDict


class Given(TypedDict, total=False):
    """What may be said of a connection.

    Attributes:
        key: sent with every request.
        timeout: seconds until a call counts as not answered.
        transport: of httpx, in place of its own.
    """

    key: str | None
    timeout: float
    transport: Any


def settings_of(base_url: str, given: Given) -> dict[str, Any]:
    """Arguments of httpx's clients."""
    headers = {"accept": "application/json"}
    if key := given.get("key"):
        headers["authorization"] = f"Bearer {key}"
    return {
        "base_url": base_url.rstrip("/"),
        "headers": headers,
        "timeout": given.get("timeout", 60.0),
        "transport": given.get("transport"),
    }
