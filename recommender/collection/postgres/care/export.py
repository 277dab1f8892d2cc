"""Everything that a pool holds on one person, for that person to see."""

from __future__ import annotations

from recommender.collection import linking
from recommender.collection.maintenance import Export
from recommender.collection.postgres.view import PostgresView


def exported(view: PostgresView, profile_id: str) -> Export:
    """All that is held under this id; raises `ProfileNotFound`."""
    row = view.row(profile_id)
    return Export(
        view.profiles([row])[0],
        view.facts([row])[0],
        row,
        view.fingerprint or "",
        tuple(view.vectors([row])[0].tolist()),
        {name: column.tolist() for name, column in view.features([row]).columns.items()},
        tuple(one for one in view.same_person(profile_id) if one != profile_id),
        linking.others(profile_id, view.kept_apart()),
    )
