"""The texts of one profile by their fields, each looked up when it is first asked for."""

from __future__ import annotations

from recommender.field_path import FieldPath
from recommender.profile import Profile


class Texts(dict[FieldPath, str]):
    """Field → what is written there; every module that looks for something in a text of a profile asks this."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def __missing__(self, field: FieldPath) -> str:
        text = self[field] = str(field.resolve(self._profile))
        return text
