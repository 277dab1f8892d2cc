"""`Storing`: profiles into a pool; what is there already as it is, or says the same, is not encoded again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from recommender.collection import Collection, View, kept, made_by
from recommender.encoding import EncodedProfile, ProfileEncoder
from recommender.errors import ProfileNotFound
from recommender.profile import Profile
from recommender.reading import Found, Rejected
from recommender.storing.encoders import OF_A_RECORD, Encoded, Encoders, encoded
from recommender.storing.outcome import BATCH, Outcome


class _Compared(NamedTuple):
    """Profiles beside what the pool holds: those that are not there as they are, and the generation looked at."""

    sound: Sequence[Found]
    changed: list[Found]
    generation: int


class Storing:
    """Stores profiles in a pool that its encoder's numbers fit."""

    def __init__(self, collection: Collection, profile_encoder: ProfileEncoder) -> None:
        self._collection, self._encoder = collection, profile_encoder

    def store(self, sound: Sequence[Found], rejected: Sequence[Rejected], before_each: Callable[[], None]) -> Outcome:
        """Encode what changed, and store it in one transaction.

        Args:
            sound, rejected: as `sift` gives them.
            before_each: called before each batch is encoded; what it raises ends the work with nothing stored.
        """
        compared, numbered, refused = self._compared(sound), list[EncodedProfile](), list(rejected)
        for start in range(0, len(compared.changed), BATCH):
            before_each()
            batch = compared.changed[start : start + BATCH]
            held, fresh = self._held(batch)
            fit, unfit = encoded(self._encoder, fresh)
            numbered += _in_order(batch, held, fit)
            refused += unfit
        return self._stored(compared, numbered, refused)

    def begin(self, sound: Sequence[Found], rejected: Sequence[Rejected], encoders: Encoders) -> Callable[[], Outcome]:
        """Have what changed encoded; what is returned waits for that, and stores it in one transaction."""
        compared = self._compared(sound)
        held, fresh = self._held(compared.changed)
        return partial(self._finish, compared, held, rejected, encoders.begin(fresh))

    def _finish(
        self,
        compared: _Compared,
        held: Sequence[EncodedProfile],
        rejected: Sequence[Rejected],
        waited: Callable[[], Encoded],
    ) -> Outcome:
        fit, unfit = waited()
        return self._stored(compared, _in_order(compared.changed, held, fit), [*rejected, *unfit])

    def _compared(self, sound: Sequence[Found]) -> _Compared:
        with self._collection.view() as view:
            comparable = made_by(view, self._encoder)
            changed = [found for found in sound if not comparable or _as_stored(view, found.profile) != found.profile]
            return _Compared(sound, changed, view.generation)

    def _held(self, batch: Sequence[Found]) -> tuple[list[EncodedProfile], list[Found]]:
        """Those whose numbers the pool holds, with them; and the others."""
        with self._collection.view() as view:
            held = [self._kept(view, found.profile) for found in batch]
        fresh = [found for found, known in zip(batch, held, strict=True) if known is None]
        return [known for known in held if known is not None], fresh

    def _kept(self, view: View, profile: Profile) -> EncodedProfile | None:
        try:
            return kept(view, profile, self._encoder)
        except OF_A_RECORD:
            return None  # encoding it will say what is wrong with it

    def _stored(self, compared: _Compared, numbered: Sequence[EncodedProfile], refused: Sequence[Rejected]) -> Outcome:
        generation = self._collection.upsert(numbered) if numbered else compared.generation
        new = {one.profile_id for one in numbered}
        old = {found.profile.id for found in compared.sound} - {found.profile.id for found in compared.changed}
        ids = tuple(found.profile.id or "" for found in compared.sound if found.profile.id in new | old)
        return Outcome(ids, len(old), tuple(refused), generation)


def _in_order(
    batch: Sequence[Found], held: Sequence[EncodedProfile], fit: Sequence[EncodedProfile]
) -> list[EncodedProfile]:
    """Those of the batch that have numbers, with them, as they were given."""
    numbered = {one.profile_id: one for one in (*held, *fit)}
    return [numbered[found.profile.id] for found in batch if found.profile.id in numbered]


def _as_stored(view: View, profile: Profile) -> Profile | None:
    try:
        return view.profiles([view.row(profile.id or "")])[0]
    except ProfileNotFound:
        return None
