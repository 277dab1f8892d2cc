"""`FieldPath`: where on a profile something is ("roles[2].bullets[0]"); written, read and followed here alone."""

from __future__ import annotations

import re
from typing import Any

from recommender.profile import Profile

_NAMED = r"[a-z_]+(?:\[[0-9]{1,6}\])?"
_PATH = re.compile(rf"{_NAMED}(?:\.{_NAMED})*")
_STEP = re.compile(r"[a-z_]+|[0-9]+")


class FieldPath(tuple[str | int, ...]):
    """The steps from a profile to one of its fields or to an entry of one: names of fields, and positions from 0."""

    __slots__ = ()

    @classmethod
    def of(cls, *steps: str | int) -> FieldPath:
        """The path of these steps: `of("roles", 2, "title")`."""
        return cls(steps)

    @classmethod
    def parse(cls, written: str) -> FieldPath | None:
        """The path that `str` writes so; None where no path is written so."""
        if not _PATH.fullmatch(written):
            return None
        return cls(int(step) if step.isdigit() else step for step in _STEP.findall(written))

    def __str__(self) -> str:
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self).removeprefix(".")

    @property
    def role(self) -> int | None:
        """The position of the role that the field is of; None outside roles."""
        number = self[1] if len(self) > 1 and self[0] == "roles" else None
        return number if isinstance(number, int) else None

    def resolve(self, profile: Profile) -> Any:
        """What the profile has there. Raises `LookupError` where it has no such field or entry."""
        value: Any = profile
        for step in self:
            if isinstance(step, str) and step in getattr(value, "__struct_fields__", ()):
                value = getattr(value, step)
            elif isinstance(step, int) and isinstance(value, tuple) and step < len(value):
                value = value[step]
            else:
                raise LookupError(f"the profile has no field {self}; name one of its own")
        return value
