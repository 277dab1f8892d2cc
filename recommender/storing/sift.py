"""`sift`: which profiles a pool may hold at all, before anything is encoded."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.reading import Found, Once, Rejected
from recommender.validity import Fault, admit


def sift(batch: Sequence[Found], once: Once) -> tuple[list[Found], list[Rejected]]:
    """Those that a pool may hold, as they will be read back, and the others."""
    sound: list[Found] = []
    refused: list[Rejected] = []
    for found in batch:
        outcome = admit(found.profile)
        if isinstance(outcome, Fault):
            refused.append(found.reject(outcome.field, outcome.reason))
        elif outcome.id is None:
            refused.append(found.reject("id", "a profile without an id cannot be stored; give it one"))
        elif refusal := once.refusal(found):
            refused.append(refusal)
        else:
            sound.append(Found(outcome, found.source, found.place))
    return sound, refused
