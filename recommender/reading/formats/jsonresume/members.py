"""The members of a JSON object as text, lists and objects: what is of another type is reported and passed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recommender.reading.text.lines import without_html


def _plain(value: str) -> str:
    """Text without blanks around, nor the HTML in which editors keep it."""
    return (without_html(value) if "<" in value else value).strip()


class Members:
    """One document being read: tells of members that are not what the schema says, and passes them over."""

    def __init__(self, report: Callable[[str, str], None]) -> None:
        self.report = report

    def text(self, holder: dict[str, Any], key: str, path: str) -> str | None:
        """A member that is text, or a number."""
        value = holder.get(key)
        if value is None or isinstance(value, str):
            return _plain(value or "") or None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.report(f"{path}.{key}", f"is {type(value).__name__}, not text; kept in extras only")
        return None

    def texts(self, holder: dict[str, Any], key: str, path: str) -> list[str]:
        """A member that is a list of texts, or the lines of one."""
        values = holder.get(key)
        if values is None:
            return []
        if isinstance(values, str):
            return [line.lstrip("•*- ") for line in _plain(values).split("\n") if line.strip("•*- ")]
        if not isinstance(values, list):
            self.report(f"{path}.{key}", f"is {type(values).__name__}, not a list; kept in extras only")
            return []
        strange = [value for value in values if not isinstance(value, str)]
        if strange:
            self.report(f"{path}.{key}", "holds what is no text; kept in extras only")
        return [text for value in values if isinstance(value, str) and (text := _plain(value))]

    def objects(self, holder: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
        """(place, object) of every object in a member that is a list."""
        values = holder.get(key)
        if values is None:
            return []
        if not isinstance(values, list):
            self.report(key, f"is {type(values).__name__}, not a list; kept in extras only")
            return []
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                self.report(f"{key}[{index}]", f"is {type(value).__name__}, not an object; kept in extras only")
        return [(f"{key}[{index}]", value) for index, value in enumerate(values) if isinstance(value, dict)]
