"""One id, one record: of two records of a run that bear the same id, the first stays and the second is reported."""

from __future__ import annotations

from recommender.reading.outcome import Found, Rejected


class Once:
    """The ids that a run has seen, and where: a run is one body, or all the paths of one command."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def refusal(self, found: Found) -> Rejected | None:
        """Why this record is not taken; None, and its id is taken, where it is the first of its id."""
        profile_id = found.profile.id
        if profile_id is None:
            return None
        where = found.where
        first = self._places.setdefault(profile_id, where)
        if first is where:
            return None
        reason = f"{profile_id!r} is the id of {first} too, and neither replaces the other; give one of them another id"
        return found.reject("id", reason)
