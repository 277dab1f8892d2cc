"""`Recommender`: one process's rooms, put together from its settings; each is built when first asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Self

from recommender.asking import Request, understand
from recommender.collection import (
    EVERYONE,
    SUGGESTED,
    FacetField,
    Filter,
    Maintainable,
    Resolved,
    Suggestion,
    SuggestionKind,
    View,
    Where,
    filter_of,
    is_pool,
    made_by,
    make_pool,
    open_collection,
    resolve,
)
from recommender.decoding import Decoder
from recommender.duplicates import Person, duplicates_in
from recommender.encoding import (
    BUNDLED,
    PrecomputedEncoder,
    ProfileEncoder,
    VectorFile,
    cores,
    facts_alone_differ,
    load_encoder,
)
from recommender.encoding.fingerprint import Fingerprint
from recommender.errors import FilterError, FingerprintMismatch, QueryError, RecommenderError
from recommender.matching import Answer, Answered, Counts, Matcher, Query
from recommender.matching.asked.held import counts, held, lives_there
from recommender.profile import Profile
from recommender.reading import Found, Once, Rejected
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.storing import BATCH, Encoders, Here, Outcome, Processes, Storing, Totals, in_turn, sift

log = logging.getLogger(__name__)

#: An ingest of at least this part of a pool renews the derived files at its end, so that the next opening finds them.
SEAL_SHARE = 8


def _warn(rejected: Rejected) -> None:
    log.warning("%s", rejected.line)


class Recommender:
    """A pool and what is needed to ask it questions.

    ::

        with Recommender("pool") as recommender:
            print(recommender.similar("ada", k=10, where="location=Berlin"))
    """

    def __init__(self, settings: Settings | Path | str, vectors: Path | None = None) -> None:
        """Nothing is opened yet.

        Args:
            settings: of the process, or the folder of a pool, with what the environment says of the rest.
            vectors: embeddings written by `recommender encode`, looked into before the model is asked.
        """
        self.settings = settings if isinstance(settings, Settings) else Settings.load(data=settings)
        self._vectors = vectors

    def __repr__(self) -> str:
        """Where its pool lies, and what is in it."""
        if not is_pool(self.settings.data):
            return f"<Recommender: no pool in {self.settings.data} yet>"
        with self.collection.view() as view:
            return f"<Recommender: {len(view):,} profiles in {self.settings.data}, generation {view.generation:,}>"

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
        return _vocabulary(self.settings)

    @cached_property
    def decoder(self) -> Decoder:
        """Decodes binary formats, in processes that end with this."""
        return Decoder()

    @cached_property
    def profile_encoder(self) -> ProfileEncoder:
        """Profiles to vectors; the model itself loads with the first text it is given."""
        return open_profile_encoder(self.settings, self._vectors, vocabulary=self.vocabulary)

    @cached_property
    def collection(self) -> Maintainable:
        """The pool in the settings' folder; raises `PoolNotFound` where there is none: `ingest` makes one."""
        return open_collection(self.settings.data)

    @cached_property
    def matcher(self) -> Matcher:
        """Answers who is like whom."""
        return Matcher(self.collection, self.profile_encoder)

    def resolve(self, view: View, where: Filter) -> Resolved:
        """The filter by the names that the pool knows, and what of it, as it was asked, no profile there has.

        Raises `FilterError` for a level or workplace there is not, and for who is likely to move where the settings do
        not show it; `FingerprintMismatch` where this vocabulary might name things otherwise than the pool's did.
        """
        self._assert_shown(where)
        if where != EVERYONE:
            self.assert_made_alike()
        return resolve(view, where, self.vocabulary)

    def assert_made_alike(self) -> None:
        """Raise `FingerprintMismatch` where the pool was not made by these settings' model and vocabulary."""
        with self.collection.view() as view:
            held, other = view.fingerprint, len(view) > 0 and not made_by(view, self.profile_encoder)
        if other and self.profile_encoder.brings_up(held or ""):
            raise FingerprintMismatch(
                f"the facts in the pool in {self.settings.data} were derived by older rules; "
                "recommender refresh derives them anew, without encoding"
            )
        if other:
            raise FingerprintMismatch(
                f"the pool in {self.settings.data} was made by another model or vocabulary than these settings'; "
                f"{self._maker(held or '') or 'ask with those that made it'}, or ingest anew into another folder"
            )

    def _maker(self, held: str) -> str | None:
        """The settings that the pool was made by, where they are among those that come with the install."""
        vocabularies = {"unset RECOMMENDER_VOCABULARY": Vocabulary.shipped()}
        if self.settings.vocabulary:
            vocabularies[f"RECOMMENDER_VOCABULARY={self.settings.vocabulary}"] = self.vocabulary
        for model in BUNDLED:
            for setting, vocabulary in vocabularies.items():
                made = ProfileEncoder(load_encoder(model), vocabulary).fingerprint
                if Fingerprint.parse(made).numbers == Fingerprint.parse(held).numbers:
                    return f"set RECOMMENDER_MODEL={model}" + (f", {setting}" if len(vocabularies) > 1 else "")
        return None

    def get(self, profile_id: str) -> Profile:
        """A stored profile, contact details and all; raises `ProfileNotFound`."""
        with self.collection.view() as view:
            return view.profiles([view.row(profile_id)])[0]

    def count(self, where: Where = None) -> int:
        """How many qualify; exact."""
        with self.collection.view() as view:
            return view.count(self.resolve(view, filter_of(where)).where)

    def facets(
        self, fields: Sequence[FacetField], where: Where = None, limit: int = 20
    ) -> dict[FacetField, dict[str, int]]:
        """The `limit` commonest values of each field among those who qualify, with how many have them; exact."""
        with self.collection.view() as view:
            found = view.facets(fields, self.resolve(view, filter_of(where)).where, limit)
        return {field: {one.value: one.count for one in values} for field, values in found.items()}

    def duplicates(self, on_progress: Callable[[int], None] = lambda _: None, *, again: bool = False) -> list[Person]:
        """The people of whom several profiles take a place, each with the reasons; `collection.link` links them.

        Args:
            again: whether profiles that were unlinked are found again.
        """
        with self.collection.view() as view:
            return duplicates_in(view, on_progress, again=again)

    def delete(self, *profile_ids: str) -> list[str]:
        """Remove these; the ids that were there."""
        return self.collection.delete(profile_ids)

    def similar(self, asked: str | Profile | Query, view: View | None = None, **given: Any) -> Answer:
        """Who is like this, in this view or the pool as it is now?

        Args:
            asked: the id of a stored profile, a profile, or a whole question.
            given: fields of the question; `where` also as keys and values or as it is written.

        Raises `QueryError` where the text is longer than the settings allow.
        """
        query = Query.of(asked, given)
        with self.collection.view() if view is None else nullcontext(view) as here:
            return self.answered(query, here).answer

    def explained(self, query: Query) -> Answer:
        """The same, with how the pool was searched for it. Raises as `similar` does."""
        self._assert_shown(query.where)
        return self.matcher.explained(query)

    def answered(self, query: Query, view: View) -> Answered:
        """The same of this view, with what the answer rests on. Raises as `similar` does."""
        (outcome,) = self.answered_together([query], view)
        if isinstance(outcome, RecommenderError):
            raise outcome
        return outcome

    def answered_together(self, queries: Sequence[Query], view: View) -> list[Answered | RecommenderError]:
        """The same of several questions, worked out together: of each its answer, or the error `similar` raises."""
        outcomes = [self._refused(query) for query in queries]
        short = [query for query, error in zip(queries, outcomes, strict=True) if error is None]
        answers = iter(self.matcher.answered_together(view, short) if short else ())
        return [self._plainly(next(answers)) if error is None else error for error in outcomes]

    def _refused(self, query: Query) -> RecommenderError | None:
        try:
            self._assert_short(query.text or "")
            self._assert_shown(query.where)
        except RecommenderError as error:
            return error
        return None

    def _plainly(self, outcome: Answered | RecommenderError) -> Answered | RecommenderError:
        """The outcome; of a pool that was made otherwise, what to ask with."""
        if isinstance(outcome, FingerprintMismatch):
            try:
                self.assert_made_alike()
            except FingerprintMismatch as error:
                return error
        return outcome

    def warm(self) -> None:
        """Load what the first question in words would have to wait for, the model above all."""
        self.similar(Query(text="software engineer, Python", k=1))

    def again(self, view: View, answers: Sequence[Answered]) -> list[Answered | None]:
        """Of each the answer that a fresh question would get, where that is known for less; else None (`Matcher`)."""
        return self.matcher.again(view, answers)

    def understand(self, view: View, text: str) -> Request:
        """What a text asks for; a place may be one that only this view knows.

        Raises `QueryError` where it cannot be asked, as `similar` does.
        """
        self._assert_short(text)
        return understand(text, self.vocabulary, lives_there(view))

    def suggest(
        self, text: str, kinds: Sequence[SuggestionKind] = SUGGESTED, limit: int = 10, view: View | None = None
    ) -> list[Suggestion]:
        """The names, titles, companies, skills and places that a text most likely begins, as `View.suggest` finds them.

        Raises `QueryError` where the text is longer than the settings allow.
        """
        self._assert_short(text)
        with self.collection.view() if view is None else nullcontext(view) as asked:
            return asked.suggest(text, kinds, limit)

    def _assert_shown(self, where: Filter) -> None:
        if where.asks_for_moves() and not self.settings.moves:
            raise FilterError(
                "likely_to_move: who is likely to move is not shown here; set RECOMMENDER_MOVES=true where it may be, "
                "or leave it out"
            )

    def _assert_short(self, text: str) -> None:
        longest = self.settings.max_text_chars
        if len(text) > longest:
            raise QueryError(f"text: it has {len(text):,} characters, and {longest:,} are taken; shorten it")

    def counts(self, view: View, request: Request) -> Counts | None:
        """How many people meet every must of a request, and how many with each dropped; None where nothing must be."""
        self.assert_made_alike()
        return counts(view, EVERYONE, held(view, request, self.vocabulary))

    def store(
        self, profiles: Sequence[Found], once: Once | None = None, before_each: Callable[[], None] = lambda: None
    ) -> Outcome:
        """Store profiles in one transaction, as `Storing.store` does; the pool is made where there is none.

        Raises `FingerprintMismatch`, having encoded nothing, where the pool was made by another model or vocabulary.
        """
        sound, rejected = sift(profiles, once or Once())
        if not sound:
            return Outcome((), 0, tuple(rejected), 0)
        return self._storing().store(sound, rejected, before_each)

    def _storing(self) -> Storing:
        make_pool(self.settings.data)
        self.assert_made_alike()
        return Storing(self.collection, self.profile_encoder)

    def _begin(self, batch: Sequence[Found], once: Once, encoders: Encoders) -> Callable[[], Outcome]:
        """Have a batch encoded; what is returned stores it."""
        sound, rejected = sift(batch, once)
        if not sound:
            return lambda: Outcome((), 0, tuple(rejected), 0)
        return self._storing().begin(sound, rejected, encoders)

    def _encoders(self, workers: int) -> AbstractContextManager[Encoders]:
        here = Here(self.profile_encoder)
        if workers == 1:
            return nullcontext(here)
        threads = max(1, cores() // workers)
        return Processes(partial(open_profile_encoder, self.settings, self._vectors, threads), workers, here)

    def ingest(
        self, profiles: Iterable[Profile | Found], on_rejected: Callable[[Rejected], None] = _warn, workers: int = 1
    ) -> Iterator[Totals]:
        """Encode and store, a batch a transaction; what is there already is not encoded again.

        A pool whose facts alone are by older rules is refreshed first. A profile that no pool may hold, or whose id an
        earlier one of this run has, is refused alone.

        Args:
            profiles: with the place each was at (`Found`) where that is known, to name it by.
            on_rejected: is called for each refused, as it arises; logs a warning where none is given.
            workers: processes that encode while this one reads and stores. Several need a main module that can be
                imported, as those of `multiprocessing` do; what is stored does not depend on it.

        Yields the running totals after each batch, when that batch is durable. Raises as `store` does.
        """
        total, once = Totals(0, 0, 0), Once()
        if is_pool(self.settings.data):
            self.refresh()
        numbered = enumerate(profiles, start=1)
        batches = iter(lambda: [_found(number, profile) for number, profile in islice(numbered, BATCH)], [])
        with self._encoders(workers) as encoders:
            for done in in_turn((self._begin(batch, once, encoders) for batch in batches), encoders.ahead):
                for refusal in done.rejected:
                    on_rejected(refusal)
                total = total.plus(done)
                yield total
        if total.written:
            with self.collection.view() as view:
                many = total.written * SEAL_SHARE >= len(view)
            if many:
                self.collection.seal()

    def refresh(self) -> int:
        """Bring everybody up where that needs no encoding, as of older facts; how many people that were.

        A pool whose numbers were not rounded yet is a third of its size afterwards.
        """
        held = self.collection.fingerprint
        if held is None or not self.profile_encoder.brings_up(held):
            return 0
        log.info("pool %s: deriving the facts of everybody anew", self.settings.data)
        done = self.collection.refresh(self.profile_encoder.with_facts_anew)
        if not facts_alone_differ(held, self.profile_encoder.fingerprint):
            self.collection.compact()
        return done


def open_profile_encoder(
    settings: Settings, vectors: Path | None, threads: int | None = None, vocabulary: Vocabulary | None = None
) -> ProfileEncoder:
    """The encoder of these settings, on so many threads, or all cores; the model loads with the first text."""
    encoder = load_encoder(settings.model, threads)
    if vectors:
        encoder = PrecomputedEncoder(encoder, VectorFile.load(vectors))
    return ProfileEncoder(encoder, vocabulary or _vocabulary(settings), most_words=settings.max_profile_words)


def _vocabulary(settings: Settings) -> Vocabulary:
    return Vocabulary.load(settings.vocabulary) if settings.vocabulary else Vocabulary.shipped()


def _found(number: int, profile: Profile | Found) -> Found:
    return profile if isinstance(profile, Found) else Found(profile, "", f"profile {number}")
