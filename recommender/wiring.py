"""`Recommender`: one process's rooms, put together from its settings; each is built when first asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from recommender.collection import (
    EVERYONE,
    Filter,
    LocalCollection,
    Resolved,
    View,
    kept,
    made_by,
    make_pool,
    resolve,
)
from recommender.decoding import Decoder
from recommender.encoding import (
    BUNDLED,
    EncodedProfile,
    PrecomputedEncoder,
    ProfileEncoder,
    VectorFile,
    load_encoder,
)
from recommender.errors import FingerprintMismatch, ProfileNotFound, ProfileTooLong, QueryError
from recommender.matching import Answer, Matcher, Query
from recommender.profile import Profile
from recommender.reading import Found, Once, Rejected
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.validity import Fault, admit

log = logging.getLogger(__name__)

#: Profiles encoded and stored in one transaction: what an interruption can cost.
BATCH = 64
#: An ingest of at least this part of a pool renews the derived files at its end, so that the next opening finds them.
SEAL_SHARE = 8
#: What encoding raises of a record that it cannot cope with; a model that is not there or a full memory is no record's.
_OF_A_RECORD = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


class Stored(NamedTuple):
    """How an ingest is: people written, left alone because they stand there already, and refused."""

    written: int
    unchanged: int
    rejected: int


def _warn(rejected: Rejected) -> None:
    log.warning("%s", rejected.line)


class Recommender:
    """A pool and what is needed to ask it questions.

    ::

        with Recommender(Settings.load(data="pool")) as recommender:
            recommender.matcher.similar(Query(like=("ada",), k=10))
    """

    def __init__(self, settings: Settings, vectors: Path | None = None) -> None:
        """Nothing is opened yet.

        Args:
            vectors: embeddings written by `recommender encode`, looked into before the model is asked.
        """
        self.settings = settings
        self._vectors = vectors

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "collection" in self.__dict__:
            self.collection.close()
        if "decoder" in self.__dict__:
            self.decoder.close()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The skills known by name."""
        path = self.settings.vocabulary
        return Vocabulary.load(path) if path else Vocabulary.shipped()

    @cached_property
    def decoder(self) -> Decoder:
        """Decodes binary formats, in processes that end with this."""
        return Decoder()

    @cached_property
    def profile_encoder(self) -> ProfileEncoder:
        """Profiles to vectors; the model itself loads with the first text it is given."""
        encoder = load_encoder(self.settings.model)
        if self._vectors:
            encoder = PrecomputedEncoder(encoder, VectorFile.load(self._vectors))
        return ProfileEncoder(encoder, self.vocabulary, most_words=self.settings.max_profile_words)

    @cached_property
    def collection(self) -> LocalCollection:
        """The pool in the settings' folder; raises `PoolNotFound` where there is none: `ingest` makes one."""
        return LocalCollection(self.settings.data, create=False)

    @cached_property
    def matcher(self) -> Matcher:
        """Answers who is like whom."""
        return Matcher(self.collection, self.profile_encoder)

    def resolve(self, view: View, where: Filter) -> Resolved:
        """The filter by the names that the pool knows, and what of it, as it was asked, no profile there has.

        Raises `FilterError` for a level or workplace there is not, and `FingerprintMismatch` where this vocabulary
        might name things otherwise than the pool's did.
        """
        if where != EVERYONE:
            self.assert_made_alike()
        return resolve(view, where, self.vocabulary)

    def assert_made_alike(self) -> None:
        """Raise `FingerprintMismatch` where the pool was not made by these settings' model and vocabulary."""
        with self.collection.view() as view:
            held, other = view.fingerprint, not made_by(view, self.profile_encoder) and len(view) > 0
        if other:
            raise FingerprintMismatch(
                f"the pool in {self.settings.data} was made by another model or vocabulary than these settings'; "
                f"{self._maker(held) or 'ask with those that made it'}, or ingest anew into another folder"
            )

    def _maker(self, held: str | None) -> str | None:
        """The settings that the pool was made by, where they are among those that come with the install."""
        vocabularies = {"unset RECOMMENDER_VOCABULARY": Vocabulary.shipped()}
        if self.settings.vocabulary:
            vocabularies[f"RECOMMENDER_VOCABULARY={self.settings.vocabulary}"] = self.vocabulary
        for model in BUNDLED:
            for setting, vocabulary in vocabularies.items():
                if ProfileEncoder(load_encoder(model), vocabulary).fingerprint == held:
                    return f"set RECOMMENDER_MODEL={model}" + (f", {setting}" if len(vocabularies) > 1 else "")
        return None

    def similar(self, query: Query, view: View | None = None) -> Answer:
        """Who is like this, in this view or the pool as it is now?

        Raises `QueryError` where the text is longer than the settings allow.
        """
        longest = self.settings.max_text_chars
        if query.text and len(query.text) > longest:
            raise QueryError(f"text: it has {len(query.text):,} characters, and {longest:,} are taken; shorten it")
        try:
            return self.matcher.similar(query, view)
        except FingerprintMismatch:
            self.assert_made_alike()  # which says what to ask with
            raise

    def ingest(
        self, profiles: Iterable[Profile | Found], on_rejected: Callable[[Rejected], None] = _warn
    ) -> Iterator[Stored]:
        """Encode and store, a batch a transaction; what is there already is not encoded again.

        The pool is made where there is none. A profile that no pool may hold, or whose id an earlier one of this run
        has, is refused alone.

        Args:
            profiles: with the place each was at (`Found`) where that is known, to name it by.
            on_rejected: is called for each refused, as it arises; logs a warning where none is given.

        Yields the running totals after each batch, when that batch is durable. Raises `FingerprintMismatch`, having
        encoded nothing, where the pool was made by another model or vocabulary.
        """
        written = unchanged = rejected = 0
        once, remaining = Once(), enumerate(profiles, start=1)
        while batch := [_found(number, profile) for number, profile in islice(remaining, BATCH)]:
            sound, refused = _sifted(batch, once)
            changed = self._changed(sound)
            encoded, unfit = self.encoded(changed)
            if encoded:
                self.collection.upsert(encoded)
            for refusal in (*refused, *unfit):
                on_rejected(refusal)
            written, unchanged = written + len(encoded), unchanged + len(sound) - len(changed)
            rejected += len(refused) + len(unfit)
            yield Stored(written, unchanged, rejected)
        if written:
            with self.collection.view() as view:
                many = written * SEAL_SHARE >= len(view)
            if many:
                self.collection.seal()

    def encoded(self, batch: Sequence[Found]) -> tuple[list[EncodedProfile], list[Rejected]]:
        """The batch encoded, in its order, and those of it that cannot be, which cost themselves alone.

        What the pool holds as it is keeps its numbers. Ids must be distinct.
        """
        if not batch:
            return [], []
        with self.collection.view() as view:
            held = [self._kept(view, found.profile) for found in batch]
        encoded, refused = self._encoded([found for found, known in zip(batch, held, strict=True) if known is None])
        done = {one.profile.id: one for one in (*held, *encoded) if one is not None}
        return [done[found.profile.id] for found in batch if found.profile.id in done], refused

    def _kept(self, view: View, profile: Profile) -> EncodedProfile | None:
        try:
            return kept(view, profile, self.profile_encoder)
        except _OF_A_RECORD:
            return None  # encoding it will say what is wrong with it

    def _encoded(self, batch: Sequence[Found]) -> tuple[list[EncodedProfile], list[Rejected]]:
        if not batch:
            return [], []
        try:
            return self.profile_encoder.encode([found.profile for found in batch]), []
        except (ProfileTooLong, *_OF_A_RECORD) as error:
            if len(batch) == 1 and isinstance(error, ProfileTooLong):
                return [], [batch[0].reject("", str(error))]
            if len(batch) == 1:
                reason = f"it cannot be encoded ({type(error).__name__}: {error}); please report this"
                return [], [batch[0].reject("", " ".join(reason.split()))]
        parts = [self._encoded([found]) for found in batch]
        return [one for encoded, _ in parts for one in encoded], [one for _, refused in parts for one in refused]

    def _changed(self, batch: list[Found]) -> list[Found]:
        """Those that do not stand in the pool as they are; where there are any to store, it is there afterwards."""
        if not batch:
            return batch
        make_pool(self.settings.data)
        self.assert_made_alike()
        if self.collection.fingerprint != self.profile_encoder.fingerprint:
            return batch
        with self.collection.view() as view:
            return [found for found in batch if _stored(view, found.profile.id or "") != found.profile]


def _found(number: int, profile: Profile | Found) -> Found:
    return profile if isinstance(profile, Found) else Found(profile, "", f"profile {number}")


def _sifted(batch: Sequence[Found], once: Once) -> tuple[list[Found], list[Rejected]]:
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


def _stored(view: View, profile_id: str) -> Profile | None:
    try:
        return view.profiles([view.row(profile_id)])[0]
    except ProfileNotFound:
        return None
