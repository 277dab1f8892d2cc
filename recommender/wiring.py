"""`Recommender`: one process's rooms, put together from its settings; each is built when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from recommender.collection import (
    EVERYONE,
    Filter,
    LocalCollection,
    Unmatched,
    View,
    canonical_filter,
    make_pool,
    unmatched,
)
from recommender.encoding import BUNDLED, PrecomputedEncoder, ProfileEncoder, VectorFile, load_encoder
from recommender.errors import FingerprintMismatch, ProfileNotFound
from recommender.matching import Answer, Matcher, Query
from recommender.profile import Profile
from recommender.settings import Settings
from recommender.skills import Vocabulary

#: Profiles encoded and stored in one transaction: what an interruption can cost.
BATCH = 64
#: An ingest of at least this part of a pool renews the derived files at its end, so that the next opening finds them.
SEAL_SHARE = 8


class Stored(NamedTuple):
    """How an ingest stands: profiles written, and those left alone because they stand there already."""

    written: int
    unchanged: int


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

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The skills known by name."""
        path = self.settings.vocabulary
        return Vocabulary.load(path) if path else Vocabulary.shipped()

    @cached_property
    def profile_encoder(self) -> ProfileEncoder:
        """Profiles to vectors; the model itself loads with the first text it is given."""
        encoder = load_encoder(self.settings.model)
        if self._vectors:
            encoder = PrecomputedEncoder(encoder, VectorFile.load(self._vectors))
        return ProfileEncoder(encoder, self.vocabulary)

    @cached_property
    def collection(self) -> LocalCollection:
        """The pool in the settings' folder; raises `PoolNotFound` where there is none: `ingest` makes one."""
        return LocalCollection(self.settings.data, create=False)

    @cached_property
    def matcher(self) -> Matcher:
        """Answers who is like whom."""
        return Matcher(self.collection, self.profile_encoder)

    def canonical(self, where: Filter) -> Filter:
        """The filter by the names that the pool knows; raises `FilterError` for a level or workplace there is not.

        Raises `FingerprintMismatch` where this vocabulary might name things otherwise than the pool's did.
        """
        if where != EVERYONE:
            self.assert_made_alike()
        return canonical_filter(where, self.vocabulary)

    def unmatched(self, view: View, where: Filter) -> tuple[Unmatched, ...]:
        """What of a filter, as it was asked, no profile in the pool has."""
        return unmatched(view, where, self.vocabulary)

    def assert_made_alike(self) -> None:
        """Raise `FingerprintMismatch` where the pool was not made by these settings' model and vocabulary."""
        with self.collection.view() as view:
            held = view.fingerprint if len(view) else None
        if held not in (None, self.profile_encoder.fingerprint):
            raise FingerprintMismatch(
                f"the pool in {self.settings.data} was made by another model or vocabulary than these settings': "
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

    def similar(self, query: Query) -> Answer:
        """Who is like this?"""
        return self.matcher.similar(query)

    def ingest(self, profiles: Iterable[Profile]) -> Iterator[Stored]:
        """Encode and store, a batch a transaction; what stands there already is not encoded again.

        The pool is made where there is none. Yields the running totals after each batch, when that batch is durable.
        Raises `FingerprintMismatch`, having encoded nothing, where the pool was made by another model or vocabulary.
        """
        make_pool(self.settings.data)
        self.assert_made_alike()
        written = unchanged = 0
        remaining = iter(profiles)
        while batch := list(islice(remaining, BATCH)):
            # the last of an id wins, as it would if each were stored on its own
            changed = self._changed(list({profile.id: profile for profile in batch}.values()))
            if changed:
                self.collection.upsert(self.profile_encoder.encode(changed))
            written, unchanged = written + len(changed), unchanged + len(batch) - len(changed)
            yield Stored(written, unchanged)
        with self.collection.view() as view:
            many = written > 0 and written * SEAL_SHARE >= len(view)
        if many:
            self.collection.seal()

    def _changed(self, profiles: list[Profile]) -> list[Profile]:
        if self.collection.fingerprint != self.profile_encoder.fingerprint:
            return profiles
        with self.collection.view() as view:
            return [profile for profile in profiles if _stored(view, profile.id or "") != profile]


def _stored(view: View, profile_id: str) -> Profile | None:
    try:
        return view.profiles([view.row(profile_id)])[0]
    except ProfileNotFound:
        return None
