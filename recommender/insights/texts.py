"""The texts of one profile by their fields, each looked up once."""

from __future__ import annotations

from recommender.field_path import FieldPath
from recommender.profile import Profile

#: A text and the field where it is written.
Line = tuple[FieldPath, str]


class Texts(dict[FieldPath, str]):
    """Field → what is written there; every module that looks for something in a text of a profile asks this.

    Attributes:
        lines: those of each role, in order.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.lines: list[list[Line]] = [
            [(FieldPath.of("roles", number, "bullets", at), text) for at, text in enumerate(role.bullets)]
            for number, role in enumerate(profile.roles)
        ]
        for lines in self.lines:
            self.update(lines)

    def __missing__(self, field: FieldPath) -> str:
        text = self[field] = str(field.resolve(self._profile))
        return text
