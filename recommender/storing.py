"""`Storing`: profiles into a pool, the one way for command, HTTP and Python: admit, keep or encode, upsert."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from recommender.collection import Collection, View, kept, made_by
from recommender.encoding import EncodedProfile, ProfileEncoder
from recommender.errors import ProfileNotFound, ProfileTooLong
from recommender.profile import Profile
from recommender.reading import Found, Once, Rejected
from recommender.validity import Fault, admit

#: Profiles encoded at once: after each such batch a caller may give up.
BATCH = 64
#: What encoding raises of a record that it cannot cope with; a model that is not there or a full memory is no record's.
_OF_A_RECORD = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


class Outcome(NamedTuple):
    """What became of some profiles.

    Attributes:
        ids: of those that are in the pool now as given, in order.
        unchanged: how many of them were there already as they are, and were not written.
        rejected: those that no pool may hold, that repeat an id, or that cannot be encoded.
        generation: the pool's that has them.
    """

    ids: tuple[str, ...]
    unchanged: int
    rejected: tuple[Rejected, ...]
    generation: int


class Totals(NamedTuple):
    """How far an ingest is: people written, left alone because they are there already, and refused."""

    written: int
    unchanged: int
    rejected: int

    def plus(self, done: Outcome) -> Totals:
        """With what became of one batch more."""
        written = len(done.ids) - done.unchanged
        return Totals(self.written + written, self.unchanged + done.unchanged, self.rejected + len(done.rejected))


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
        refused = list(rejected)
        with self._collection.view() as view:
            comparable = made_by(view, self._encoder)
            changed = [found for found in sound if not comparable or _stored(view, found.profile) != found.profile]
            generation = view.generation
        encoded: list[EncodedProfile] = []
        for start in range(0, len(changed), BATCH):
            before_each()
            fit, unfit = self._numbered(changed[start : start + BATCH])
            encoded += fit
            refused += unfit
        if encoded:
            generation = self._collection.upsert(encoded)
        new = {one.profile_id for one in encoded}
        old = {found.profile.id for found in sound} - {found.profile.id for found in changed}
        ids = tuple(found.profile.id or "" for found in sound if found.profile.id in new | old)
        return Outcome(ids, len(old), tuple(refused), generation)

    def _numbered(self, batch: Sequence[Found]) -> tuple[list[EncodedProfile], list[Rejected]]:
        """The batch encoded, but for those whose numbers the pool holds; and those that cannot be encoded."""
        with self._collection.view() as view:
            held = [self._kept(view, found.profile) for found in batch]
        encoded, refused = self._encoded([found for found, known in zip(batch, held, strict=True) if known is None])
        numbered = {one.profile_id: one for one in (*held, *encoded) if one is not None}
        return [numbered[found.profile.id] for found in batch if found.profile.id in numbered], refused

    def _kept(self, view: View, profile: Profile) -> EncodedProfile | None:
        try:
            return kept(view, profile, self._encoder)
        except _OF_A_RECORD:
            return None  # encoding it will say what is wrong with it

    def _encoded(self, batch: Sequence[Found]) -> tuple[list[EncodedProfile], list[Rejected]]:
        """Those that can be encoded; one that cannot costs itself alone."""
        if not batch:
            return [], []
        try:
            return self._encoder.encode([found.profile for found in batch]), []
        except (ProfileTooLong, *_OF_A_RECORD) as error:
            if len(batch) == 1 and isinstance(error, ProfileTooLong):
                return [], [batch[0].reject("", str(error))]
            if len(batch) == 1:
                reason = f"it cannot be encoded ({type(error).__name__}: {error}); please report this"
                return [], [batch[0].reject("", " ".join(reason.split()))]
        parts = [self._encoded([found]) for found in batch]
        return [one for encoded, _ in parts for one in encoded], [one for _, refused in parts for one in refused]


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


def _stored(view: View, profile: Profile) -> Profile | None:
    try:
        return view.profiles([view.row(profile.id or "")])[0]
    except ProfileNotFound:
        return None
